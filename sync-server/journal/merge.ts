import * as Y from 'yjs'

/** Updates as one, and how far it reaches in each client's history (null where that must be read from the bytes). */
export type Merged = { bytes: Uint8Array; vector: Uint8Array | null }

/**
 * Merges updates into one and proves that it means the same: a document made of the result has the same state, the same
 * deletions and the same bytes as one made of the parts. Runs in a worker thread; throws where the proof fails.
 */
export function mergeProven(updates: readonly Uint8Array[]): Merged {
  const parts = new Y.Doc()
  parts.transact(() => {
    for (const update of updates) Y.applyUpdate(parts, update)
  })
  const bytes = Y.encodeStateAsUpdate(parts)
  const whole = new Y.Doc()
  Y.applyUpdate(whole, bytes)
  if (!Y.equalSnapshots(Y.snapshot(parts), Y.snapshot(whole)) || !Buffer.from(Y.encodeStateAsUpdate(whole)).equals(bytes)) {
    throw new Error('the merged snapshot does not mean the same as its parts')
  }
  return { bytes, vector: vectorProven(whole, bytes) }
}

/**
 * The document's state vector, found twice: in the document and in the bytes. While something waits for updates not there
 * yet, the bytes hold more than the document shows, in stretches with gaps that no state vector can tell.
 */
function vectorProven(doc: Y.Doc, bytes: Uint8Array): Uint8Array | null {
  if (doc.store.pendingStructs !== null) return null
  const vector = Y.encodeStateVector(doc)
  const shown = Y.decodeStateVector(vector)
  const held = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(bytes))
  if (shown.size !== held.size || [...shown].some(([client, clock]) => held.get(client) !== clock)) {
    throw new Error('the merged snapshot does not hold what its document shows')
  }
  return vector
}
