import { type ChangeData, getChangeKey } from 'react-diff-view'
import type { DiffFile } from './diff-hunks.ts'
import { wasOf } from './diff-whitespace.ts'

export type Side = 'old' | 'new'
export type Line = {
  key: string
  side: Side
  line: number
  quote: string
  /** Where only its white space changed: the line on the old side. */
  was?: { side: Side; line: number; quote: string }
}

/** REVIEW-3: where a note on a change stands: what was taken out on the old side, everything else on the new one. */
export function lineOf(change: ChangeData): Line {
  const key = getChangeKey(change)
  if (change.type === 'delete') return { key, side: 'old', line: change.lineNumber, quote: change.content }
  if (change.type === 'insert') return { key, side: 'new', line: change.lineNumber, quote: change.content }
  const was = wasOf(change)
  const line: Line = { key, side: 'new', line: change.newLineNumber, quote: change.content }
  return was === undefined ? line : { ...line, was: { side: 'old', line: change.oldLineNumber, quote: was } }
}

/** The lines of a file that a note can stand on, from top to bottom. */
export const linesOf = (file: DiffFile): Line[] => file.hunks.flatMap(({ changes }) => changes.map(lineOf))

/**
 * REVIEW-3: the line a note is about in this state of the change: of the lines that read as it did, the nearest to where it was. Null where there is none
 * any more.
 */
export function anchorOf(lines: readonly Line[], note: { side: Side; line: number; quote: string }): string | null {
  let nearest: { key: string; away: number } | null = null
  for (const { key, was, ...here } of lines) {
    const line = was?.side === note.side ? was : here
    if (line.side !== note.side || line.quote !== note.quote) continue
    const away = Math.abs(line.line - note.line)
    if (!nearest || away < nearest.away) nearest = { key, away }
  }
  return nearest?.key ?? null
}
