import * as Y from 'yjs'
import type { RoomName } from '#domain/core/rooms.ts'
import { watchRows } from '#domain/projection/project.ts'
import type { LogRow } from './log-store.ts'
import type { SyncConnection } from './sync-connection.ts'

/** A room the leader holds: its whole document and its socket. */
export type OpenRoom = {
  name: RoomName
  doc: Y.Doc
  /** The newest log row this document holds. */
  applied: number
  connection: SyncConnection
}

/** Marks what comes out of the log, so that it is not logged again. */
export const FROM_LOG = Symbol('from the log')

/** What the projector is told of a room whose rows changed. */
export type NoteRow = (collection: string, id: string) => void

/**
 * Builds a room's document from its log rows. Rows the tables already hold are applied in silence, later ones noted row
 * by row. Where the row the tables stand at is not in the log the answer is `scratch`: they hold nothing of the room, or
 * claim more than the log has, or that row was merged into a later one, which no longer tells what was deleted since. A
 * merged row keeps the number of the newest row in it, so tables that were current when it was merged stay current.
 */
export function buildDocument(
  room: RoomName,
  rows: readonly LogRow[],
  projected: number | undefined,
  note: NoteRow,
): { doc: Y.Doc; scratch: boolean } {
  const doc = new Y.Doc()
  const scratch = projected === undefined || !rows.some((row) => row.n === projected)
  const isKnown = (row: LogRow): boolean => scratch || row.n <= projected
  applyAll(doc, rows.filter(isKnown))
  watchRows(doc, room, (collection, id) => note(collection.name, id))
  applyAll(
    doc,
    rows.filter((row) => !isKnown(row)),
  )
  return { doc, scratch }
}

function applyAll(doc: Y.Doc, rows: readonly LogRow[]): void {
  if (rows.length === 0) return
  doc.transact(() => {
    for (const row of rows) Y.applyUpdate(doc, row.bytes, FROM_LOG)
  }, FROM_LOG)
}

/** One update that says what the rows say, or null when that cannot be verified. */
export function mergeRows(rows: readonly LogRow[]): Uint8Array | null {
  const before = new Y.Doc()
  applyAll(before, rows)
  if (before.store.pendingStructs || before.store.pendingDs) return null
  const bytes = Y.encodeStateAsUpdate(before)
  const after = new Y.Doc()
  Y.applyUpdate(after, bytes)
  return Y.equalSnapshots(Y.snapshot(before), Y.snapshot(after)) ? bytes : null
}
