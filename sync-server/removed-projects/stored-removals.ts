import type { RoomName } from '#domain/core/rooms.ts'
import { endOf } from '#domain/projects/removal.ts'
import type { Queries } from '#server/postgres/pool.ts'

/** Any moment before which what was deleted has gone for good by now. */
const cutoffOf = (now: number): number => now - endOf(0)

/** Notes that a project was deleted. One that is noted already keeps its time. */
export async function noteRemoved(db: Queries, projectId: string, by: string, now: number): Promise<void> {
  await db.query('insert into removed_projects (id, at, by) values ($1, $2, $3) on conflict do nothing', [projectId, now, by])
}

/** Takes the note back. False where the project is gone for good. */
export async function noteRestored(db: Queries, projectId: string): Promise<boolean> {
  await db.query('delete from removed_projects where id = $1 and forgotten_at is null', [projectId])
  return (await db.query('select 1 from removed_projects where id = $1', [projectId])).rowCount === 0
}

/** A project that was gone for good comes back out of a file: nothing of it is to be swept away any more. */
export async function noteBack(db: Queries, projectId: string): Promise<void> {
  await db.query('delete from removed_projects where id = $1', [projectId])
}

/** The deleted projects that nobody can restore any more, and that still are here. */
export async function findDue(db: Queries, now: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from removed_projects where forgotten_at is null and at <= $1 order by at, id',
    [cutoffOf(now)],
  )
  return rows.map(({ id }) => id)
}

/** Notes that a project is gone for good, and with it these rooms. False where it was restored meanwhile, or another server did it. */
export async function noteForgotten(db: Queries, projectId: string, rooms: readonly RoomName[], now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'update removed_projects set forgotten_at = $2, rooms = $3 where id = $1 and forgotten_at is null and at <= $4',
    [projectId, now, rooms, cutoffOf(now)],
  )
  return rowCount === 1
}

/** The projects that are gone for good. */
export async function findForgotten(db: Queries): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from removed_projects where forgotten_at is not null order by id')
  return rows.map(({ id }) => id)
}

/** The rooms of a project that is gone for good, which nobody brings back before the transaction ends; null where somebody has. */
export async function holdForgotten(client: Queries, projectId: string): Promise<RoomName[] | null> {
  const { rows } = await client.query<{ rooms: RoomName[] }>(
    'select rooms from removed_projects where id = $1 and forgotten_at is not null for update',
    [projectId],
  )
  return rows[0]?.rooms ?? null
}
