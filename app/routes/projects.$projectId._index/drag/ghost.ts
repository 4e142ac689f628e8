import { afterPaint } from '../after-paint.ts'

/** A light copy of a card that follows the pointer, and the sheet it moves on: over everything, so that nothing below is pointed at. */
export type Ghost = {
  sheet: HTMLElement
  moveTo: (x: number, y: number) => void
  /** It is seen no more; the sheet stays until the board has been painted without it. */
  vanish: () => void
  /** Lets it glide back to where the card is, then takes it away. */
  glideTo: (row: Element | null) => void
}

const GLIDE_MS = 160
/** Of a row of the list so much is lifted: beside it the line stays in sight where the card would land. */
const WIDEST = 360
const GRIP = 24
const FROM_CARD = ['id', 'role', 'tabindex', 'data-key', 'aria-label', 'aria-rowindex', 'aria-describedby']

/** Lifts a copy of a row off the board, held at the point where the pointer took it; of several cards it says how many they are. */
export function liftGhost(row: HTMLElement, x: number, y: number, count: number): Ghost {
  const { left: edge, top, width: whole, height } = row.getBoundingClientRect()
  const width = Math.min(whole, WIDEST)
  const left = x - Math.min(x - edge, width - GRIP)
  const sheet = document.createElement('div')
  sheet.className = 'fixed inset-0 z-50 cursor-grabbing touch-none overflow-hidden select-none'
  sheet.ariaHidden = 'true'
  // A little seen through: the line where the card would land is under it more often than not.
  const copy = row.cloneNode(true) as HTMLElement
  for (const name of FROM_CARD) copy.removeAttribute(name)
  copy.className = 'absolute top-0 left-0 rounded-md border border-edge bg-raised opacity-90 shadow-float will-change-[transform,opacity]'
  copy.inert = true
  if (count > 1) copy.append(badge(count))
  const at = (toX: number, toY: number) => `translate3d(${toX}px, ${toY}px, 0)`
  const moveTo = (toX: number, toY: number) => {
    copy.style.transform = at(left + toX - x, top + toY - y)
  }
  Object.assign(copy.style, { width: `${width}px`, height: `${height}px`, transform: at(left, top) })
  sheet.append(copy)
  document.body.append(sheet)
  return {
    sheet,
    moveTo,
    vanish() {
      copy.style.opacity = '0'
      // While it is there nothing below is pointed at, so that the frame of a drop does not look for what the pointer is over.
      afterPaint(() => sheet.remove())
    },
    glideTo(to) {
      const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
      if (!to || isStill) return sheet.remove()
      const home = to.getBoundingClientRect()
      sheet.style.pointerEvents = 'none'
      const glide = copy.animate([{ transform: at(home.left, home.top) }], { duration: GLIDE_MS, easing: 'ease-out' })
      glide.onfinish = () => sheet.remove()
      glide.oncancel = () => sheet.remove()
    },
  }
}

function badge(count: number): HTMLElement {
  const element = document.createElement('span')
  element.className =
    'absolute -top-2 -right-2 flex h-5 min-w-5 items-center justify-center rounded-full bg-accent-solid px-1.5 text-xs font-medium text-on-solid tabular'
  element.textContent = String(count)
  return element
}
