/** A mouse that moved so far with its button down drags. */
const DRAG_PX = 5
/** A finger that stays so long lifts what it is on; one that moves before scrolls. */
const HOLD_MS = 300
const HOLD_PX = 8

/** What is in the hand of a mouse, a pen or a finger. */
export type Drag = {
  moveTo: (x: number, y: number) => void
  /** Lets go here. */
  drop: (x: number, y: number) => void
  /** Lets go as if nothing had been. */
  putBack: () => void
}

/**
 * A pointer went down on something that can be dragged. It becomes a drag, begun by `lift`, or was a click or a scroll, which the browser sees to; of another
 * button, never a drag. What `lift` is given ends the drag from elsewhere.
 */
export function press(down: PointerEvent, element: HTMLElement, lift: (end: () => void) => Drag): void {
  if (!down.isPrimary || down.button !== 0) return
  const isTouch = down.pointerType === 'touch'
  const stop = new AbortController()
  const { signal } = stop
  let drag: Drag | null = null
  const end = () => {
    clearTimeout(holding)
    stop.abort()
  }
  const take = () => {
    drag = lift(end)
  }
  const holding = isTouch ? setTimeout(take, HOLD_MS) : undefined
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
    if (!drag && !isTouch && far >= DRAG_PX) take()
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
  // Once it is lifted a finger or a pen neither scrolls nor clicks. The events go to what was touched, wherever that is by now.
  const keep = (event: Event) => {
    if (drag && event.cancelable) event.preventDefault()
  }
  element.addEventListener('touchmove', keep, { signal, passive: false })
  element.addEventListener('touchend', keep, { passive: false, once: true })
  // What a long press does by itself.
  if (isTouch) window.addEventListener('contextmenu', (event) => event.preventDefault(), { signal, capture: true })
}
