import * as Y from 'yjs'
import { startOn } from '#app/replica/tables/engine.ts'
import { Prepared } from '#app/replica/tables/prepared.ts'
import { Unkept } from '#app/replica/tables/unkept.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { type Dirty, projectChanges, projectFromScratch, watchRows } from '#domain/projection/project.ts'
import { prebuiltDirectory } from '../../bin/prebuilt-database.ts'
import { boardUpdates, CARDS_A_CHUNK } from './board.ts'
import { editsOf } from './edits.ts'

export type ProjectionJob = { kind: 'projection'; boards: { projectId: string; cards: number }[]; edits: number }
/** For each board, the milliseconds from an update's arrival to its row's being in the table, edit by edit. */
export type ProjectionResult = { milliseconds: number[][] }

/**
 * Boards of several sizes in one PGlite; edits arrive on each in turn, and each is applied to its document, projected and
 * committed before the next.
 */
export async function projection({ boards, edits }: ProjectionJob): Promise<ProjectionResult> {
  const tables = await startOn(new Unkept(prebuiltDirectory))
  const prepared = new Prepared(tables)
  const projected = []
  for (const { projectId, cards } of boards) projected.push(await load(prepared, projectId, cards, edits))
  for (let edit = 0; edit < edits; edit++) for (const board of projected) await board.apply(edit)
  await tables.close()
  return { milliseconds: projected.map((board) => board.milliseconds) }
}

async function load(tables: Prepared, projectId: string, cards: number, edits: number) {
  const room = projectRoom(projectId)
  const doc = new Y.Doc()
  for (const update of boardUpdates(projectId, cards)) Y.applyUpdate(doc, update)
  await tables.run(projectFromScratch(doc, room))
  const { updates } = editsOf(projectId, CARDS_A_CHUNK, 0, edits)
  const milliseconds: number[] = []
  let dirty: Dirty = new Map()
  watchRows(doc, room, ({ name }, id) => dirty.set(name, (dirty.get(name) ?? new Set()).add(id)))
  const apply = async (edit: number): Promise<void> => {
    const begin = performance.now()
    Y.applyUpdate(doc, updates[edit] ?? new Uint8Array([0, 0]))
    const touched = dirty
    dirty = new Map()
    const statements = projectChanges(doc, room, touched)
    await tables.run(statements)
    milliseconds.push(performance.now() - begin)
    if (statements.length !== 1) throw new Error(`one edit of one card made ${statements.length} statements instead of one`)
  }
  return { apply, milliseconds }
}
