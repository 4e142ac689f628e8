import { expect, test } from 'vitest'
import { fromField, nextNight, toField } from './local-time.ts'

test('a moment goes into a field and comes out as it was, to the minute', () => {
  const at = new Date(2026, 10, 28, 2, 5).getTime()
  expect(toField(at)).toBe('2026-11-28T02:05')
  expect(fromField(toField(at))).toBe(at)
  expect([fromField(''), fromField('2026-13-40T99:00')]).toEqual([null, null])
})

test('the night to come begins today before two, tomorrow after it', () => {
  expect(toField(nextNight(new Date(2026, 10, 27, 1, 59)))).toBe('2026-11-27T02:00')
  expect(toField(nextNight(new Date(2026, 10, 30, 2, 0)))).toBe('2026-12-01T02:00')
})
