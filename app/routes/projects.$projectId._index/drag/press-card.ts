import type { BoardMoves } from '../board-context.ts'
import type { Card } from '../use-board.ts'
import { PointerDrag } from './pointer-drag.ts'
import { press } from './press.ts'

/** A card and the row it is drawn as. */
type CardAt = { row: HTMLElement; card: Card }

/** The card an event is about, among these; none when it is about a button or a field in its row. */
export function cardAt({ target }: { target: EventTarget }, cards: readonly Card[]): CardAt | null {
  const row = target instanceof Element && !target.closest('button, textarea') ? target.closest<HTMLElement>('[role=row][data-key]') : null
  const card = row && cards.find(({ id }) => id === row.dataset.key)
  return card ? { row, card } : null
}

/** A pointer went down on a card: it may become a drag, where something may be written. */
export function pressCard(down: PointerEvent, { row, card }: CardAt, moves: BoardMoves): void {
  if (moves.canWrite) press(down, row, (end) => new PointerDrag(moves, card, row, down, end))
}
