import type { Db } from '#server/postgres/pool.ts'
import { checksum } from './checksum.ts'

export type Stored = { seq: number; bytes: Uint8Array }
/** All a room is: its newest snapshot, and every update not merged into it. */
export type Loaded = { snapshot: Stored | null; tail: Stored[] }

type Row = [kind: number, seq: number, bytes: Buffer, sum: number]

// One statement, so that both halves are of one moment; compaction deletes what it merged in the moment it stores.
const LOAD = `
  select 0, seq, bytes, checksum from
    (select * from journal_snapshots where room = $1 order by seq desc limit 1) as snapshot
  union all
  (select 1, seq, bytes, checksum from journal_updates where room = $1 order by seq)`

/** Stored bytes are not what was stored. */
export class DamagedRoom extends Error {
  override name = 'DamagedRoom'
}

/** Reads a room. Throws where stored bytes are damaged: such a room is not opened, so nothing is stored on top. */
export async function loadRoom(db: Db, room: string): Promise<Loaded> {
  const result = await db.query<Row>({ text: LOAD, values: [room], rowMode: 'array' })
  const loaded: Loaded = { snapshot: null, tail: [] }
  for (const [kind, seq, bytes, sum] of result.rows) {
    if (checksum(bytes) !== sum) {
      throw new DamagedRoom(
        `The stored ${kind === 0 ? 'snapshot' : 'update'} ${seq} of ${room} is damaged. Restore the data folder from a backup.`,
      )
    }
    if (kind === 0) loaded.snapshot = { seq, bytes }
    else loaded.tail.push({ seq, bytes })
  }
  return loaded
}

/** The updates of a room after a sequence number, in order. */
export async function updatesSince(db: Db, room: string, seq: number): Promise<Stored[]> {
  const { rows } = await db.query<Stored>('select seq, bytes from journal_updates where room = $1 and seq > $2 order by seq', [room, seq])
  return rows
}
