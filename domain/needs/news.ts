import type { Need } from './rules.ts'

/** Clocks of a server and a device may differ by so much. */
const SKEW_MS = 120_000

/** Names one thing that happened: the same card may fail twice. */
export const keyOf = ({ id, since }: Pick<Need, 'id' | 'since'>): string => `${id}@${since}`

/** NEED-8: what is to be told: new to this person, not known to this page, and not from before it was opened: that the navigation counts. */
export const newsIn = (needs: readonly Need[], known: ReadonlySet<string>, openedAt: number): Need[] =>
  needs.filter((need) => need.isUnseen && !known.has(keyOf(need)) && need.since > openedAt - SKEW_MS)

/** Where every need stands. */
export const LIST = '/needs-me'

/** One page of a browser: whether it is in sight, which pages of the same browser are, and whether notifications are wanted and allowed. */
export type Place = { isInSight: boolean; pathsInSight: readonly string[]; mayNotify: boolean }

/**
 * NEED-9: how a page tells of something that is at `path`. Not at all where a page in sight shows it, or the list of all needs; a page in sight says it on itself;
 * one behind leaves it to those, and only where none of them is in sight it notifies.
 */
export function decideWay({ isInSight, pathsInSight, mayNotify }: Place, path: string): 'toast' | 'notification' | null {
  if (pathsInSight.includes(path) || pathsInSight.includes(LIST)) return null
  if (isInSight) return 'toast'
  return pathsInSight.length === 0 && mayNotify ? 'notification' : null
}

/** As many are remembered as told. */
const MOST_TOLD = 200

/** NEED-10: of some keys those no page of the browser has told yet, and what is told then. */
export function untold(told: readonly string[], keys: readonly string[]): { fresh: string[]; told: string[] } {
  const fresh = keys.filter((key) => !told.includes(key))
  return { fresh, told: [...told, ...fresh].slice(-MOST_TOLD) }
}
