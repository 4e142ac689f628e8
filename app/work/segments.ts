import type { ChangeObject } from 'diff'

/** A run of text that both versions have, only the older one, or only the newer one. */
export type Segment = { kind: 'same' | 'removed' | 'added'; text: string }

/** What a comparison found, in reading order. Changes with nothing but a bridge between them are one change: what was, then what is. */
export function segmentsOf(parts: readonly ChangeObject<string>[], isBridge: (text: string) => boolean): Segment[] {
  const segments: Segment[] = []
  let change = { removed: '', added: '' }
  const close = () => {
    for (const kind of ['removed', 'added'] as const) if (change[kind] !== '') segments.push({ kind, text: change[kind] })
    change = { removed: '', added: '' }
  }
  for (const [at, { value, added, removed }] of parts.entries()) {
    if (added) change.added += value
    else if (removed) change.removed += value
    else if (at > 0 && at < parts.length - 1 && isBridge(value)) {
      change.removed += value
      change.added += value
    } else {
      close()
      segments.push({ kind: 'same', text: value })
    }
  }
  close()
  return segments
}
