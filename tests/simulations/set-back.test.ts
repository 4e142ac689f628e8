import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, test } from 'vitest'
import { openPostgres } from './fakes/postgres.ts'
import type { Schedule } from './house.ts'
import { assertHouse, schedulesOf } from './house-schedules.ts'

const COUNT = process.env.LONG_TESTS ? 100 : 15
const SEED = Number(process.env.SEED ?? 26)

/**
 * The database is copied in the first half of a schedule and comes out of that copy in the second. One server: it writes into the
 * record itself, and two that do so wait for each other's locks, which the simulated PostgreSQL cannot.
 */
function withSetBack(schedule: Schedule): Schedule {
  const half = Math.ceil(schedule.steps.length / 2)
  return { ...schedule, servers: 1, setBack: [schedule.seed % half, half + (schedule.seed % (schedule.steps.length - half))] }
}

let db: PGlite
beforeAll(async () => {
  db = await openPostgres()
})
afterAll(() => db.close())

test(
  `S26 ${COUNT} schedules in which the server comes out of an older backup: whoever has what it once had gives it back, and all agree`,
  {
    timeout: 3_600_000,
  },
  () => assertHouse(db, SEED, schedulesOf(SEED, COUNT).map(withSetBack)),
)
