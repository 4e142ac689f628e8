import { compareOrder } from '#domain/core/order.ts'
import { ById } from './by-id.ts'

export type Placed = { id: string; columnId: string; order: string; status: string }
type Home = { id: string; status: string }
export type Arranged<C extends Placed> = {
  rows: readonly C[]
  columns: readonly Home[]
  byId: ById<C>
  byColumn: ReadonlyMap<string, readonly C[]>
}

/**
 * BOARD-1: the cards of each column in order. Given what was arranged before, only the columns that gained, lost or
 * reordered a card get a new list, and a changed card is put in its place by bisection: the cost of one edit does not
 * grow with sorting. The rows, and the columns, must keep their identity where they did not change.
 */
export function arrange<C extends Placed>(before: Arranged<C> | undefined, rows: readonly C[], columns: readonly Home[]): Arranged<C> {
  if (before?.columns !== columns) return fromScratch(rows, columns)
  const { came, left } = difference(before.rows, rows)
  if (came.length > 50 + rows.length / 8) return fromScratch(rows, columns)
  if (came.length === 0 && left.length === 0) return before
  const leaving = left.flatMap(({ id }) => before.byId.get(id) ?? [])
  const coming = atHome(came, columns)
  const byColumn = new Map(before.byColumn)
  const lists = new Map<string, C[]>()
  const listOf = (columnId: string): C[] => {
    let list = lists.get(columnId)
    if (!list) {
      list = [...(byColumn.get(columnId) ?? [])]
      lists.set(columnId, list)
      byColumn.set(columnId, list)
    }
    return list
  }
  for (const row of leaving) {
    const list = listOf(row.columnId)
    list.splice(placeOf(list, row), 1)
  }
  for (const row of coming) {
    const list = listOf(row.columnId)
    list.splice(placeOf(list, row), 0, row)
  }
  return { rows, columns, byId: before.byId.changed(leaving, coming), byColumn }
}

function fromScratch<C extends Placed>(rows: readonly C[], columns: readonly Home[]): Arranged<C> {
  const placed = atHome(rows, columns)
  return { rows, columns, byId: ById.of(placed), byColumn: sorted(placed) }
}

/** The rows that came or changed, and those they replace or that went. Rows keep their order, so one edit is found between two equal stretches. */
function difference<C extends Placed>(old: readonly C[], rows: readonly C[]): { came: C[]; left: C[] } {
  const most = Math.min(old.length, rows.length)
  let start = 0
  while (start < most && old[start] === rows[start]) start++
  let end = 0
  while (end < most - start && old[old.length - 1 - end] === rows[rows.length - 1 - end]) end++
  const middle = rows.slice(start, rows.length - end)
  const oldMiddle = old.slice(start, old.length - end)
  const [kept, known] = [new Set(middle), new Set(oldMiddle)]
  return { came: middle.filter((row) => !known.has(row)), left: oldMiddle.filter((row) => !kept.has(row)) }
}

function sorted<C extends Placed>(rows: readonly C[]): Map<string, C[]> {
  const byColumn = new Map<string, C[]>()
  for (const row of rows) {
    const list = byColumn.get(row.columnId)
    if (list) list.push(row)
    else byColumn.set(row.columnId, [row])
  }
  for (const list of byColumn.values()) list.sort(compareOrder)
  return byColumn
}

/** Where a card stands, or would stand, in a sorted list. */
function placeOf<C extends Placed>(list: readonly C[], card: C): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = list[middle]
    if (other && compareOrder(other, card) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** BOARD-2: cards whose column is gone stay in sight: in the first column of their status, else in the very first. */
function atHome<C extends Placed>(rows: readonly C[], columns: readonly Home[]): readonly C[] {
  const known = new Set(columns.map((column) => column.id))
  const homeOf = (row: C) => (columns.find((column) => column.status === row.status) ?? columns[0])?.id ?? row.columnId
  return rows.map((row) => (known.has(row.columnId) ? row : { ...row, columnId: homeOf(row) }))
}
