import type { BoardList, Lists } from '../lists.ts'
import { CARDS, PITCH, type Rows } from '../window-of.ts'

export type Step = 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'page-up' | 'page-down'

/** BOARD-15: the card a key leads to within a column; a page is what fits on the screen, and the ends are the ends. */
export function stepInColumn(step: Exclude<Step, 'left' | 'right'>, at: number, count: number, height: number, pitch = PITCH): number {
  const page = Math.max(1, Math.floor(height / pitch) - 1)
  const steps = { up: -1, down: 1, first: -count, last: count, 'page-up': -page, 'page-down': page }
  return Math.min(count - 1, Math.max(0, at + steps[step]))
}

/** BOARD-15: the card at a height of a column's content, for the way to the neighbouring column. */
export function cardAtHeight(y: number, count: number, { padding, pitch }: Rows = CARDS): number {
  return Math.min(count - 1, Math.max(0, Math.round((y - padding) / pitch)))
}

/** Gives the keyboard to the card at a place of a list. */
export function focusAt(list: BoardList, at: number): void {
  const card = list.cards()[at]
  if (!card) return
  list.reveal(list.topOf(at), list.rows.height)
  list.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(card.id)}"]`)?.focus({ preventScroll: true })
  list.element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Walks the board: up and down in a column, left and right to the card at the same height of the next column that has one. */
export function walk(lists: Lists, step: Step): void {
  const all = lists.all()
  const row = document.activeElement?.closest<HTMLElement>('[data-column] [role=row]')
  const list = all.find(({ element }) => element.contains(row ?? null))
  if (!row || !list) {
    const first = all.find((each) => each.cards().length > 0)
    if (first) focusAt(first, cardAtHeight(first.element.scrollTop + first.rows.padding, first.cards().length, first.rows))
    return
  }
  if (step !== 'left' && step !== 'right') {
    const cards = list.cards()
    const at = cards.findIndex(({ id }) => id === row.dataset.key)
    focusAt(list, stepInColumn(step, at, cards.length, list.element.clientHeight, list.rows.pitch))
    return
  }
  const { top } = row.getBoundingClientRect()
  const side = step === 'left' ? all.slice(0, all.indexOf(list)).reverse() : all.slice(all.indexOf(list) + 1)
  const next = side.find((each) => each.cards().length > 0)
  if (!next) return
  const { element } = next
  focusAt(next, cardAtHeight(top - element.getBoundingClientRect().top + element.scrollTop, next.cards().length))
}
