import type * as Y from 'yjs'
import { type Collection, type PlainRow, readRow } from '#domain/core/collection.ts'
import { eachRow, rowAt, rowsOf } from '#domain/core/document.ts'
import { parseRoom, type RoomName } from '#domain/core/rooms.ts'
import { isStorableId } from '#domain/core/storable.ts'
import { collectionsOf } from './collections.ts'
import { copyRows, deleteAllRows, deleteRows, rowsAsCopyText, rowsAsJson, upsertRows } from './tables.ts'

/** One SQL statement with its parameters, each as text; `copied` is what a COPY reads instead. */
export type Statement = { sql: string; parameters: string[]; copied?: string }

/** The ids of rows that changed, by collection name. */
export type Dirty = Map<string, Set<string>>

/** The collections a room's documents may hold; none for a name that is no room. */
export function collectionsIn(room: RoomName): readonly Collection[] {
  const parsed = parseRoom(room)
  return parsed.ok ? collectionsOf(parsed.value.kind) : []
}

/** Notes which rows each later change of the document touches. Answers a function that stops it. */
export function watchRows(doc: Y.Doc, room: RoomName, note: (collection: Collection, id: string) => void): () => void {
  const stops = collectionsIn(room).map((collection) => {
    const rows = rowsOf(doc, collection)
    const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
      for (const event of events) {
        const [id] = event.path
        const ids = typeof id === 'string' ? [id] : event.changes.keys.keys()
        for (const one of ids) if (isStorableId(one)) note(collection, one)
      }
    }
    rows.observeDeep(observe)
    return () => rows.unobserveDeep(observe)
  })
  return () => {
    for (const stop of stops) stop()
  }
}

/** The row as tables hold it, or null where the document has none. */
export function projectRow(doc: Y.Doc, collection: Collection, id: string): PlainRow | null {
  const map = rowAt(doc, collection, id)
  return map ? readRow(collection, id, map) : null
}

/** Every row of one collection of a document. */
export function projectAll(doc: Y.Doc, collection: Collection): PlainRow[] {
  const rows: PlainRow[] = []
  eachRow(doc, collection, (id, map) => rows.push(readRow(collection, id, map)))
  return rows
}

/** The statements that bring the tables from before a change to after it. Run them in one transaction. */
export function projectChanges(doc: Y.Doc, room: RoomName, dirty: Dirty): Statement[] {
  return collectionsIn(room).flatMap((collection) => {
    const ids = [...(dirty.get(collection.name) ?? [])]
    const rows: PlainRow[] = []
    const gone: string[] = []
    for (const id of ids) {
      const row = projectRow(doc, collection, id)
      if (row) rows.push(row)
      else gone.push(id)
    }
    return [
      ...upserts(collection, room, rows),
      ...(gone.length ? [{ sql: deleteRows(collection), parameters: [room, JSON.stringify(gone)] }] : []),
    ]
  })
}

/**
 * The statements that make the tables of one room equal its document, whatever they held. Run them in one transaction. `read`
 * answers what `projectAll` does, where somebody may have read the document before.
 */
export function projectFromScratch(doc: Y.Doc, room: RoomName, read: typeof projectAll = projectAll): Statement[] {
  return collectionsIn(room).flatMap((collection) => {
    const rows = read(doc, collection)
    return [
      { sql: deleteAllRows(collection), parameters: [room] },
      ...(rows.length < MANY_ROWS ? upserts(collection, room, rows) : copies(collection, room, rows)),
    ]
  })
}

/** Enough rows for one statement to be quick, few enough for its text to stay small. */
const ROWS_A_STATEMENT = 2_000
/** From here on COPY is faster: it takes a message of its own. */
const MANY_ROWS = 200

function upserts(collection: Collection, room: RoomName, rows: PlainRow[]): Statement[] {
  return slices(rows).map((slice) => ({ sql: upsertRows(collection), parameters: [rowsAsJson(slice), room] }))
}

/** For rows that are not there yet. */
function copies(collection: Collection, room: RoomName, rows: PlainRow[]): Statement[] {
  return slices(rows).map((slice) => ({ sql: copyRows(collection), parameters: [], copied: rowsAsCopyText(collection, room, slice) }))
}

function slices(rows: PlainRow[]): PlainRow[][] {
  const cut: PlainRow[][] = []
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) cut.push(rows.slice(at, at + ROWS_A_STATEMENT))
  return cut
}
