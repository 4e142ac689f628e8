import { compareOrder } from '#domain/core/order.ts'
import { ById } from './by-id.ts'

export type Placed = { id: string; columnId: string; order: string }
export type Arranged<C extends Placed> = { rows: readonly C[]; byId: ById<C>; byColumn: ReadonlyMap<string, readonly C[]> }

/**
 * BOARD-1: the cards of each column in order. Given what was arranged before, only the columns that gained, lost or
 * reordered a card get a new list, and a changed card is put in its place by bisection: the cost of one edit does not
 * grow with sorting. The rows must keep their identity where they did not change.
 */
export function arrange<C extends Placed>(before: Arranged<C> | undefined, rows: readonly C[]): Arranged<C> {
  if (!before) return fromScratch(rows)
  const { changed, leaving } = difference(before, rows)
  if (changed.length > 50 + rows.length / 8) return fromScratch(rows)
  if (changed.length === 0 && leaving.length === 0) return before
  const byId = before.byId.changed(leaving, changed)
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
  for (const row of changed) {
    const list = listOf(row.columnId)
    list.splice(placeOf(list, row), 0, row)
  }
  return { rows, byId, byColumn }
}

const fromScratch = <C extends Placed>(rows: readonly C[]): Arranged<C> => ({
  rows,
  byId: ById.of(rows),
  byColumn: sorted(rows),
})

/** What came or changed, and what it replaces or what went. Rows keep their order, so one edit is found between two equal stretches. */
function difference<C extends Placed>(before: Arranged<C>, rows: readonly C[]): { changed: C[]; leaving: C[] } {
  const old = before.rows
  const most = Math.min(old.length, rows.length)
  let start = 0
  while (start < most && old[start] === rows[start]) start++
  let end = 0
  while (end < most - start && old[old.length - 1 - end] === rows[rows.length - 1 - end]) end++
  const middle = rows.slice(start, rows.length - end)
  const kept = new Map(middle.map((row) => [row.id, row]))
  return {
    changed: middle.filter((row) => before.byId.get(row.id) !== row),
    leaving: old.slice(start, old.length - end).filter((row) => kept.get(row.id) !== row),
  }
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
export function atHome<C extends Placed & { status: string }>(
  rows: readonly C[],
  columns: readonly { id: string; status: string }[],
): readonly C[] {
  const known = new Set(columns.map((column) => column.id))
  if (rows.every((row) => known.has(row.columnId))) return rows
  const homeOf = (row: C) => (columns.find((column) => column.status === row.status) ?? columns[0])?.id ?? row.columnId
  return rows.map((row) => (known.has(row.columnId) ? row : { ...row, columnId: homeOf(row) }))
}
