import { createHash } from 'node:crypto'
import { type Db, inTransaction, type Queries } from '#server/postgres/pool.ts'
import type { Thread } from '#server/threads/thread.ts'
import { sumOf } from './checksum.ts'
import { loadRoom, type Snapshot, type StoredUpdate } from './load.ts'
import type { Merged } from './merge.ts'

export type Merger = Thread<Uint8Array[], Merged>
/** What compaction did: the new snapshot and the sequence numbers that are in it. */
export type Compacted = { snapshot: Snapshot; merged: ReadonlySet<number> }

const KEPT_SNAPSHOTS = 2

/** Which of a room's updates may be merged away: others may still have to read one. */
export type Mergeable = () => Promise<(update: StoredUpdate) => boolean>
const ALL: Mergeable = async () => () => true

/**
 * Merges a room's updates into a new snapshot: merged and proven in a worker thread, written, read back and compared,
 * and only then exactly the merged rows are deleted, all in one transaction under the room's advisory lock. Answers null
 * where there is nothing to do or somebody else did it.
 */
export async function compactRoom(db: Db, merger: Merger, room: string, mergeable = ALL): Promise<Compacted | null> {
  const { snapshot, tail: all } = await loadRoom(db, room)
  const tail = all.filter(await mergeable())
  if (tail.length === 0) return null
  const seqs = tail.map((stored) => stored.seq)
  const seq = Math.max(...seqs.slice(-1), snapshot?.seq ?? 0)
  if (seq === snapshot?.seq) return null
  const { bytes, vector } = await merger.ask([...(snapshot ? [snapshot.bytes] : []), ...tail.map((stored) => stored.bytes)])
  const done = await inTransaction(db, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [room])
    if (!(await isUnchanged(client, room, snapshot?.seq ?? null, seqs))) return false
    await client.query('insert into journal_snapshots (room, seq, bytes, vector, at, checksum) values ($1, $2, $3, $4, $5, $6)', [
      room,
      seq,
      bytes,
      vector,
      Date.now(),
      sumOf(bytes, vector),
    ])
    if (!(await readsBack(client, room, { seq, bytes, vector }))) throw new Error(`the snapshot of ${room} did not read back as written`)
    await client.query('delete from journal_updates where room = $1 and seq = any($2::bigint[])', [room, seqs])
    await client.query(
      'delete from journal_snapshots where room = $1 and seq not in (select seq from journal_snapshots where room = $1 order by seq desc limit $2)',
      [room, KEPT_SNAPSHOTS],
    )
    return true
  })
  return done ? { snapshot: { seq, bytes, vector }, merged: new Set(seqs) } : null
}

/** The number of a room's newest snapshot, whoever made it; null where it has none. */
export async function newestSnapshot(db: Db, room: string): Promise<number | null> {
  const { rows } = await db.query<{ seq: number | null }>('select max(seq) as seq from journal_snapshots where room = $1', [room])
  return rows[0]?.seq ?? null
}

/** Compared over there: the digests of what stands in the table and of what was meant to. */
async function readsBack(client: Queries, room: string, { seq, bytes, vector }: Snapshot): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    'select sha256(bytes) = $3 and vector is not distinct from $4 as same from journal_snapshots where room = $1 and seq = $2',
    [room, seq, createHash('sha256').update(bytes).digest(), vector],
  )
  return rows[0]?.same === true
}

async function isUnchanged(client: Queries, room: string, snapshotSeq: number | null, seqs: readonly number[]): Promise<boolean> {
  const { rows } = await client.query<{ newest: number | null; left: number }>(
    `select (select max(seq) from journal_snapshots where room = $1) as newest,
            (select count(*) from journal_updates where room = $1 and seq = any($2::bigint[])) as left`,
    [room, seqs],
  )
  return rows[0]?.newest === snapshotSeq && rows[0].left === seqs.length
}
