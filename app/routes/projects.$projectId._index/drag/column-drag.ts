import type { BoardMoves } from '../board-context.ts'
import { columnGapAt, type Lane } from './column-gap.ts'
import { edgeSpeed } from './edge-scroll.ts'
import { type Drag, press } from './press.ts'

const LANE = 'data-lane'
/** What a column's element is marked with, so that its place on the screen can be found. */
export const laneOf = (columnId: string) => ({ [LANE]: columnId })

/** The element of a column. */
export const laneWith = (columnId: string): HTMLElement | null => document.querySelector<HTMLElement>(`[${LANE}="${CSS.escape(columnId)}"]`)

/** A pointer went down on the head of a column: it may become a drag that puts the column elsewhere. Buttons in the head keep what is theirs. */
export function pressColumn(down: PointerEvent, columnId: string, moves: BoardMoves): void {
  const { strip } = moves.lists
  const lane = laneWith(columnId)
  const isButton = down.target instanceof Element && down.target.closest('button') !== null
  if (!moves.canWrite || !strip || !lane || isButton) return
  press(down, lane, () => new ColumnDrag(moves, columnId, lane, strip, down))
}

/** A column in the hand of a pointer. It stays where it is, paler, and a line shows where it would go. */
class ColumnDrag implements Drag {
  readonly #moves: BoardMoves
  readonly #columnId: string
  readonly #lane: HTMLElement
  readonly #strip: HTMLElement
  readonly #sheet = document.createElement('div')
  readonly #line = document.createElement('div')
  #x: number
  #time = 0
  #frame = 0

  constructor(moves: BoardMoves, columnId: string, lane: HTMLElement, strip: HTMLElement, down: PointerEvent) {
    this.#moves = moves
    this.#columnId = columnId
    this.#lane = lane
    this.#strip = strip
    this.#x = down.clientX
    this.#sheet.className = 'fixed inset-0 z-50 cursor-grabbing touch-none overflow-hidden select-none'
    this.#sheet.ariaHidden = 'true'
    this.#line.className = 'absolute w-0.5 -translate-x-1/2 rounded-full bg-accent-solid'
    this.#line.dataset.columnLine = ''
    this.#sheet.append(this.#line)
    document.body.append(this.#sheet)
    this.#sheet.setPointerCapture(down.pointerId)
    lane.style.opacity = '0.5'
    strip.style.scrollSnapType = 'none'
    this.#frame = requestAnimationFrame(this.#tick)
  }

  moveTo(x: number): void {
    this.#x = x
    this.#draw()
  }

  drop(x: number): void {
    this.#x = x
    const gap = this.#gap()
    this.putBack()
    if (gap) void this.#moves.moveColumn(this.#columnId, gap.beforeId)
  }

  putBack(): void {
    cancelAnimationFrame(this.#frame)
    this.#sheet.remove()
    this.#lane.style.opacity = ''
    this.#strip.style.scrollSnapType = ''
  }

  #gap() {
    const lanes = [...this.#strip.querySelectorAll(`[${LANE}]`)].map<Lane>((lane) => {
      const { left, right } = lane.getBoundingClientRect()
      return { id: lane.getAttribute(LANE) ?? '', left, right }
    })
    return columnGapAt(this.#x, lanes, this.#columnId)
  }

  #draw(): void {
    const gap = this.#gap()
    const { top, height } = this.#lane.getBoundingClientRect()
    this.#line.hidden = gap === null
    Object.assign(this.#line.style, { left: `${gap?.lineAt ?? 0}px`, top: `${top}px`, height: `${height}px` })
  }

  /** Near an end of the strip it scrolls. Who has left the board meanwhile holds nothing any more. */
  readonly #tick = (time: number): void => {
    if (!this.#lane.isConnected) return this.putBack()
    const { left, right } = this.#strip.getBoundingClientRect()
    const by = edgeSpeed(this.#x, left, right) * (this.#time === 0 ? 0 : time - this.#time)
    if (by !== 0) this.#strip.scrollLeft += by
    this.#time = time
    this.#draw()
    this.#frame = requestAnimationFrame(this.#tick)
  }
}
