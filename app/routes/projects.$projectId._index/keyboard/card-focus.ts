import { afterPaint } from '../after-paint.ts'

const cardIn = (element: Element | null): string | null => element?.closest('[data-column] [role=row]')?.getAttribute('data-key') ?? null

/** So long a dialog takes to close and to give the keyboard back. */
const CLOSING_MS = 200

let last: string | null = null
let followed: string | null = null

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

/** True when the card has the keyboard at this moment. */
export const hasFocus = (id: string): boolean => cardIn(document.activeElement) === id

/** The card as it stands on the screen, if it is drawn. */
export const rowOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-column] [role=row][data-key="${CSS.escape(id)}"]`)

/** Says that the keyboard will go along with a card, so that the list it leaves does not give it to the card beside. */
export const follow = (id: string | null): void => {
  followed = id
}
export const isFollowed = (id: string): boolean => followed === id

/** Gives a card, or something in it, the keyboard once more when a dialog has closed, unless the person has gone on by then. */
export function keepFocus(row: HTMLElement): void {
  const stop = new AbortController()
  const { signal } = stop
  for (const kind of ['keydown', 'pointerdown']) window.addEventListener(kind, () => stop.abort(), { signal, capture: true })
  setTimeout(() => {
    if (!signal.aborted && row.isConnected) row.focus()
    stop.abort()
  }, CLOSING_MS)
}

type Whither = 'top' | 'bottom' | 'anywhere'

/** Gives the keyboard to a card that has just moved to the top or the bottom of a column: it is drawn a moment later. */
export function focusCard(id: string, columnId: string, at: Whither = 'top'): void {
  let tries = 10
  const attempt = () => {
    const list = document.querySelector(`[data-column="${CSS.escape(columnId)}"]`)
    if (list && at !== 'anywhere') list.scrollTop = at === 'top' ? 0 : list.scrollHeight
    const row = rowOf(id)
    if (row && list?.contains(row)) {
      followed = null
      list.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      row.focus({ preventScroll: at === 'anywhere' })
      // A dialog that is closing gives the keyboard back a moment later, to where the card was.
      if (at !== 'anywhere') keepFocus(row)
    } else if (tries-- > 0) requestAnimationFrame(attempt)
    else followed = null
  }
  // Where nothing scrolls the card is in its place already, and the keyboard follows once that has been painted.
  if (at === 'anywhere') afterPaint(attempt)
  else requestAnimationFrame(attempt)
}
