import { diffWordsWithSpace } from 'diff'

/** A run of text that both versions have, only the older one, or only the newer one. */
export type Segment = { kind: 'same' | 'removed' | 'added'; text: string }

/** A word-level comparison of two texts, in reading order. */
export function compareTexts(before: string, after: string): Segment[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

/** How many words each side has that the other has not. */
export function countWords(segments: readonly Segment[]): { added: number; removed: number } {
  const count = (kind: Segment['kind']) =>
    segments.filter((segment) => segment.kind === kind).reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0)
  return { added: count('added'), removed: count('removed') }
}
