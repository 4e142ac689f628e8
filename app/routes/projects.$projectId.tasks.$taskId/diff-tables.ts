import { type ChangeData, getChangeKey } from 'react-diff-view'
import { runOf } from './diff-blocks.ts'
import type { OpenHunk } from './diff-more.ts'

export type Look = 'unified' | 'split'

/** Hunks, or pieces of one, that are drawn as one table. */
export type TableOfHunks = {
  hunks: OpenHunk[]
  /** How many lines are drawn: side by side, what was taken out and what was put in its place are one. */
  lines: number
  /** Of these lines. */
  keys: Set<string>
  /** Its first lines go on with the hunk that the table before ends in. */
  goesOn: boolean
}

/** A browser lays out and paints a table as a whole, however little of it is in sight: with 20,000 lines 50 ms a frame, with so many, in their looks, a few. */
const MOST_LINES = 100

/**
 * DIFF-4: the hunks of a file, in order, as tables of a bearable length. Small hunks share one, a long one is cut in pieces. Where both
 * sides stand beside each other, lines that are opposite each other stay so.
 */
export function tablesOf(hunks: readonly OpenHunk[], look: Look, most = MOST_LINES): TableOfHunks[] {
  const tables: TableOfHunks[] = []
  for (const hunk of hunks) {
    const rows = look === 'split' ? rowsOf(hunk.changes) : hunk.changes.map((change) => [change])
    for (const [at, piece] of cut(rows, most).entries()) {
      const known = tables.at(-1)
      const isRoom = at === 0 && known !== undefined && known.lines + piece.length <= most
      const table = isRoom ? known : { hunks: [], lines: 0, keys: new Set<string>(), goesOn: at > 0 }
      if (!isRoom) tables.push(table)
      const changes = piece.flat()
      table.hunks.push({ ...hunk, changes })
      table.lines += piece.length
      for (const change of changes) table.keys.add(getChangeKey(change))
    }
  }
  return tables
}

const cut = <T>(rows: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.max(1, Math.ceil(rows.length / most)) }, (_, at) => rows.slice(at * most, (at + 1) * most))

/** What stands in one row with both sides beside each other: a line, or one that was taken out and what took its place. */
function rowsOf(changes: readonly ChangeData[]): ChangeData[][] {
  const rows: ChangeData[][] = []
  for (let at = 0; at < changes.length; ) {
    const gone = runOf(changes, at, 'delete')
    const come = runOf(changes, at + gone.length, 'insert')
    const height = Math.max(gone.length, come.length)
    for (let row = 0; row < height; row++) rows.push([...gone.slice(row, row + 1), ...come.slice(row, row + 1)])
    at += gone.length + come.length
    const same = changes[at]
    if (same && same.type === 'normal') {
      rows.push([same])
      at++
    }
  }
  return rows
}
