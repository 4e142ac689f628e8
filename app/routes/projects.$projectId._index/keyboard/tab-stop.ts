import type { Spot } from '../window-of.ts'

/** The card of a list that had the keyboard last, and where it stood. */
export type Last = { id: string; at: number }

/**
 * BOARD-16: which card of a column Tab leads to: the one that had the keyboard last, while it is drawn; else the one that
 * took its place, else the first one wholly in sight.
 */
export function tabStopOf<C>(spots: readonly Spot<C>[], last: Last | null, firstInSight: number): string | null {
  const known = last && spots.find(({ id }) => id === last.id)
  const instead = known ?? (last && spots.find(({ at }) => at === last.at))
  return (instead ?? spots.find(({ at }) => at >= firstInSight) ?? spots.at(-1))?.id ?? null
}

/** BOARD-17: the card that gets the keyboard when the one that had it has gone: the one now at its place, or the last. */
export function successorOf<C extends { id: string }>(cards: readonly C[], last: Last): C | undefined {
  return cards[Math.min(last.at, cards.length - 1)]
}
