import { type ChangeData, getChangeKey } from 'react-diff-view'
import type { DiffFile } from './diff-hunks.ts'

export type Side = 'old' | 'new'
export type Line = { key: string; side: Side; line: number; quote: string }

/** REVIEW-3: where a note on a change stands: what was taken out on the old side, everything else on the new one. */
export function lineOf(change: ChangeData): Line {
  const key = getChangeKey(change)
  if (change.type === 'delete') return { key, side: 'old', line: change.lineNumber, quote: change.content }
  return { key, side: 'new', line: change.type === 'insert' ? change.lineNumber : change.newLineNumber, quote: change.content }
}

/** The lines of a file that a note can stand on, from top to bottom. */
export const linesOf = (file: DiffFile): Line[] => file.hunks.flatMap(({ changes }) => changes.map(lineOf))

/**
 * REVIEW-3: the line a note is about in this state of the change: of the lines that read as it did, the nearest to where it was. Null where there is none
 * any more.
 */
export function anchorOf(lines: readonly Line[], note: { side: Side; line: number; quote: string }): string | null {
  let nearest: Line | null = null
  for (const line of lines) {
    if (line.side !== note.side || line.quote !== note.quote) continue
    if (!nearest || Math.abs(line.line - note.line) < Math.abs(nearest.line - note.line)) nearest = line
  }
  return nearest?.key ?? null
}
