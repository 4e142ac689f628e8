import { useCallback, useMemo, useState } from 'react'
import type { DiffFile } from './diff-hunks.ts'
import { type Gap, isTextOf, type Range, textOf, withMore } from './diff-more.ts'
import { anchorOf, linesOf } from './review-anchor.ts'
import type { NoPatch } from './say-no-patch.ts'
import { usePatch } from './use-patch.ts'
import type { Note } from './use-review.ts'

/** How more of a file's unchanged lines is shown. */
export type More = {
  show: (range: Range) => void
  /** Why the text cannot be had, and the way to try again. */
  failure: NoPatch | null
  retry: () => void
}
type MoreOfFile = { file: DiffFile; after: Gap | null; more: More | null }

/** So many lines around a line with a note. */
const AROUND = 3
const NO_RANGES: readonly Range[] = []
const NO_NOTES: readonly Note[] = []

/**
 * DIFF-8: a file with those of its unchanged lines that were asked for, and with those that have notes. Its whole text is fetched with the first of them. `more` is
 * null where there is none to be had.
 */
export function useMore(file: DiffFile, patchInFull: string | null, notes: readonly Note[]): MoreOfFile {
  // Of another state of the change they are other lines.
  const [asked, ask] = useState({ of: patchInFull, ranges: NO_RANGES })
  const ranges = asked.of === patchInFull ? asked.ranges : NO_RANGES
  const away = useMemo(() => {
    if (patchInFull === null || notes.length === 0) return NO_NOTES
    const lines = linesOf(file)
    const found = notes.filter((note) => note.side === 'new' && anchorOf(lines, note) === null)
    return found.length > 0 ? found : NO_NOTES
  }, [file, notes, patchInFull])
  const isSame = file.kind !== 'add' && file.kind !== 'delete' && file.hunks.length > 0
  const { files, failure, retry } = usePatch(isSame && ranges.length + away.length > 0 ? patchInFull : null)
  const text = useMemo(() => {
    const whole = files?.find(({ path }) => path === file.path)
    const said = whole && textOf(whole)
    return said && isTextOf(file, said) ? said : null
  }, [files, file])
  // Nobody has asked for what only a note would have shown.
  const trouble = ranges.length > 0 ? failure : null
  const show = useCallback(
    (range: Range) => ask((before) => ({ of: patchInFull, ranges: [...(before.of === patchInFull ? before.ranges : NO_RANGES), range] })),
    [patchInFull],
  )
  const more = useMemo(() => ({ show, failure: trouble, retry }), [show, trouble, retry])
  // Too big a file has none, which is known only when the others are there.
  const canOpen = isSame && patchInFull !== null && (files === undefined || text !== null)
  return useMemo(() => {
    if (!canOpen) return { file, after: null, more: null }
    const noted = away
      .filter(({ line, quote }) => text?.[line - 1] === quote)
      .map(({ line }) => ({ from: line - AROUND, to: line + AROUND }))
    const { hunks, after } = withMore(file, text, [...ranges, ...noted])
    return { file: { ...file, hunks }, after, more }
  }, [canOpen, file, text, ranges, away, more])
}
