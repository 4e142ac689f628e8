import { chatRoom, parseRoom, projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { interviews } from '#domain/interviews/schema.ts'
import { forgetProject } from '#domain/projects/removal.ts'
import { projects } from '#domain/projects/schema.ts'
import { sessions } from '#domain/sessions/schema.ts'
import { call, type Documents, GUARD_FAILED } from '#server/documents/documents.ts'
import type { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import { forgetLogs } from '#server/parcels/log-parts.ts'
import { type Db, inTransaction } from '#server/postgres/pool.ts'
import type { Rooms } from '#server/rooms/rooms.ts'
import { findDue, findForgotten, holdForgotten, noteForgotten, noteRestored } from './stored-removals.ts'

export type ForgetParts = { db: Db; documents: Documents; rooms: Pick<Rooms, 'letGo'>; files: Pick<SnapshotFiles, 'forget'> }

/**
 * PROJECT-7: what was deleted thirty days ago goes for good: once, however many servers look, and only what is no other project's. Then takes away
 * what is left of each, also what a browser that was long away has brought back. Answers how many went. `now`: milliseconds since 1970.
 */
export async function forgetDue(parts: ForgetParts, now: number): Promise<number> {
  let gone = 0
  for (const id of await findDue(parts.db, now)) if (await forget(parts, id, now)) gone++
  for (const id of await findForgotten(parts.db)) await clear(parts, id)
  return gone
}

async function forget({ db, documents }: ForgetParts, projectId: string, now: number): Promise<boolean> {
  const project = await documents.row(teamRoom, projects, projectId)
  // Nobody loses what stands on everybody's pages, however it got there.
  if (project && project.deletedAt === null) return !(await noteRestored(db, projectId))
  const rooms = await roomsOf(documents, projectId)
  const done = await documents.edit([call(forgetProject, { projectId }, SYSTEM)], (client) => noteForgotten(client, projectId, rooms, now))
  if (!done.ok && done.code !== GUARD_FAILED) throw new Error(done.message)
  return done.ok
}

/** The rooms of a project. Members write which chats it has: one that another project has too is not its own. */
async function roomsOf(documents: Documents, projectId: string): Promise<RoomName[]> {
  const own = await chatsOf(documents, projectId)
  const others = (await documents.rows(teamRoom, projects)).filter(({ id }) => id !== projectId)
  for (const { id } of others) for (const chat of await chatsOf(documents, id)) own.delete(chat)
  return [projectRoom(projectId), recordRoom(projectId), ...own]
}

async function chatsOf(documents: Documents, projectId: string): Promise<Set<RoomName>> {
  const rooms = [projectRoom(projectId), recordRoom(projectId)] as const
  if (!rooms.every((room) => parseRoom(room).ok)) return new Set()
  const [asked, run] = await Promise.all([documents.rows(rooms[0], interviews), documents.rows(rooms[1], sessions)])
  return new Set([...asked, ...run].map(({ id }) => chatRoom(id)))
}

/** Names of branches stay taken: the branches are in people's repositories, which nobody touches here. Files go with the next sweeps. */
async function clear({ db, rooms, files }: ForgetParts, projectId: string): Promise<void> {
  const names = await inTransaction(db, async (client) => {
    const held = await holdForgotten(client, projectId)
    if (!held) return []
    await client.query('delete from journal_updates where room = any($1)', [held])
    await client.query('delete from journal_snapshots where room = any($1)', [held])
    await client.query('delete from turns where project_id = $1', [projectId])
    await client.query('delete from schedules where project_id = $1', [projectId])
    await forgetLogs(client, projectId)
    return held
  })
  rooms.letGo(names)
  for (const room of names) await files.forget(room)
}
