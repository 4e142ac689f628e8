import * as Y from 'yjs'
import { RoomTx, rowsOf } from '#domain/core/document.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { boardChunk } from './board.ts'
import { fromSeed } from './from-seed.ts'

/** One person's edits, made beforehand: real updates, and how to read off a clock how many of them have arrived. */
export type Edits = { client: number; updates: Uint8Array[]; countAt: (clock: number) => number }

const FIRST_WRITER = 0x70000000

/** `count` edits of the title of one card, by the writer-th person, on the first chunk of that project's board. */
export function editsOf(projectId: string, cards: number, writer: number, count: number): Edits {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(boardChunk(projectId, 0, cards)))
  doc.clientID = FIRST_WRITER + writer * 7_919
  const ids = [...rowsOf(doc, tasks).keys()]
  const id = ids[writer % ids.length] ?? ''
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const world = fromSeed(`writer ${writer}`)
  for (let edit = 0; edit < count; edit++) {
    const board = new RoomTx(doc, { ...world, now: world.now + edit })
    doc.transact(() => board.update(tasks, id, { title: `the title as writer ${writer} left it, edit ${edit}` }))
  }
  const clocks = Y.getState(doc.store, doc.clientID) / count
  return { client: doc.clientID, updates, countAt: (clock) => Math.floor(clock / clocks) }
}
