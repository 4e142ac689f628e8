/** When a day begins in the reader’s time zone, so many days from now. */
export const dayAfter = (now: Date, days: number): number => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime()

/** How a due day stands to now: a card is due till the end of its day, and what is done or cancelled is not late. */
export function dueStanding(at: number, status: string, now: Date): 'overdue' | 'today' | 'later' | 'over' {
  if (status === 'done' || status === 'cancelled') return 'over'
  if (at < dayAfter(now, 0)) return 'overdue'
  return at < dayAfter(now, 1) ? 'today' : 'later'
}
