import { expect, it } from 'vitest'
import { isTimeZone, nextTime } from './next-time.ts'

const at = (text: string): number => Date.parse(text)
const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

it('SCHEDULE-2 S25 it begins again at the same hour by the clocks of its zone, whatever they were put to', () => {
  // Berlin leaves summer time on 25 October 2026: two o'clock comes twice, and eight in the morning is an hour later in UTC.
  expect(iso(nextTime(at('2026-10-24T06:00Z'), 'day', 'Europe/Berlin', at('2026-10-24T06:00Z')))).toBe('2026-10-25T07:00:00.000Z')
  expect(iso(nextTime(at('2026-10-24T06:00Z'), 'day', 'UTC', at('2026-10-24T06:00Z')))).toBe('2026-10-25T06:00:00.000Z')
  // What was missed for long begins at the next time to come, not at each one that passed.
  expect(iso(nextTime(at('2026-11-01T02:30Z'), 'day', 'UTC', at('2026-11-20T12:00Z')))).toBe('2026-11-21T02:30:00.000Z')
})

it('SCHEDULE-2 on weekdays, weekly on its own day there, or never', () => {
  const friday = at('2026-11-27T20:00Z')
  expect(iso(nextTime(friday, 'weekday', 'UTC', friday))).toBe('2026-11-30T20:00:00.000Z')
  expect(iso(nextTime(friday, 'week', 'UTC', friday))).toBe('2026-12-04T20:00:00.000Z')
  // In Tokyo it is Saturday already.
  expect(iso(nextTime(friday, 'week', 'Asia/Tokyo', friday))).toBe('2026-12-04T20:00:00.000Z')
  expect(iso(nextTime(friday, 'weekday', 'Asia/Tokyo', friday))).toBe('2026-11-29T20:00:00.000Z')
  expect(nextTime(friday, 'never', 'UTC', friday)).toBeNull()
})

it('knows zones from names that are none', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
})
