import type { KeyboardEvent } from 'react'
import type { BoardMoves } from '../board-context.ts'
import { pickUp } from '../drag/key-drag.ts'
import type { Card } from '../use-board.ts'
import { type Step, walk } from './walk.ts'

const STEPS: Record<string, Step> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
}

/** The keys of a list of cards: arrows walk, Enter opens, Space picks up. A button in a card keeps its own. */
export function pressCardKey(event: KeyboardEvent, cards: readonly Card[], moves: BoardMoves): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(event.target instanceof Element)) return
  const step = STEPS[event.key]
  const key = event.target.getAttribute('role') === 'row' ? event.target.getAttribute('data-key') : null
  const card = key === null ? undefined : cards.find(({ id }) => id === key)
  if (step) walk(moves.lists, step)
  else if (card && event.key === 'Enter') moves.open(card)
  else if (card && event.key === ' ') event.repeat || pickUp(card, moves)
  else return
  event.preventDefault()
}
