import type { BoardMoves } from '../board-context.ts'
import { hasFocus, rowOf } from '../keyboard/card-focus.ts'
import { targetAt } from '../lists.ts'
import { heldWith } from '../selection/acted-on.ts'
import type { Card } from '../use-board.ts'
import { edgeSpeed } from './edge-scroll.ts'
import { type Ghost, liftGhost } from './ghost.ts'
import { isOwnPlace } from './place.ts'

/** A card is held so far from where it was taken before lists move: picking one up at an end is no wish to scroll. */
const SETTLED = 10

/** A wheel's line, in px. */
const LINE_PX = 16

/** What a wheel counts in, in px: some browsers say lines, and few say pages. */
const unitOf = (mode: number, page: number): number =>
  mode === WheelEvent.DOM_DELTA_PIXEL ? 1 : mode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : page

/** A card, and what is selected with it, in the hand of a mouse, a pen or a finger, from lifting it to letting it go. Nothing is rendered while it moves but the line. */
export class PointerDrag {
  readonly #moves: BoardMoves
  readonly #card: Card
  readonly #ids: ReadonlySet<string>
  readonly #ghost: Ghost
  readonly #from: { x: number; y: number }
  #x: number
  #y: number
  /** Whether the card had the keyboard when it was lifted. */
  readonly #hadFocus: boolean
  #time = 0
  #frame = 0

  constructor(moves: BoardMoves, card: Card, row: HTMLElement, down: PointerEvent, ended: () => void) {
    this.#moves = moves
    this.#card = card
    this.#ids = heldWith(card, moves)
    this.#from = { x: down.clientX, y: down.clientY }
    this.#x = down.clientX
    this.#y = down.clientY
    this.#ghost = liftGhost(row, down.clientX, down.clientY, this.#ids.size)
    // The sheet takes the pointer: no card below is pointed at or clicked, whatever becomes of the row.
    this.#ghost.sheet.setPointerCapture(down.pointerId)
    this.#ghost.sheet.addEventListener('wheel', (event) => this.#wheel(event), { passive: true })
    this.#hadFocus = hasFocus(card.id)
    // Its list minds the keyboard meanwhile: taking away an element that has it makes browsers lay out the page at once.
    if (this.#hadFocus) moves.lists.get(card.columnId)?.element.focus({ preventScroll: true })
    if (moves.lists.strip) moves.lists.strip.style.scrollSnapType = 'none'
    const putBack = () => {
      this.putBack()
      ended()
    }
    moves.hand.take(card.id, putBack, this.#ids)
    this.#frame = requestAnimationFrame(this.#tick)
  }

  moveTo(x: number, y: number): void {
    this.#x = x
    this.#y = y
    this.#ghost.moveTo(x, y)
  }

  /** Lets go here. */
  drop(x: number, y: number): void {
    this.#x = x
    this.#y = y
    this.#aim()
    const { target } = this.#moves.hand
    const list = target && this.#moves.lists.get(target.columnId)
    if (!target || (list && isOwnPlace(list.cards(), this.#card.id, target.spot))) return this.putBack()
    this.#end()
    this.#ghost.vanish()
    void this.#moves.drop([...this.#ids], target.columnId, target.spot, this.#hadFocus)
  }

  /** Lets go as if nothing had been. */
  putBack(): void {
    this.#end()
    const row = rowOf(this.#card.id)
    this.#ghost.glideTo(row)
    if (this.#hadFocus) row?.focus({ preventScroll: true })
  }

  #end(): void {
    cancelAnimationFrame(this.#frame)
    if (this.#moves.lists.strip) this.#moves.lists.strip.style.scrollSnapType = ''
    this.#moves.hand.letGo()
  }

  readonly #tick = (time: number): void => {
    this.#scroll(this.#time === 0 ? 0 : time - this.#time)
    this.#time = time
    this.#aim()
    this.#frame = requestAnimationFrame(this.#tick)
  }

  #aim(): void {
    const list = this.#moves.lists.under(this.#x, this.#y)
    this.#moves.hand.aim(list ? targetAt(list, this.#y, this.#card.id) : null)
  }

  #scroll(passed: number): void {
    if (Math.abs(this.#x - this.#from.x) + Math.abs(this.#y - this.#from.y) < SETTLED) return
    const { lists } = this.#moves
    const list = lists.under(this.#x, this.#y)?.element
    if (!list || !lists.strip) return
    const [column, board] = [list.getBoundingClientRect(), lists.strip.getBoundingClientRect()]
    const down = edgeSpeed(this.#y, column.top, column.bottom) * passed
    const right = edgeSpeed(this.#x, board.left, board.right) * passed
    if (down !== 0) list.scrollTop += down
    if (right !== 0) lists.strip.scrollLeft += right
  }

  #wheel({ deltaX, deltaY, deltaMode }: WheelEvent): void {
    const { lists } = this.#moves
    const list = lists.under(this.#x, this.#y)?.element
    list?.scrollBy(0, deltaY * unitOf(deltaMode, list.clientHeight))
    lists.strip?.scrollBy(deltaX * unitOf(deltaMode, lists.strip.clientWidth), 0)
  }
}
