import { diffWordsWithSpace } from 'diff'

/** A run of text that both versions have, only the older one, or only the newer one. */
export type Segment = { kind: 'same' | 'removed' | 'added'; text: string }

/** A word-level comparison of two texts, in reading order. A rewritten sentence is one change: what was, then what is. */
export function compareTexts(before: string, after: string): Segment[] {
  const parts: Segment[] = diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
  const segments: Segment[] = []
  let change = { removed: '', added: '' }
  const close = () => {
    for (const kind of ['removed', 'added'] as const) if (change[kind] !== '') segments.push({ kind, text: change[kind] })
    change = { removed: '', added: '' }
  }
  for (const [at, { kind, text }] of parts.entries()) {
    if (kind !== 'same') change[kind] += text
    else if (at > 0 && at < parts.length - 1 && isBridge(text)) {
      change.removed += text
      change.added += text
    } else {
      close()
      segments.push({ kind, text })
    }
  }
  close()
  return segments
}

/** Too little between two changes to read them one by one: a space, an article. A line that is the same stays a line. */
const isBridge = (text: string): boolean => !text.includes('\n') && text.trim().length <= 3

/** How many words each side has that the other has not. */
export function countWords(segments: readonly Segment[]): { added: number; removed: number } {
  const count = (kind: Segment['kind']) =>
    segments.filter((segment) => segment.kind === kind).reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0)
  return { added: count('added'), removed: count('removed') }
}
