import pg from 'pg'
import { type BinaryRow, copyRows } from '#server/postgres/copy-rows.ts'
import type { Db } from '#server/postgres/pool.ts'
import { checksum } from './checksum.ts'

export type Stored = { seq: number; bytes: Uint8Array }
/** A merged beginning. Where its state vector is null it has to be read from the bytes. */
export type Snapshot = Stored & { vector: Uint8Array | null }
/** All a room is: its newest snapshot, and every update not merged into it. */
export type Loaded = { snapshot: Snapshot | null; tail: Stored[] }

/** Large values come in slices: neither PostgreSQL nor the driver then moves megabytes about to make room for them. */
const SLICE = 128 * 1024

// One statement, so that both halves are of one moment; compaction deletes what it merged in the moment it stores.
const loading = (room: string): string => `
  select kind, seq, checksum, octet_length(bytes), start, substring(bytes from start + 1 for ${SLICE}), vector from
    ((select 0 as kind, seq, checksum, bytes, vector from journal_snapshots where room = ${room} order by seq desc limit 1)
     union all
     select 1, seq, checksum, bytes, null from journal_updates where room = ${room}) as stored,
    generate_series(0, greatest(octet_length(bytes) - 1, 0), ${SLICE}) as start`

/** Stored bytes are not what was stored. */
export class DamagedRoom extends Error {
  override name = 'DamagedRoom'
}

type Piece = Snapshot & { kind: number; sum: number; filled: number }

/** Reads a room. Throws where stored bytes are damaged: such a room is not opened, so nothing is stored on top. */
export async function loadRoom(db: Db, room: string): Promise<Loaded> {
  const pieces = new Map<string, Piece>()
  await copyRows(db, loading(pg.escapeLiteral(room)), (row) => takeSlice(pieces, row))
  const loaded: Loaded = { snapshot: null, tail: [] }
  for (const piece of [...pieces.values()].sort((a, b) => a.seq - b.seq)) {
    const { kind, seq, bytes, vector } = piece
    if (!isWhole(piece)) {
      throw new DamagedRoom(
        `The stored ${kind === 0 ? 'snapshot' : 'update'} ${seq} of ${room} is damaged. Restore the data folder from a backup.`,
      )
    }
    if (kind === 0) loaded.snapshot = { seq, bytes, vector }
    else loaded.tail.push({ seq, bytes })
  }
  return loaded
}

/** A snapshot's checksum covers its state vector too: a wrong one would keep clients from sending what is missing here. */
function isWhole({ bytes, vector, sum, filled }: Piece): boolean {
  return filled === bytes.length && sumOf(bytes, vector) === sum
}

/** The checksum stored beside some bytes and, for a snapshot, their state vector. */
export function sumOf(bytes: Uint8Array, vector: Uint8Array | null): number {
  return vector ? checksum(vector, checksum(bytes)) : checksum(bytes)
}

function takeSlice(pieces: Map<string, Piece>, [kind, seq, sum, size, start, slice, vector]: BinaryRow): void {
  if (!kind || !seq || !sum || !size || !start || !slice) throw new Error('the journal answered without a value')
  const key = `${kind.readInt32BE()} ${seq.readBigInt64BE()}`
  let piece = pieces.get(key)
  if (!piece) {
    piece = {
      kind: kind.readInt32BE(),
      seq: Number(seq.readBigInt64BE()),
      sum: Number(sum.readBigInt64BE()),
      bytes: Buffer.allocUnsafe(size.readInt32BE()),
      vector: vector ? Buffer.from(vector) : null,
      filled: 0,
    }
    pieces.set(key, piece)
  }
  piece.bytes.set(slice, start.readInt32BE())
  piece.filled += slice.length
}

/** The updates of a room after a sequence number, in order. */
export async function updatesSince(db: Db, room: string, seq: number): Promise<Stored[]> {
  const { rows } = await db.query<Stored>('select seq, bytes from journal_updates where room = $1 and seq > $2 order by seq', [room, seq])
  return rows
}
