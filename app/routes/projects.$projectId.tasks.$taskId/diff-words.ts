import { diffArrays } from 'diff'
import { type Segment, segmentsOf } from '#app/work/segments.ts'
import { type Pair, pairsOf, wordsOf } from './diff-pairs.ts'

/** A part of a line, in code units. */
export type Span = { from: number; to: number }
/** The words of two lines that the other has not. */
export type Marks = { gone: Span[]; come: Span[] }

/** Where less than this of a line stayed, the whole line is what changed, and marks in it would only be noise. */
const LEAST_KEPT = 0.25

/** DIFF-5: what changed within the lines of one block, by their places in it: what was taken out, and what was put in its place. */
export function marksOf(gone: readonly string[], come: readonly string[]): { gone: Map<number, Span[]>; come: Map<number, Span[]> } {
  const found = { gone: new Map<number, Span[]>(), come: new Map<number, Span[]>() }
  for (const [before, after] of pairsOf(gone, come)) {
    const marks = changedWords([gone[before] ?? '', come[after] ?? ''])
    if (marks.gone.length > 0) found.gone.set(before, marks.gone)
    if (marks.come.length > 0) found.come.set(after, marks.come)
  }
  return found
}

/** DIFF-5: the words of each of two lines that the other has not; none where hardly anything stayed. */
export function changedWords([before, after]: Pair<string>): Marks {
  const parts = diffArrays(wordsOf(before), wordsOf(after)).map(({ value, ...part }) => ({ ...part, value: value.join('') }))
  const segments = segmentsOf(parts, isBridge)
  const kept = segments.reduce((sum, { kind, text }) => (kind === 'same' ? sum + ink(text) : sum), 0)
  if (kept < LEAST_KEPT * Math.max(ink(before), ink(after))) return { gone: [], come: [] }
  return { gone: spansOf(segments, 'removed'), come: spansOf(segments, 'added') }
}

/** Between two changes that are read as one: a space, a comma. */
const isBridge = (text: string): boolean => /^[\s,]{1,2}$/.test(text)

/** How much of a text can be seen. */
const ink = (text: string): number => text.replace(/\s+/g, '').length

function spansOf(segments: readonly Segment[], mine: Segment['kind']): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const { kind, text } of segments) {
    if (kind !== 'same' && kind !== mine) continue
    if (kind === mine) spans.push({ from: at, to: at + text.length })
    at += text.length
  }
  return spans
}
