const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** `just now`, `5 min. ago`, `yesterday`, `in 3 days`. */
export function sayAgo(at: number, now: number): string {
  const difference = at - now
  const step = STEPS.find(([, size]) => Math.abs(difference) >= size)
  return step ? relative.format(Math.round(difference / step[1]), step[0]) : 'just now'
}

/** The exact moment in the reader's time zone. */
export const sayMoment = (at: number): string => moment.format(at)

/** How long something took: `0.4 s`, `12 s`, `3 min 5 s`, `1 h 2 min`. */
export function sayDuration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
