import type { BoardMoves } from '../board-context.ts'
import type { Card } from '../use-board.ts'

/**
 * A click opens a card; with Ctrl or ⌘ it selects it, with Shift all up to it. A finger has no such keys: once something is
 * selected, a tap selects too.
 */
export function clickCard(event: MouseEvent, card: Card, cards: readonly Card[], moves: BoardMoves): void {
  const { selection } = moves
  const isTap = event instanceof PointerEvent && event.pointerType === 'touch'
  if (event.shiftKey) selection.extend(card.id, cards)
  else if (event.ctrlKey || event.metaKey || (isTap && selection.ids.size > 0)) selection.toggle(card.id)
  else moves.open(card)
}
