import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openPostgres } from './fakes/postgres.ts'
import { House } from './house.ts'
import { assertHouse, schedules } from './house-schedules.ts'

const RUNS = process.env.LONG_TESTS ? 10_000 : 150

test(
  `S01 S03 S04 S14 S27 ${RUNS} schedules of browsers, server and database with everything failing break no promise`,
  { timeout: 7_200_000 },
  () => assertHouse(RUNS),
)

test('H1 a schedule happens twice in exactly the same way', async () => {
  const db = await openPostgres()
  for (const schedule of fc.sample(schedules, { numRuns: 5, seed: 3 })) {
    const [one, two] = [await House.run(db, schedule), await House.run(db, schedule)]
    expect(two.kernel.trace).toBe(one.kernel.trace)
    expect(one.kernel.events).toBeGreaterThan(200)
  }
  await db.close()
})
