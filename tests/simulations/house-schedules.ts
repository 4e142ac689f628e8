import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { House, type Plant, type Schedule, type Step } from './house.ts'

const number = fc.nat({ max: 1_000 })

const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  size: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(fc.tuple(fc.nat({ max: 99 }), number, number, number, number), { minLength: 15, maxLength: 60, size: 'max' }),
  servers: fc.integer({ min: 1, max: 2 }),
})

/** The first `count` schedules of a seed. */
export const schedulesOf = (seed: number, count: number): Schedule[] => fc.sample(schedules, { numRuns: count, seed })

/** Runs a schedule. Answers what broke, or null. */
export async function failureOf(db: PGlite, schedule: Schedule, plant?: Plant): Promise<Error | null> {
  try {
    await House.run(db, schedule, plant)
    return null
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

/** Longest a failing schedule is made smaller. */
const MOST_SHRINKS = 200

/** Takes out of a failing schedule what it fails without: long stretches of steps first, then single ones, again and again. */
export async function shrink(schedule: Schedule, fails: (smaller: Schedule) => Promise<boolean>): Promise<Schedule> {
  let best = schedule
  let tries = 0
  const attempt = async (smaller: Schedule): Promise<boolean> => {
    if (tries++ >= MOST_SHRINKS || !(await fails(smaller))) return false
    best = smaller
    return true
  }
  for (let length = best.steps.length; length >= 1; ) {
    let isSmaller = false
    for (let at = 0; at < best.steps.length; ) {
      const steps: Step[] = best.steps.filter((_step, place) => place < at || place >= at + length)
      if (await attempt({ ...best, steps })) isSmaller = true
      else at += length
    }
    if (!isSmaller || length > 1) length = Math.floor(length / 2)
  }
  while (best.size > 1 && (await attempt({ ...best, size: best.size - 1 })));
  if (best.servers === 2) await attempt({ ...best, servers: 1 })
  return best
}

/** Runs schedules of a seed. Throws at the first that fails, made small, with all it takes to see it again. */
export async function assertHouse(db: PGlite, seed: number, schedules: readonly Schedule[]): Promise<void> {
  for (const [at, schedule] of schedules.entries()) {
    if (!(await failureOf(db, schedule))) continue
    const small = await shrink(schedule, async (smaller) => (await failureOf(db, smaller)) !== null)
    const failure = await failureOf(db, small)
    throw new Error(
      `Schedule ${at} of SEED=${seed}, ${small.steps.length} of its ${schedule.steps.length} steps: ${failure?.message}\n\nSee it again: SCHEDULE='${JSON.stringify(small)}' npx vitest run tests/simulations/house.test.ts`,
    )
  }
}

/** A bug was found: by which schedule, how many it took, and what was said. */
export type Found = { schedule: Schedule; tried: number; words: string }

/**
 * Looks for a planted bug with the first of these schedules that shows it. One that fails without the bug too proves nothing
 * about it, and is a failure of its own.
 */
export async function findPlanted(db: PGlite, plant: Plant, among: readonly Schedule[]): Promise<Found | null> {
  for (const [at, schedule] of among.entries()) {
    const failure = await failureOf(db, schedule, plant)
    if (!failure) continue
    const without = await failureOf(db, schedule)
    if (without) throw new Error(`This fails without the bug too, SCHEDULE='${JSON.stringify(schedule)}': ${without.message}`)
    return { schedule, tried: at + 1, words: failure.message.split('\n')[0] ?? '' }
  }
  return null
}
