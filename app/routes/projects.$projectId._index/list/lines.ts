import type { Sort } from '../filter/look.ts'

type Sortable = { id: string; priority: string; dueAt: number | null }
type Home = { id: string; name: string; wipLimit: number | null }
/** A line of the list: the head of a column, or a card in it; `at` counts the cards alone. */
export type Line<C> = { id: string; column: Home; count: number; card: null } | { id: string; card: C; at: number }
export type Lined<C> = {
  lines: readonly Line<C>[]
  /** The cards alone, from above, and on which line each stands. */
  cards: readonly C[]
  lineOf: readonly number[]
}

const WEIGHT: Readonly<Record<string, number>> = { urgent: 0, high: 1, medium: 2, low: 3, none: 4 }

/** Where a card would land: in which column, and so many of its other cards above. */
export type LinePlace = { columnId: string; place: number }

/** LIST-2: the place in the gap over a line: under a head the top of its column, under a card below that card. */
export function placeOverLine<C extends { id: string }>(lines: readonly Line<C>[], gap: number, heldId: string): LinePlace | null {
  let above = 0
  for (let at = Math.max(1, Math.min(gap, lines.length)) - 1; at >= 0; at--) {
    const line = lines[at]
    if (line && 'column' in line) return { columnId: line.column.id, place: above }
    if (line && line.id !== heldId) above++
  }
  return null
}

/** LIST-2: and back: over which line a place is, past the card in hand; null for a column that is not shown. */
export function lineOfPlace<C extends { id: string }>(
  lines: readonly Line<C>[],
  { columnId, place }: LinePlace,
  heldId: string,
): number | null {
  const head = lines.findIndex((line) => 'column' in line && line.column.id === columnId)
  if (head < 0) return null
  let [at, left] = [head + 1, place]
  for (; left > 0; at++) if (lines[at]?.id !== heldId) left--
  return at
}

/** LIST-1: which of two cards comes first; those alike stay as they stand on the board. What is not dated comes last. */
function comparing<C extends Sortable>(sort: Sort, updatedAt: (id: string) => number): ((a: C, b: C) => number) | null {
  switch (sort) {
    case 'order':
      return null
    case 'priority':
      return (a, b) => (WEIGHT[a.priority] ?? 4) - (WEIGHT[b.priority] ?? 4)
    case 'due':
      return (a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER)
    case 'updated':
      return (a, b) => updatedAt(b.id) - updatedAt(a.id)
  }
}

/** LIST-1: the cards of a board as one list, column after column, each under its head and sorted; columns with nothing to show are left out. */
export function linesOf<C extends Sortable>(
  columns: readonly Home[],
  shown: ReadonlyMap<string, readonly C[]>,
  sort: Sort,
  updatedAt: (id: string) => number,
): Lined<C> {
  const compare = comparing<C>(sort, updatedAt)
  const lines: Line<C>[] = []
  const cards: C[] = []
  const lineOf: number[] = []
  for (const column of columns) {
    const inOrder = shown.get(column.id) ?? []
    if (inOrder.length === 0) continue
    lines.push({ id: `head ${column.id}`, column, count: inOrder.length, card: null })
    for (const card of compare ? [...inOrder].sort(compare) : inOrder) {
      lineOf.push(lines.length)
      lines.push({ id: card.id, card, at: cards.length })
      cards.push(card)
    }
  }
  return { lines, cards, lineOf }
}
