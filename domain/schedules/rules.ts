import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Schedule } from './schema.ts'

/** As long after its time it still begins: a runner may just be starting. After it the time counts as missed. */
export const GRACE_MS = 5 * 60_000

/** Nobody means to start something years ahead; a wrong year is likelier. */
const FARTHEST_MS = 366 * 24 * 3_600_000

/** SCHEDULE-1: a time lies ahead, and no further than a year. */
export function decideTime(at: number, now: number): Answer {
  if (at <= now) return refuse('time-past', 'That time is over. Choose a later one, or start it now.', 'at')
  if (at - now > FARTHEST_MS) return refuse('time-far', 'That is more than a year away. Choose a nearer time.', 'at')
  return accept()
}

/**
 * SCHEDULE-3: how a schedule stands: it waits for its time, it is due, or its last time passed without a beginning. One that no server looked after for
 * long is missed as well: it says so by the clock.
 */
export function standingOf(
  { at, missedAt, repeats }: Pick<Schedule, 'at' | 'missedAt' | 'repeats'>,
  now: number,
): 'waits' | 'due' | 'missed' {
  if (missedAt !== null && (missedAt === at || repeats !== 'never')) return 'missed'
  if (now < at) return 'waits'
  return now - at <= GRACE_MS ? 'due' : 'missed'
}
