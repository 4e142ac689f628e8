import type { Need } from './rules.ts'

/** Clocks of a server and a device may differ by so much. */
const SKEW_MS = 120_000

/** Names one thing that happened: the same card may fail twice, and a comment is one thing whatever becomes of its words. */
export const keyOf = ({ id, commentId, since }: Pick<Need, 'id' | 'commentId' | 'since'>): string => commentId ?? `${id}@${since}`

/**
 * NEED-8: what is to be told: new to this person, not known to this page, and not from before it was opened: that the navigation counts. NEED-12: of a mention the
 * moment says nothing, for it may have been written long before it came; it is told until it has been (`untold`).
 */
export const newsIn = (needs: readonly Need[], known: ReadonlySet<string>, openedAt: number): Need[] =>
  needs.filter((need) => need.isUnseen && !known.has(keyOf(need)) && (need.commentId !== null || need.since > openedAt - SKEW_MS))

/** Where every need stands. */
export const LIST = '/needs-me'

/** One page of a browser: whether it is in sight, which pages of the same browser are, and whether notifications are wanted and allowed. */
export type Place = { isInSight: boolean; pathsInSight: readonly string[]; mayNotify: boolean }

/**
 * NEED-9: how a page tells of something that is at `path`. Where a page in sight shows it, or the list of all needs, that is told enough; a page in sight says it on
 * itself; one behind leaves it to those (null), and only where none of them is in sight it notifies.
 */
export function decideWay({ isInSight, pathsInSight, mayNotify }: Place, path: string): 'toast' | 'notification' | 'shown' | null {
  if (pathsInSight.includes(path) || pathsInSight.includes(LIST)) return 'shown'
  if (isInSight) return 'toast'
  return pathsInSight.length === 0 && mayNotify ? 'notification' : null
}

/** As many are remembered as told. */
const MOST_TOLD = 200

/** NEED-10: of some keys those no page of the browser has told yet, and what is told then: what was asked about last is remembered longest. */
export function untold(told: readonly string[], keys: readonly string[]): { fresh: string[]; told: string[] } {
  const fresh = keys.filter((key) => !told.includes(key))
  return { fresh, told: [...told.filter((key) => !keys.includes(key)), ...keys].slice(-MOST_TOLD) }
}
