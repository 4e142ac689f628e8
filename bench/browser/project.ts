import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { projects } from '#domain/projects/schema.ts'
import { boardUpdates } from '../driver/board.ts'
import type { Target } from '../driver/connection.ts'
import { fromSeed } from '../driver/from-seed.ts'
import { seedRoom } from '../driver/seed-room.ts'

/** The names of the columns of every board of the bench, from the left. */
export const COLUMNS = ['backlog', 'todo', 'in_progress', 'review', 'done']

export type BenchProject = { id: string; name: string }

/** Makes a project with a board of so many cards on a running server, as a client would. */
export async function makeProject(target: Target, cards: number): Promise<BenchProject> {
  const id = randomUUID()
  const name = `Bench with ${cards} cards`
  const team = new Y.Doc()
  new RoomTx(team, fromSeed(id)).create(projects, { id, name, key: 'BEN' })
  const rooms: [string, Uint8Array[]][] = [
    [`project/${id}`, boardUpdates(id, cards)],
    [teamRoom, [Y.encodeStateAsUpdate(team)]],
  ]
  for (const [room, updates] of rooms) await (await seedRoom(target, room, updates)).leave()
  return { id, name }
}
