import type { ChangeData, HunkData } from 'react-diff-view'
import type { DiffFile } from './diff-hunks.ts'

/** Lines by their numbers on the new side, the last one included. */
export type Range = { from: number; to: number }
/** Lines that are not shown, between two hunks or beside one. Where the last of them ends is not known before the text of the file is. */
export type Gap = { from: number; to: number | null }
/** A hunk, and what is left out right before it. */
export type OpenHunk = HunkData & { gap?: Gap }
type Opened = { hunks: OpenHunk[]; after: Gap | null }

/** Git shows so many unchanged lines after a change; where there are fewer, the file ends. */
const CONTEXT = 3

/** DIFF-8: the hunks of a file with more of its unchanged lines, those in the ranges, and what of it is still left out. `text`: its lines as they are now. */
export function withMore({ hunks }: Pick<DiffFile, 'hunks'>, text: readonly string[] | null, ranges: readonly Range[]): Opened {
  const shown: OpenHunk[] = []
  let next = 1
  const put = (from: number, hunk: HunkData) => {
    const known = shown.at(-1)
    if (known && from === next) shown[shown.length - 1] = { ...known, changes: [...known.changes, ...hunk.changes] }
    else shown.push(from > next ? { ...hunk, gap: { from: next, to: from - 1 } } : hunk)
  }
  const open = (to: number, shift: number) => {
    for (const range of within(ranges, next, Math.min(to, text?.length ?? 0))) {
      if (range.to < next) continue
      const from = Math.max(next, range.from)
      put(from, sameLines(text ?? [], { from, to: range.to }, shift))
      next = range.to + 1
    }
  }
  let shift = 0
  for (const hunk of hunks) {
    const { oldStart: old, newStart: now } = hunk
    open(now - 1, old - now)
    put(now, hunk)
    next = now + hunk.newLines
    shift = old + hunk.oldLines - next
  }
  open(Number.POSITIVE_INFINITY, shift)
  const end = text ? text.length : null
  const isMore = end === null ? endsInContext(hunks.at(-1)) : next <= end
  return { hunks: shown, after: isMore ? { from: next, to: end } : null }
}

/** Whether what hunks show of a file is what a text says, line by line: else it is another text. */
export const isTextOf = ({ hunks }: Pick<DiffFile, 'hunks'>, text: readonly string[]): boolean =>
  hunks.every(({ changes }) => changes.every((change) => change.type === 'delete' || text[numberOf(change) - 1] === change.content))

/** The new side of a file whose patch leaves nothing out. */
export const textOf = ({ hunks }: Pick<DiffFile, 'hunks'>): string[] =>
  hunks.flatMap(({ changes }) => changes.flatMap(({ type, content }) => (type === 'delete' ? [] : [content])))

const numberOf = (change: ChangeData): number => (change.type === 'normal' ? change.newLineNumber : change.lineNumber)

/** The parts of ranges between two lines, from top to bottom. */
const within = (ranges: readonly Range[], from: number, to: number): Range[] =>
  ranges
    .map((range) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }))
    .filter((range) => range.from <= range.to)
    .sort((one, other) => one.from - other.from)

function sameLines(text: readonly string[], { from, to }: Range, shift: number): HunkData {
  const changes = text.slice(from - 1, to).map(
    (content, at): ChangeData => ({
      type: 'normal',
      isNormal: true,
      oldLineNumber: from + at + shift,
      newLineNumber: from + at,
      content,
    }),
  )
  const lines = to - from + 1
  return { content: `@@ ${from} @@`, oldStart: from + shift, newStart: from, oldLines: lines, newLines: lines, changes }
}

function endsInContext(hunk: HunkData | undefined): boolean {
  const last = hunk?.changes.slice(-CONTEXT) ?? []
  return last.length === CONTEXT && last.every(({ type }) => type === 'normal')
}
