/** A due day is kept as its noon in the reader’s own time zone, as the card’s page does. */
const noon = (day: Date, plus: number): number => new Date(day.getFullYear(), day.getMonth(), day.getDate() + plus, 12).getTime()

/** BOARD-26: the days people give things most; Monday is the next one to come. */
export function dueDays(now: Date): { name: string; at: number }[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    { name: 'Today', at: noon(now, 0) },
    { name: 'Tomorrow', at: noon(now, 1) },
    { name: 'Next Monday', at: noon(now, toMonday) },
    { name: 'In two weeks', at: noon(now, 14) },
    {
      name: 'In a month',
      at: noon(new Date(now.getFullYear(), now.getMonth() + 1, Math.min(now.getDate(), daysIn(now.getFullYear(), now.getMonth() + 1))), 0),
    },
  ]
}

const daysIn = (year: number, month: number): number => new Date(year, month + 1, 0).getDate()

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })

/** `Mon 30 Nov`. */
export const sayDue = (at: number): string => day.format(at)

const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `30 Nov`. */
export const sayDay = (at: number): string => short.format(at)
