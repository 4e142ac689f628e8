import type { BoardMoves } from '../board-context.ts'
import { focusedCardId } from '../keyboard/card-focus.ts'
import type { Card } from '../use-board.ts'

/** The selected cards in the order of the board: from the left, and in each column from above. */
function selectedCards({ selection, board, columns }: BoardMoves): Card[] {
  const { ids } = selection
  if (ids.size === 0) return []
  return columns().flatMap(({ id }) => (board()?.cards.byColumn.get(id) ?? []).filter((card) => ids.has(card.id)))
}

/** BOARD-25: the cards an action is about: those that are selected, else the one that has the keyboard. */
export function actedOn(moves: BoardMoves): Card[] {
  const selected = selectedCards(moves)
  if (selected.length > 0) return selected
  const id = focusedCardId()
  const card = id === null ? undefined : moves.board()?.cards.byId.get(id)
  return card ? [card] : []
}

/** BOARD-25: the cards that what is done to one card is about: all that are selected if it is among them, else it alone. */
export const withCard = (card: Card, moves: BoardMoves): Card[] => (moves.selection.ids.has(card.id) ? selectedCards(moves) : [card])

/** The ids of a card in hand and of those that come along. */
export const heldWith = (card: Card, moves: BoardMoves): ReadonlySet<string> => new Set(withCard(card, moves).map(({ id }) => id))
