import * as Y from 'yjs'
import { collectionsIn, projectAll } from '#domain/projection/project.ts'

/** A room as one update and as rows, a JSON line each: the same bytes wherever and however often it was stored. */
export type WholeRoom = { update: Uint8Array; rows: string }

/**
 * Reads a document whole. Its update depends on what is in it and not on the pieces it came in: one that was built from a
 * single update has merged all that can be merged.
 */
export function wholeRoom(doc: Y.Doc, room: string): WholeRoom {
  const merged = new Y.Doc()
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc))
  const update = Y.encodeStateAsUpdate(merged)
  const rows = collectionsIn(room).flatMap((collection) =>
    projectAll(merged, collection)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((row) => `${JSON.stringify({ collection: collection.name, ...row })}\n`),
  )
  merged.destroy()
  return { update, rows: rows.join('') }
}

/** True when a copy of the document takes an update, and can be written and read again with it. */
export function bears(doc: Y.Doc, update: Uint8Array): boolean {
  const [copy, again] = [new Y.Doc(), new Y.Doc()]
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(copy, update)
    Y.applyUpdate(again, Y.encodeStateAsUpdate(copy))
    return true
  } catch {
    return false
  } finally {
    copy.destroy()
    again.destroy()
  }
}

/** True for an update that is a document by itself: it can be read, builds on nothing that is missing, and yields rows. */
export function isWhole(update: Uint8Array, room: string): boolean {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, update)
    const { pendingStructs, pendingDs } = doc.store
    if (pendingStructs || pendingDs) return false
    wholeRoom(doc, room)
    return true
  } catch {
    return false
  } finally {
    doc.destroy()
  }
}
