import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Db } from '#server/postgres/pool.ts'

const GUESSES = { points: 30, duration: 60 }

/** How often one speaker may knock: generous for people and their scripts, and counted at each server by itself. */
const LIMITS = {
  socket: new RateLimiterMemory({ points: 6_000, duration: 60 }),
  call: new RateLimiterMemory({ points: 6_000, duration: 60 }),
}

/** Counts one knock of `key`; refuses with how long to wait once there were too many. */
export async function countKnock(kind: keyof typeof LIMITS, key: string): Promise<Answer> {
  return await consume(LIMITS[kind], key)
}

const guesses = new WeakMap<Db, RateLimiterPostgres>()

/** The same for whoever shows a secret that may be guessed: tight, and counted over all servers on one database. */
export async function countGuess(db: Db, key: string): Promise<Answer> {
  let limiter = guesses.get(db)
  if (!limiter) {
    limiter = new RateLimiterPostgres({
      ...GUESSES,
      storeClient: db,
      storeType: 'pool',
      tableName: 'knocks',
      tableCreated: true,
      clearExpiredByTimeout: true,
      // Where the database is away nobody gets in, but the guesses count.
      insuranceLimiter: new RateLimiterMemory(GUESSES),
    })
    guesses.set(db, limiter)
  }
  return await consume(limiter, key)
}

async function consume(limiter: { consume: (key: string) => Promise<unknown> }, key: string): Promise<Answer> {
  try {
    await limiter.consume(key)
    return accept()
  } catch (thrown) {
    const wait = (thrown as { msBeforeNext?: number }).msBeforeNext
    if (wait === undefined) throw thrown
    return refuse('rate-limited', `That was too often. Try again in ${Math.ceil(wait / 1000)} seconds.`)
  }
}
