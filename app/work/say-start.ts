const whole = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

const A_DAY = 24 * 3_600_000

/** `Sat 28 Nov, 02:00`, in the reader's time zone. */
export const sayStart = (at: number): string => whole.format(at)

/** The hour where it comes within a day, else the day. */
export const sayStartShort = (at: number, now: number): string => (at - now < A_DAY ? hour : day).format(at)
