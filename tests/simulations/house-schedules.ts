import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { openPostgres } from './fakes/postgres.ts'
import { House, type Plant, type Schedule } from './house.ts'

const number = fc.nat({ max: 1_000 })

/** Schedules for a whole house. fast-check makes them smaller when one fails. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  size: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(fc.tuple(fc.nat({ max: 99 }), number, number, number, number), { minLength: 15, maxLength: 60, size: 'max' }),
})

/** Runs random schedules. A failure prints fast-check's seed and path, and the smallest schedule that fails. */
export async function assertHouse(runs: number): Promise<void> {
  const db = await openPostgres()
  try {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => void (await House.run(db, schedule))),
      { numRuns: runs, examples: [] },
    )
  } finally {
    await db.close()
  }
}

/** How many schedules it takes to find a planted bug, and what is said of it; null where so many do not. */
export async function findPlanted(db: PGlite, plant: Plant, most: number): Promise<{ runs: number; words: string } | null> {
  for (const [at, schedule] of fc.sample(schedules, { numRuns: most, seed: 7 }).entries()) {
    try {
      await House.run(db, schedule, plant)
    } catch (thrown) {
      return { runs: at + 1, words: thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown) }
    }
  }
  return null
}
