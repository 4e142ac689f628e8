import { PRIORITIES, TASK_STATUSES } from '#domain/tasks/schema.ts'
import { dayAfter, dueStanding } from './due.ts'

/** By what cards are filtered beside words. */
export const FACETS = ['status', 'priority', 'assignee', 'label', 'due'] as const
export type Facet = (typeof FACETS)[number]

/** The words a due date can be filtered by. */
export const DUES = ['overdue', 'today', 'week', 'none'] as const
export type Due = (typeof DUES)[number]
/** Stand for an assignee: whoever looks, and nobody at all. */
export const ME = 'me'
export const NOBODY = 'nobody'

/** Which cards are shown. Of one facet any value will do; of an empty one all do. */
export type CardFilter = { text: string } & Readonly<Record<Facet, readonly string[]>>

export const EVERYTHING: CardFilter = { text: '', status: [], priority: [], assignee: [], label: [], due: [] }

const KNOWN: Partial<Record<Facet, readonly string[]>> = { status: TASK_STATUSES, priority: PRIORITIES, due: DUES }

/** FILTER-1: the filter as it stands in an address; words it does not know are left out. */
export function readFilter(params: URLSearchParams): CardFilter {
  const read = (facet: Facet) =>
    [...new Set(params.getAll(facet))].filter((value) => value !== '' && (KNOWN[facet]?.includes(value) ?? true))
  const facets = Object.fromEntries(FACETS.map((facet) => [facet, read(facet)])) as Record<Facet, string[]>
  return { text: params.get('text') ?? '', ...facets }
}

/** FILTER-1: and back: what stands behind the question mark, always in one order; nothing for everything. */
export function writeFilter(filter: CardFilter): string {
  const params = new URLSearchParams(filter.text.trim() === '' ? {} : { text: filter.text })
  for (const facet of FACETS) for (const value of [...filter[facet]].sort()) params.append(facet, value)
  return params.toString()
}

/** With a value of a facet, or without it where it is there. */
export function toggled(filter: CardFilter, facet: Facet, value: string): CardFilter {
  const values = filter[facet]
  return { ...filter, [facet]: values.includes(value) ? values.filter((each) => each !== value) : [...values, value] }
}

export const hasFacets = (filter: CardFilter): boolean => FACETS.some((facet) => filter[facet].length > 0)
export const isEverything = (filter: CardFilter): boolean => filter.text.trim() === '' && !hasFacets(filter)

type Filterable = {
  shortId: string
  title: string
  status: string
  priority: string
  assignee: string | null
  labels: readonly string[]
  dueAt: number | null
}

/** FILTER-2: whether a card belongs to what is asked for; null where all do. A card of `now`'s day is due today till its end. */
export function matcherOf(filter: CardFilter, me: string | null, now: Date): ((card: Filterable) => boolean) | null {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const tests: ((card: Filterable) => boolean)[] = []
  if (filter.status.length > 0) tests.push(({ status }) => filter.status.includes(status))
  if (filter.priority.length > 0) tests.push(({ priority }) => filter.priority.includes(priority))
  if (filter.label.length > 0) tests.push(({ labels }) => labels.some((label) => filter.label.includes(label)))
  if (filter.assignee.length > 0) {
    const wanted = new Set(filter.assignee.map((who) => (who === ME ? me : who === NOBODY ? null : who)))
    tests.push(({ assignee }) => wanted.has(assignee))
  }
  if (filter.due.length > 0) tests.push(dueTest(filter.due, now))
  if (words.length > 0) {
    tests.push(({ shortId, title }) => {
      const text = `${shortId} ${title}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
  }
  if (tests.length === 0) return null
  return (card) => tests.every((test) => test(card))
}

function dueTest(wanted: readonly string[], now: Date): (card: Filterable) => boolean {
  const inAWeek = dayAfter(now, 7)
  const is: Record<Due, (at: number | null, status: string) => boolean> = {
    overdue: (at, status) => at !== null && dueStanding(at, status, now) === 'overdue',
    today: (at) => at !== null && at >= dayAfter(now, 0) && at < dayAfter(now, 1),
    week: (at) => at !== null && at >= dayAfter(now, 0) && at < inAWeek,
    none: (at) => at === null,
  }
  return ({ dueAt, status }) => DUES.some((due) => wanted.includes(due) && is[due](dueAt, status))
}

/** BOARD-6: the cards of each column that are asked for; where all are, the very same lists. */
export function filterCards<C extends Filterable>(
  byColumn: ReadonlyMap<string, readonly C[]>,
  matches: ((card: C) => boolean) | null,
): ReadonlyMap<string, readonly C[]> {
  return matches ? new Map([...byColumn].map(([column, list]) => [column, list.filter(matches)])) : byColumn
}
