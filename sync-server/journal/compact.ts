import { type Db, inTransaction, type Queries } from '#server/postgres/pool.ts'
import type { Thread } from '#server/threads/thread.ts'
import { checksum } from './checksum.ts'
import { loadRoom } from './load.ts'

export type Merger = Thread<Uint8Array[], Uint8Array>
/** What compaction did: the new snapshot and the sequence numbers that are in it. */
export type Compacted = { snapshot: { seq: number; bytes: Uint8Array }; merged: ReadonlySet<number> }

const KEPT_SNAPSHOTS = 2

/**
 * Merges a room's updates into a new snapshot: merged and proven in a worker thread, written, read back and compared,
 * and only then exactly the merged rows are deleted, all in one transaction under the room's advisory lock. Answers null
 * where there is nothing to do or somebody else did it.
 */
export async function compactRoom(db: Db, merger: Merger, room: string): Promise<Compacted | null> {
  const { snapshot, tail } = await loadRoom(db, room)
  if (tail.length === 0) return null
  const seqs = tail.map((stored) => stored.seq)
  const seq = Math.max(...seqs.slice(-1), snapshot?.seq ?? 0)
  if (seq === snapshot?.seq) return null
  const bytes = await merger.ask([...(snapshot ? [snapshot.bytes] : []), ...tail.map((stored) => stored.bytes)])
  const done = await inTransaction(db, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [room])
    if (!(await isUnchanged(client, room, snapshot?.seq ?? null, seqs))) return false
    await client.query('insert into journal_snapshots (room, seq, bytes, at, checksum) values ($1, $2, $3, $4, $5)', [
      room,
      seq,
      bytes,
      Date.now(),
      checksum(bytes),
    ])
    const { rows } = await client.query<{ bytes: Buffer }>('select bytes from journal_snapshots where room = $1 and seq = $2', [room, seq])
    if (!rows[0]?.bytes.equals(bytes)) throw new Error(`the snapshot of ${room} did not read back as written`)
    await client.query('delete from journal_updates where room = $1 and seq = any($2::bigint[])', [room, seqs])
    await client.query(
      'delete from journal_snapshots where room = $1 and seq not in (select seq from journal_snapshots where room = $1 order by seq desc limit $2)',
      [room, KEPT_SNAPSHOTS],
    )
    return true
  })
  return done ? { snapshot: { seq, bytes }, merged: new Set(seqs) } : null
}

async function isUnchanged(client: Queries, room: string, snapshotSeq: number | null, seqs: readonly number[]): Promise<boolean> {
  const { rows } = await client.query<{ newest: number | null; left: number }>(
    `select (select max(seq) from journal_snapshots where room = $1) as newest,
            (select count(*) from journal_updates where room = $1 and seq = any($2::bigint[])) as left`,
    [room, seqs],
  )
  return rows[0]?.newest === snapshotSeq && rows[0].left === seqs.length
}
