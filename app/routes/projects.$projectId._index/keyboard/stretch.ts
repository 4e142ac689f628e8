import type { BoardMoves } from '../board-context.ts'
import { focusedCardId } from './card-focus.ts'
import { type Step, walk } from './walk.ts'

/** Walks within a column and leads the range of selected cards along. */
export function stretch(moves: BoardMoves, step: Exclude<Step, 'left' | 'right'>): void {
  const from = focusedCardId()
  walk(moves.lists, step)
  const to = focusedCardId()
  const list = to === null ? undefined : moves.lists.holding(to)
  if (to !== null && list) moves.selection.extend(to, list.cards(), from ?? to)
}
