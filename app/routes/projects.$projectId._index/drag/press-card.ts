import type { BoardMoves } from '../board-context.ts'
import type { Card } from '../use-board.ts'
import { PointerDrag } from './pointer-drag.ts'

/** A mouse that moved so far with its button down drags. */
const DRAG_PX = 5
/** A finger that stays so long lifts the card; one that moves before scrolls. */
const HOLD_MS = 300
const HOLD_PX = 8

/** A card and the row it is drawn as. */
type CardAt = { row: HTMLElement; card: Card }

/** The card an event is about, among these; none when it is about a button in its row. */
export function cardAt({ target }: { target: EventTarget }, cards: readonly Card[]): CardAt | null {
  const row = target instanceof Element && !target.closest('button') ? target.closest<HTMLElement>('[role=row][data-key]') : null
  const card = row && cards.find(({ id }) => id === row.dataset.key)
  return card ? { row, card } : null
}

/** A pointer went down on a card. It becomes a drag, or was a click or a scroll, which the browser sees to; where nothing may be written, and of another button, never a drag. */
export function pressCard(down: PointerEvent, { row, card }: CardAt, moves: BoardMoves): void {
  if (!moves.canWrite || !down.isPrimary || down.button !== 0) return
  const isTouch = down.pointerType === 'touch'
  const stop = new AbortController()
  const { signal } = stop
  let drag: PointerDrag | null = null
  const end = () => {
    clearTimeout(holding)
    stop.abort()
  }
  const lift = () => {
    drag = new PointerDrag(moves, card, row, down, end)
  }
  const holding = isTouch ? setTimeout(lift, HOLD_MS) : undefined
  const giveUp = () => {
    end()
    drag?.putBack()
  }
  const mine = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === down.pointerId) act(event)
  }
  const move = mine(({ clientX, clientY, buttons }) => {
    // The button was let go where nobody told: outside the window, or over a menu of the browser's own.
    if (buttons === 0) return giveUp()
    const far = Math.hypot(clientX - down.clientX, clientY - down.clientY)
    if (!drag && isTouch && far > HOLD_PX) return end()
    if (!drag && !isTouch && far >= DRAG_PX) lift()
    drag?.moveTo(clientX, clientY)
  })
  const up = mine(({ clientX, clientY }) => {
    end()
    drag?.drop(clientX, clientY)
  })
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', up, { signal })
  window.addEventListener('pointercancel', mine(giveUp), { signal })
  window.addEventListener('blur', giveUp, { signal })
  window.addEventListener(
    'keydown',
    (event) => {
      // Keys of the browser and the system stay theirs.
      if (!drag || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') giveUp()
    },
    { signal, capture: true },
  )
  if (down.pointerType === 'mouse') return
  // Once the card is lifted a finger or a pen neither scrolls nor clicks. The events go to what was touched, wherever that is by now.
  const keep = (event: Event) => {
    if (drag && event.cancelable) event.preventDefault()
  }
  row.addEventListener('touchmove', keep, { signal, passive: false })
  row.addEventListener('touchend', keep, { passive: false, once: true })
  // What a long press does by itself.
  if (isTouch) window.addEventListener('contextmenu', (event) => event.preventDefault(), { signal, capture: true })
}
