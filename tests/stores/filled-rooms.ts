import * as Y from 'yjs'
import type { z } from 'zod'
import { type Collection, isNoted } from '#domain/core/collection.ts'
import { RoomTx, rowsOf } from '#domain/core/document.ts'
import { chatRoom, personRoom, projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { collections } from '#domain/projection/collections.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { seededWorld } from '../simulations/seeded-world.ts'

/** One update of one room, by whom. */
export type Piece = { room: RoomName; bytes: Uint8Array; author: string }

type Ids = ReadonlyMap<string, readonly string[]>

/**
 * The rooms of one project with rows of every collection, every word of every enum among them, and what else a document can
 * hold: a value that lost to another, a row that was deleted, a field and a collection that nobody declares. The same bytes
 * each time; what a later schema adds is in them by itself.
 */
export function filledRooms(): { projectId: string; pieces: Piece[]; rooms: RoomName[] } {
  const world = seededWorld(1, 'ada')
  const pieces: Piece[] = []
  const docs = new Map<RoomName, Y.Doc>()
  const docOf = (room: RoomName): Y.Doc => {
    const found = docs.get(room)
    if (found) return found
    const doc = new Y.Doc()
    doc.clientID = docs.size + 1
    doc.on('update', (bytes: Uint8Array) => pieces.push({ room, bytes, author: 'ada' }))
    docs.set(room, doc)
    return doc
  }
  const ids: Ids = new Map(collections.map((one) => [one.name, Array.from({ length: rowsNeeded(one) }, world.newId)]))
  const first = (name: string): string => ids.get(name)?.[0] ?? ''
  const projectId = first('projects')
  const roomsOf: Readonly<Record<Collection['room'], RoomName[]>> = {
    team: [teamRoom],
    project: [projectRoom(projectId)],
    record: [recordRoom(projectId)],
    chat: [chatRoom(first('interviews')), chatRoom(first('sessions'))],
    person: [personRoom(first('members'))],
  }
  for (const collection of collections) {
    for (const [at, id] of (ids.get(collection.name) ?? []).entries()) {
      const [one, other] = [...roomsOf[collection.room], ...(collection.isPersonal ? roomsOf.person : [])]
      const doc = docOf((at % 2 === 1 && other) || one || teamRoom)
      doc.transact(() => new RoomTx(doc, world.tick()).create(collection, { id, ...rowOf(collection, at, ids, projectId) } as never))
    }
  }
  const board = docOf(projectRoom(projectId))
  writeRest(board, ids.get('tasks') ?? [], world)
  return { projectId, pieces, rooms: [...docs.keys()] }
}

function writeRest(board: Y.Doc, [one = '', other = '', gone = '']: readonly string[], world: ReturnType<typeof seededWorld>): void {
  const elsewhere = new Y.Doc()
  elsewhere.clientID = 99
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(board))
  new RoomTx(elsewhere, { ...world.tick(), actor: 'bob' }).update(tasks, one, { title: 'What Bob called it' })
  board.transact(() => new RoomTx(board, world.tick()).update(tasks, one, { title: 'What Ada called it', description: 'All of it anew' }))
  Y.applyUpdate(board, Y.encodeStateAsUpdate(elsewhere, Y.encodeStateVector(board)))
  board.transact(() => new RoomTx(board, world.tick()).remove(tasks, gone))
  board.transact(() =>
    rowsOf(board, tasks)
      .get(other)
      ?.set('undeclared', { kept: ['as', 'it', 'is'] }),
  )
  board.transact(() => void board.getMap('undeclared').set('row', new Y.Map([['taskId', one]])))
}

/** As many as its longest enum has words; of cards one more, which is deleted. */
const rowsNeeded = ({ name, fields }: Collection): number =>
  Math.max(2, ...fields.map(({ words }) => words?.length ?? 0)) + (name === 'tasks' ? 1 : 0)

function rowOf({ name, schema, fields }: Collection, at: number, ids: Ids, projectId: string): Record<string, unknown> {
  const declared = fields.filter(({ kind }) => !isNoted(kind))
  return Object.fromEntries(
    declared.map((field) => {
      if (field.name === 'projectId') return [field.name, projectId]
      if (field.name === 'order') return [field.name, `a${at}`]
      const named = idsNamed(field.name, ids)
      if (named && !(field.nullable && at % 2)) return [field.name, named[at % named.length]]
      return [
        field.name,
        sample((schema.shape as Record<string, z.ZodType>)[field.name] as unknown as Declared, `${name} ${field.name}`, at),
      ]
    }),
  )
}

/** `columnId` names a column, `processId` a process. */
function idsNamed(field: string, ids: Ids): readonly string[] | undefined {
  const what = field.endsWith('Id') ? field.slice(0, -2) : ''
  return ids.get(`${what}s`) ?? ids.get(`${what}es`)
}

type Declared = {
  def: { type: string; innerType?: Declared; element?: Declared; valueType?: Declared; entries?: Record<string, string> }
  shape?: Record<string, Declared>
}

/** A value of the declared shape, another for each row. */
function sample({ def, shape }: Declared, name: string, at: number): unknown {
  if (def.innerType) return def.type === 'nullable' && at % 2 ? null : sample(def.innerType, name, at)
  switch (def.type) {
    case 'string':
      return `${name} ${at} é漢🙂`
    case 'number':
      return at + 1
    case 'boolean':
      return at % 2 === 0
    case 'enum':
      return Object.values(def.entries ?? {})[at % Object.keys(def.entries ?? {}).length]
    case 'array':
      return def.element ? [sample(def.element, name, at)] : []
    case 'object':
      return Object.fromEntries(Object.entries(shape ?? {}).map(([key, type]) => [key, sample(type, `${name} ${key}`, at)]))
    case 'record':
      return def.valueType ? { [`key ${at}`]: sample(def.valueType, name, at) } : {}
    default:
      return { any: [name, at] }
  }
}
