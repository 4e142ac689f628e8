import type { KeyboardEvent } from 'react'
import { isChord, isTyping } from '#app/shell/key-match.ts'
import type { BoardMoves } from '../board-context.ts'
import { pickUp } from '../drag/key-drag.ts'
import type { Card } from '../use-board.ts'
import { stretch } from './stretch.ts'
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

/** The keys of a list of cards: arrows walk, with Shift they select along the way; Enter opens, Space picks up. A button in a card keeps its own, and so does a field. */
export function pressCardKey(event: KeyboardEvent, cards: readonly Card[], moves: BoardMoves): void {
  if (event.altKey || !(event.target instanceof Element) || isTyping(event.target)) return
  const step = STEPS[event.key]
  const key = event.target.getAttribute('role') === 'row' ? event.target.getAttribute('data-key') : null
  const card = key === null ? undefined : cards.find(({ id }) => id === key)
  if (isChord(event, 'mod+a') && cards.length > 0) moves.selection.toggleAll(cards)
  else if (event.ctrlKey || event.metaKey) return
  else if (event.shiftKey) {
    if (!step || step === 'left' || step === 'right') return
    stretch(moves, step)
  } else if (step) walk(moves.lists, step)
  else if (card && event.key === 'Enter') moves.open(card)
  else if (card && event.key === ' ') event.repeat || pickUp(card, moves)
  else return
  event.preventDefault()
}
