import { randomInt } from 'node:crypto'
import { seededDice } from '#tests/simulations/seeded-world.ts'

/** How often a part is killed: a quick slice in `npm test`, the full figure in `npm run test:long`. */
export const CYCLES = Number(process.env.CYCLES ?? (process.env.LONG_TESTS ? 200 : 20))

/**
 * Of the kills of a browser so many meet the whole app; the others meet the smallest page that has the same replica, which
 * starts in a third of the processor time.
 */
export const KILLS_OF_THE_APP = Math.ceil(CYCLES / 4)
export const KILLS_OF_A_PAGE = CYCLES - KILLS_OF_THE_APP

/** The moments of killing follow from a seed, which stands in the output: `SEED=… npx vitest run --project faults` repeats them. */
export function killingDice(what: string): () => number {
  const seed = process.env.SEED ? Number(process.env.SEED) : randomInt(2 ** 31)
  console.log(`${what}: SEED=${seed}`)
  return seededDice(seed)
}
