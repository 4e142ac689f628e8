import { Cron } from 'croner'
import type { Repeats } from '#domain/schedules/schema.ts'

/**
 * SCHEDULE-2: when something that began at `at` and repeats begins the next time after `after`: at the same hour by the clocks of its zone, whatever these
 * were put to meanwhile. null: it does not repeat. Throws on a zone nobody knows.
 */
export function nextTime(at: number, repeats: Repeats, timeZone: string, after: number): number | null {
  if (repeats === 'never') return null
  const { minute, hour, day } = wallClock(at, timeZone)
  const days = { day: '*', weekday: '1-5', week: String(day) }[repeats]
  return new Cron(`${minute} ${hour} * * ${days}`, { timezone: timeZone }).nextRun(new Date(after))?.getTime() ?? null
}

/** True for a zone that clocks can be read in here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function wallClock(at: number, timeZone: string): { minute: number; hour: number; day: number } {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric', weekday: 'short' })
    .formatToParts(at)
    .map(({ type, value }): [string, string] => [type, value])
  const { minute, hour, weekday } = Object.fromEntries(parts)
  return { minute: Number(minute), hour: Number(hour), day: DAYS.indexOf(weekday ?? '') }
}
