import { CARD_HEIGHT, PADDING, PITCH, topAt } from '../window-of.ts'
import type { DropSpot } from './neighbours.ts'

type Cards = readonly { id: string }[]

/*
 * A place is a number: how many of a column's other cards stand above it. The card in hand never counts, so that one step
 * is always one card, in its own column too.
 */

/** What was asked of a list: while a card is in hand it is asked the same again and again, and no list ever changes. */
const asked = new WeakMap<Cards, Map<string, number>>()

function indexIn(cards: Cards, id: string): number {
  const known = asked.get(cards) ?? new Map<string, number>()
  const at = known.get(id) ?? cards.findIndex((card) => card.id === id)
  asked.set(cards, known.set(id, at))
  return at
}
const othersIn = (cards: Cards, own: number): number => cards.length - (own < 0 ? 0 : 1)

/** BOARD-9: the place at a height of the column's content: above every card whose middle is below it. */
export function placeAtHeight(y: number, cards: Cards, heldId: string): number {
  const own = indexIn(cards, heldId)
  const gap = Math.min(cards.length, Math.max(0, Math.ceil((y - PADDING - CARD_HEIGHT / 2) / PITCH)))
  return own >= 0 && gap > own ? gap - 1 : gap
}

/** BOARD-10: a place said by a card beside it, so that it stays the same place while others add and remove cards. */
export function spotOf(cards: Cards, heldId: string, place: number): DropSpot {
  const own = indexIn(cards, heldId)
  const others = othersIn(cards, own)
  const at = (nth: number) => cards[own >= 0 && nth >= own ? nth + 1 : nth]
  const beside = at(Math.min(place, others - 1))
  return others > 0 && beside ? { id: beside.id, side: place < others ? 'before' : 'after' } : null
}

/** BOARD-10: and back; beside a card that has gone meanwhile it is the bottom, as for a drop. */
export function placeOf(cards: Cards, heldId: string, spot: DropSpot): number {
  const own = indexIn(cards, heldId)
  const at = spot === null ? -1 : indexIn(cards, spot.id)
  if (spot === null || at < 0) return othersIn(cards, own)
  return (own >= 0 && at > own ? at - 1 : at) + (spot.side === 'after' ? 1 : 0)
}

/** True where letting go would change nothing. */
export function isOwnPlace(cards: Cards, heldId: string, spot: DropSpot): boolean {
  return placeOf(cards, heldId, spot) === indexIn(cards, heldId)
}

/** BOARD-11: the middle of the line that shows a place, from the top of the content: between two cards, never through the one in hand. */
export function lineAt(cards: Cards, heldId: string, place: number): number {
  const own = indexIn(cards, heldId)
  return topAt(own >= 0 && place > own ? place + 1 : place) - (PITCH - CARD_HEIGHT) / 2
}

export type PlaceKey = 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** BOARD-12: the next place by a key; at the ends it stays. */
export function stepPlace(key: PlaceKey, place: number, others: number): number {
  if (key === 'Home') return 0
  if (key === 'End') return others
  return Math.min(others, Math.max(0, place + (key === 'ArrowUp' ? -1 : 1)))
}

type ColumnPlace = { columnId: string; place: number }

/** BOARD-12: the same where columns stand below each other: past an end of one it goes on in the next that way. */
export function stepAmong(
  key: PlaceKey,
  { columnId, place }: ColumnPlace,
  columns: readonly { columnId: string; cards: Cards }[],
  heldId: string,
): ColumnPlace {
  const at = columns.findIndex((column) => column.columnId === columnId)
  const others = (cards: Cards = []) => othersIn(cards, indexIn(cards, heldId))
  const [above, here, below] = [columns[at - 1], columns[at], columns[at + 1]]
  if (key === 'ArrowUp' && place === 0 && above) return { columnId: above.columnId, place: others(above.cards) }
  if (key === 'ArrowDown' && place >= others(here?.cards) && below) return { columnId: below.columnId, place: 0 }
  return { columnId, place: stepPlace(key, place, others(here?.cards)) }
}

/** A place in words: `place 2 of 14 in To do`. */
export function sayPlace(cards: Cards, heldId: string, place: number, column: string): string {
  return `place ${place + 1} of ${othersIn(cards, indexIn(cards, heldId)) + 1} in ${column}`
}
