import { randomUUID } from 'node:crypto'
import { roomStates, standstill } from '#server/journal/standstill.ts'
import { type Db, type DbClient, inTransaction } from '#server/postgres/pool.ts'

const DAY = 24 * 60 * 60 * 1000
/** A journal that is written to all the time is looked at again so often, and left for an hour then. */
const TRIES = 10
/** So many rooms are noted in one step. */
const ROOMS = 50
const LOCK_NOT_AVAILABLE = '55P03'

export type SweepParts = {
  db: Db
  /** The files that a room's document names, as the journal has it now. */
  names: (room: string) => Promise<string[]>
  /** For how many days every sweep must have found a file unused. */
  keepDays: () => Promise<number>
}

/** Another server began to sweep: what this one noted of documents may be older than what that one did. */
class Overtaken extends Error {
  override name = 'Overtaken'
}

class NotStill extends Error {
  override name = 'NotStill'
}

/**
 * PICTURE-8 FILE-3: removes the files, whoever brought them, that no document names, and that no sweep found named, nor anybody stored, for so many days. Whether one is
 * named is read from the documents as the journal has them, and holds in the moment of the removal: nothing was written since. Answers how many
 * were removed; null where it is not due yet, another server does it, or the journal was never still. `now`: milliseconds since 1970. Throws,
 * and removes nothing, where a room cannot be read.
 */
export async function sweep(parts: SweepParts, now: number): Promise<number | null> {
  const token = await begin(parts.db, now)
  if (!token) return null
  try {
    const cutoff = now - (await parts.keepDays()) * DAY
    for (let left = TRIES; left > 0; left--) {
      const removed = await attempt(parts, token, now, cutoff)
      if (removed === null) continue
      await parts.db.query(`update facts set value = value || jsonb_build_object('done', $1::bigint) where key = 'picture-sweep'`, [now])
      return removed
    }
  } catch (thrown) {
    if (thrown instanceof Overtaken) return null
    await soon(parts.db, token, now)
    throw thrown
  }
  await soon(parts.db, token, now)
  return null
}

/** One server a day: the one that finds it due. What it holds is lost to one that begins later, so none has to end well. */
async function begin(db: Db, now: number): Promise<string | null> {
  const token = randomUUID()
  const { rowCount } = await db.query(
    `insert into facts (key, value) values ('picture-sweep', jsonb_build_object('token', $1::text, 'at', $2::bigint))
     on conflict (key) do update set value = facts.value || excluded.value where (facts.value->>'at')::bigint not between $2::bigint - $3 and $2::bigint`,
    [token, now, DAY - 1],
  )
  return rowCount === 1 ? token : null
}

/** It came to no end: due again in an hour. */
async function soon(db: Db, token: string, now: number): Promise<void> {
  await db.query(
    `update facts set value = value || jsonb_build_object('at', $2::bigint) where key = 'picture-sweep' and value->>'token' = $1`,
    [token, now - DAY + DAY / 24],
  )
}

async function fenced<T>(db: Db, token: string, work: (client: DbClient) => Promise<T>): Promise<T> {
  return await inTransaction(db, async (client) => {
    const { rowCount } = await client.query(`select 1 from facts where key = 'picture-sweep' and value->>'token' = $1 for share`, [token])
    if (!rowCount) throw new Overtaken('another server sweeps')
    return await work(client)
  })
}

/** Null where something was written meanwhile. */
async function attempt(parts: SweepParts, token: string, now: number, cutoff: number): Promise<number | null> {
  const { db } = parts
  try {
    const before = await fenced(db, token, standstill)
    await readChanged(parts, token)
    return await fenced(db, token, async (client) => {
      await client.query(
        `update blobs set unused_since = case when unused_since is null then $1::bigint end
         where removed_at is null
           and (unused_since is null) = not exists (select 1 from blob_names where blob_names.sha256 = blobs.sha256)`,
        [now],
      )
      const { rowCount } = await client.query(REMOVE, [cutoff, now])
      // Last, so that nobody's update waits for longer than it takes to see this.
      if ((await standstill(client)) !== before) throw new NotStill('something was written meanwhile')
      return rowCount ?? 0
    })
  } catch (thrown) {
    if (thrown instanceof NotStill || (thrown as { code?: string }).code === LOCK_NOT_AVAILABLE) return null
    throw thrown
  }
}

// A turn that waits carries texts of its own. Whoever stores one of them meanwhile waits for the end of this.
const REMOVE = `
  update blobs set removed_at = $2, asked_at = null
  where removed_at is null and unused_since <= $1
    and not exists (select 1 from blob_names where blob_names.sha256 = blobs.sha256)
    and not exists (select 1 from turns where ended_at is null and position(sha256 in payload::text) > 0)`

/** Notes what the rooms name that hold something new, and forgets those that are gone. */
async function readChanged({ db, names }: SweepParts, token: string): Promise<void> {
  const states = await roomStates(db)
  const { rows } = await db.query<{ room: string; state: string }>('select room, state from rooms_read')
  const known = new Map(rows.map(({ room, state }) => [room, state]))
  const gone = [...known.keys()].filter((room) => !states.has(room))
  const changed = [...states].filter(([room, state]) => known.get(room) !== state)
  for (let at = 0; at < changed.length; at += ROOMS) {
    const some = changed.slice(at, at + ROOMS)
    const read: [room: string, sha256: string][] = []
    for (const [room] of some) for (const sha256 of await names(room)) read.push([room, sha256])
    await fenced(db, token, (client) => note(client, some, read))
  }
  if (gone.length > 0)
    await fenced(db, token, (client) =>
      note(
        client,
        gone.map((room) => [room, null]),
        [],
      ),
    )
}

/** Each room was at least in that state when it was read. */
async function note(
  client: DbClient,
  rooms: readonly (readonly [string, string | null])[],
  read: readonly [string, string][],
): Promise<void> {
  const all = rooms.map(([room]) => room)
  await client.query('delete from blob_names where room = any($1)', [all])
  await client.query('delete from rooms_read where room = any($1)', [all])
  await client.query('insert into blob_names (room, sha256) select * from unnest($1::text[], $2::text[])', [
    read.map(([room]) => room),
    read.map(([, sha256]) => sha256),
  ])
  await client.query(
    'insert into rooms_read (room, state) select room, state from unnest($1::text[], $2::text[]) as r(room, state) where state is not null',
    [all, rooms.map(([, state]) => state)],
  )
}
