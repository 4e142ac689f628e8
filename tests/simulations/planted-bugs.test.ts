import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgres } from './fakes/postgres.ts'
import { findPlanted } from './house-schedules.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

/** A bug that hides longer than this would hide from the daily run too often. */
const MOST = 60

let db: PGlite
beforeAll(async () => {
  db = await openPostgres()
})
afterAll(() => db.close())

test.each(Object.entries(PLANTED_BUGS))('H1 the simulator finds that %s', async (_name, plant) => {
  const found = await findPlanted(db, plant, MOST)
  expect(found, `${MOST} schedules did not find it`).not.toBeNull()
})
