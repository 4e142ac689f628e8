import { diffWordsWithSpace } from 'diff'
import { type Segment, segmentsOf } from '#app/work/segments.ts'

/** A word-level comparison of two texts, in reading order. A rewritten sentence is one change: what was, then what is. */
export const compareTexts = (before: string, after: string): Segment[] => segmentsOf(diffWordsWithSpace(before, after), isBridge)

/** Too little between two changes to read them one by one: a space, an article. A line that is the same stays a line. */
const isBridge = (text: string): boolean => !text.includes('\n') && text.trim().length <= 3

/** How many words each side has that the other has not. */
export function countWords(segments: readonly Segment[]): { added: number; removed: number } {
  const count = (kind: Segment['kind']) =>
    segments.filter((segment) => segment.kind === kind).reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0)
  return { added: count('added'), removed: count('removed') }
}
