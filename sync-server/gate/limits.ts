import { RateLimiterMemory } from 'rate-limiter-flexible'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'

/** How often one speaker may knock. Generous for people and their scripts, tight for guessing secrets. */
const LIMITS = {
  secret: new RateLimiterMemory({ points: 30, duration: 60 }),
  socket: new RateLimiterMemory({ points: 6_000, duration: 60 }),
  call: new RateLimiterMemory({ points: 6_000, duration: 60 }),
}

/** Counts one knock of `key`; refuses with how long to wait once there were too many. */
export async function countKnock(kind: keyof typeof LIMITS, key: string): Promise<Answer> {
  try {
    await LIMITS[kind].consume(key)
    return accept()
  } catch (thrown) {
    const wait = (thrown as { msBeforeNext?: number }).msBeforeNext
    if (wait === undefined) throw thrown
    return refuse('rate-limited', `That was too often. Try again in ${Math.ceil(wait / 1000)} seconds.`)
  }
}
