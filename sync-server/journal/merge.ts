import * as Y from 'yjs'

/**
 * Merges updates into one and proves that it means the same: a document made of the result has the same state, the same
 * deletions and the same bytes as one made of the parts. Runs in a worker thread; throws where the proof fails.
 */
export function mergeProven(updates: readonly Uint8Array[]): Uint8Array {
  const parts = new Y.Doc()
  parts.transact(() => {
    for (const update of updates) Y.applyUpdate(parts, update)
  })
  const merged = Y.encodeStateAsUpdate(parts)
  const whole = new Y.Doc()
  Y.applyUpdate(whole, merged)
  if (!Y.equalSnapshots(Y.snapshot(parts), Y.snapshot(whole)) || !Buffer.from(Y.encodeStateAsUpdate(whole)).equals(merged)) {
    throw new Error('the merged snapshot does not mean the same as its parts')
  }
  return merged
}
