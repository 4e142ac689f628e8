import type { Target } from './drag/hand.ts'
import type { Card } from './use-board.ts'
import type { Rows } from './window-of.ts'

/** A column and its cards as shown. */
export type ListedColumn = { columnId: string; name: string; cards: readonly Card[] }

/** A list of cards as it stands on the screen: a column's, or that of all columns below each other. */
export type BoardList = {
  columnId: string
  name: string
  element: HTMLElement
  /** Its cards as shown: all of them, or those the filter leaves. */
  cards: () => readonly Card[]
  /** Brings a stretch of its content into sight and draws it now. */
  reveal: (top: number, height: number) => void
  /** Where a card's top is in the content, and how far one is from the next. */
  topOf: (at: number) => number
  rows: Rows
  /** The columns in it in which a card can be given a place, from above. */
  columns: () => readonly ListedColumn[]
  /** The middle of the line that shows a place in one of its columns, from the top of the content. */
  lineAt: (columnId: string, place: number, heldId: string) => number
  /** Where the card in hand would land at a height of its content; null: nowhere, or where it is. */
  targetAt: (height: number, heldId: string) => Target | null
}

/** The lists of the board on the screen. */
export class Lists {
  readonly #byColumn = new Map<string, BoardList>()
  /** What holds the columns and scrolls sideways. */
  strip: HTMLElement | null = null

  /** A list is on the screen until the answered function is called. */
  enter(list: BoardList): () => void {
    this.#byColumn.set(list.columnId, list)
    return () => {
      if (this.#byColumn.get(list.columnId) === list) this.#byColumn.delete(list.columnId)
    }
  }

  get(columnId: string): BoardList | undefined {
    return this.#byColumn.get(columnId)
  }

  /** The column, and the list it stands in, where a card can be given a place in it. */
  showing(columnId: string): { list: BoardList; column: ListedColumn } | undefined {
    for (const list of this.#byColumn.values()) {
      const column = list.columns().find((one) => one.columnId === columnId)
      if (column) return { list, column }
    }
    return undefined
  }

  /** The list in which a card is shown. */
  holding(cardId: string): BoardList | undefined {
    return [...this.#byColumn.values()].find((list) => list.cards().some(({ id }) => id === cardId))
  }

  /** Brings a card into sight, wherever it is. */
  show(cardId: string): void {
    const list = this.holding(cardId)
    list?.reveal(list.topOf(list.cards().findIndex(({ id }) => id === cardId)), list.rows.height)
    list?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** The lists from the left. */
  all(): BoardList[] {
    const isAfter = (a: Node, b: Node) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
    return [...this.#byColumn.values()].sort((a, b) => (isAfter(a.element, b.element) ? 1 : -1))
  }

  /** The list under a pointer, or the nearest one beside it; none where the pointer has left the board. */
  under(x: number, y: number): BoardList | undefined {
    const board = this.strip?.getBoundingClientRect()
    if (!board || x < board.left || x > board.right || y < board.top - OUTSIDE || y > board.bottom + OUTSIDE) return undefined
    let nearest: BoardList | undefined
    let least = Number.POSITIVE_INFINITY
    for (const list of this.#byColumn.values()) {
      const { left, right } = list.element.getBoundingClientRect()
      const far = Math.max(left - x, x - right, 0)
      if (far < least) [nearest, least] = [list, far]
    }
    return nearest
  }
}

/** So far above or below the columns a card is still held over them. */
const OUTSIDE = 48

/** The place in a list at a height of the screen; above and below the list it is the nearest one in sight. */
export function targetAt({ element, targetAt: at }: BoardList, y: number, heldId: string): Target | null {
  const { top, bottom } = element.getBoundingClientRect()
  return at(Math.min(bottom, Math.max(top, y)) - top + element.scrollTop, heldId)
}
