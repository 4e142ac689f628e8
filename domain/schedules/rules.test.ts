import { expect, test } from 'vitest'
import { decideTime, GRACE_MS, standingOf } from './rules.ts'

const HOUR = 3_600_000

test('SCHEDULE-1 a time lies ahead, and no further than a year', () => {
  expect([decideTime(1, 1), decideTime(0, 1), decideTime(2, 1), decideTime(367 * 24 * HOUR, 0)].map((answer) => answer.ok || answer.code)).toEqual([
    'time-past', 'time-past', true, 'time-far',
  ]) // biome-ignore format: one line
})

test('SCHEDULE-3 one waits, is due for five minutes, and is missed after them whether or not a server said so', () => {
  const once = { at: 1000, missedAt: null, repeats: 'never' as const }
  expect([999, 1000, 1000 + GRACE_MS, 1001 + GRACE_MS].map((now) => standingOf(once, now))).toEqual(['waits', 'due', 'due', 'missed'])
  expect(standingOf({ ...once, missedAt: 1000 }, 1001)).toBe('missed')
})

test('SCHEDULE-3 one that repeats says what it missed until it is set anew or begins, and one set for another time has missed nothing', () => {
  expect(standingOf({ at: 2000, missedAt: 1000, repeats: 'day' }, 1001)).toBe('missed')
  expect(standingOf({ at: 2000, missedAt: null, repeats: 'day' }, 1001)).toBe('waits')
})
