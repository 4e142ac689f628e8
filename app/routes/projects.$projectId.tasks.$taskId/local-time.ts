const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-11-28T02:00` in the reader's own time zone, as a field of date and time wants it. */
export function toField(at: number): string {
  const time = new Date(at)
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** The moment such a field means; null while it means none. */
export function fromField(value: string): number | null {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : at
}

const QUIET_HOUR = 2

/** Two o'clock in the night to come: nobody needs the machine then. */
export function nextNight(now: Date): number {
  const night = new Date(now.getFullYear(), now.getMonth(), now.getDate(), QUIET_HOUR)
  return night > now ? night.getTime() : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, QUIET_HOUR).getTime()
}
