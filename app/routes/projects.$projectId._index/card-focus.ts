const cardIn = (element: Element | null): string | null => element?.closest('[data-column] [role=row]')?.getAttribute('data-key') ?? null

let last: string | null = null

/** Remembers which card had the keyboard, for actions chosen in a dialog over the board. Answers how to stop. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent) => {
    const id = target instanceof Element ? cardIn(target) : null
    const isOverlay = target instanceof Element && target.closest('[role=dialog],[role=menu]') !== null
    if (id !== null || !isOverlay) last = id
  }
  document.addEventListener('focusin', note)
  return () => document.removeEventListener('focusin', note)
}

/** The card that has the keyboard, or had it when the dialog over the board was opened. */
export const focusedCardId = (): string | null => cardIn(document.activeElement) ?? last

const rowOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-column] [role=row][data-key="${CSS.escape(id)}"]`)

/** Gives the keyboard to a card that has just moved to the top or the bottom of a column: it is drawn a moment later. */
export function focusCard(id: string, columnId: string, at: 'top' | 'bottom' | 'anywhere' = 'top'): void {
  let tries = 10
  const attempt = () => {
    const list = document.querySelector(`[data-column="${CSS.escape(columnId)}"]`)
    if (list && at !== 'anywhere') list.scrollTop = at === 'top' ? 0 : list.scrollHeight
    const row = rowOf(id)
    if (row && list?.contains(row)) {
      list.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      row.focus()
      // A dialog that is closing gives the keyboard back a moment later, to where the card was.
      setTimeout(() => row.isConnected && !document.activeElement?.closest('input,textarea') && row.focus(), 200)
    } else if (tries-- > 0) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}

/** Walks the board: up and down in a column, left and right to the card at the same height of the next column that has one. */
export function walk(direction: 'up' | 'down' | 'left' | 'right'): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-column] [role=row]')]
  const here = document.activeElement?.closest<HTMLElement>('[data-column] [role=row]')
  if (!here) {
    rows[0]?.focus()
    return
  }
  const list = here.closest('[data-column]')
  if (direction === 'up' || direction === 'down') {
    const key = direction === 'up' ? 'ArrowUp' : 'ArrowDown'
    here.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    return
  }
  const lists = [...document.querySelectorAll('[data-column]')]
  const step = direction === 'left' ? -1 : 1
  const top = here.getBoundingClientRect().top
  for (let at = lists.indexOf(list ?? here) + step; at >= 0 && at < lists.length; at += step) {
    const others = [...(lists[at]?.querySelectorAll<HTMLElement>('[role=row]') ?? [])]
    const nearest = others.sort((a, b) => Math.abs(a.getBoundingClientRect().top - top) - Math.abs(b.getBoundingClientRect().top - top))[0]
    if (nearest) {
      nearest.focus()
      nearest.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      return
    }
  }
}
