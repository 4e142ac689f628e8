import type * as Y from 'yjs'
import type { Collection, PlainRow } from '#domain/core/collection.ts'
import { type ListQuery, listPick } from '#domain/core/query.ts'
import { parseRoom, type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { collections, collectionsOf } from '#domain/projection/collections.ts'
import { projectRow } from '#domain/projection/project.ts'
import type { Patch } from '../kept-answer.ts'
import type { AskedList } from '../protocol.ts'

/** The one room a list is about, or null where it spans several: such a list only the tables can answer. */
export function roomOf(list: AskedList): RoomName | null {
  const collection = collections.find(({ name }) => name === list.collection)
  if (collection?.room === 'team') return teamRoom
  const parsed = typeof list.where.room === 'string' ? parseRoom(list.where.room) : undefined
  const isThere = parsed?.ok && collection && collectionsOf(parsed.value.kind).includes(collection)
  return isThere ? (list.where.room as RoomName) : null
}

/** A list as the rows of the room's document have it, as the text of a JSON array: what the tables will answer once they are open. */
export function listFromDocument(list: AskedList, room: RoomName, rowsOf: (collection: Collection) => PlainRow[]): string {
  const query = queryOf(list)
  return JSON.stringify(query ? rowsOf(query.collection).flatMap((row) => listPick(query, room, row) ?? []) : [])
}

/** Some rows of a list as the room's document has them. */
export function rowsFromDocument(list: AskedList, room: RoomName, doc: Y.Doc, ids: readonly string[]): Patch {
  const query = queryOf(list)
  if (!query) return []
  return ids.map((id) => {
    const row = projectRow(doc, query.collection, id)
    return [id, row && listPick(query, room, row)]
  })
}

function queryOf(list: AskedList): ListQuery<unknown> | null {
  const collection = collections.find(({ name }) => name === list.collection)
  return collection ? { ...list, collection, kind: 'list', key: '', reads: [] } : null
}
