import pg from 'pg'
import { type BinaryRow, copyRows } from '#server/postgres/copy-rows.ts'
import type { Db } from '#server/postgres/pool.ts'
import { checksum } from './checksum.ts'
import { type SnapshotFiles, WORTH_A_FILE } from './snapshot-files.ts'

export type Stored = { seq: number; bytes: Uint8Array }
/** An update and the number of the instance that wrote it. */
export type StoredUpdate = Stored & { origin: number }
/** A merged beginning. Where its state vector is null it has to be read from the bytes. */
export type Snapshot = Stored & { vector: Uint8Array | null }
/** All a room is: its newest snapshot, and every update not merged into it. */
export type Loaded = { snapshot: Snapshot | null; tail: StoredUpdate[] }

/** Large values come in slices: neither PostgreSQL nor the driver then moves megabytes about to make room for them. */
const SLICE = 128 * 1024

// One statement, so that all of it is of one moment; compaction deletes what it merged in the moment it stores. Of a
// snapshot from `most` bytes on only the size is read.
const loading = (room: string, most: number): string => `
  select kind, seq, checksum, size, start, case when kind = 1 or size < ${most} then substring(bytes from start + 1 for ${SLICE}) end, vector,
    origin
  from
    ((select 0 as kind, seq, checksum, bytes, vector, 0 as origin from journal_snapshots where room = ${room} order by seq desc limit 1)
     union all
     select 1, seq, checksum, bytes, null, origin from journal_updates where room = ${room}) as stored,
    octet_length(bytes) as size,
    generate_series(0, case when kind = 1 or size < ${most} then greatest(size - 1, 0) else 0 end, ${SLICE}) as start`
const EVERYTHING = 2 ** 31 - 1

/** Stored bytes are not what was stored. */
export class DamagedRoom extends Error {
  override name = 'DamagedRoom'
}

/** What is being read: its bytes are there once the first of them came. */
type Piece = Omit<Snapshot, 'bytes'> & { bytes: Uint8Array | null; size: number; kind: number; origin: number; sum: number; filled: number }

/**
 * Reads a room, its snapshot from a file where there is one that agrees with the database. Throws where stored bytes are
 * damaged: such a room is not opened, so nothing is stored on top.
 */
export async function loadRoom(db: Db, room: string, files?: SnapshotFiles): Promise<Loaded> {
  if (!files) return toRoom(room, await readPieces(db, room, EVERYTHING))
  const [pieces, copy] = await Promise.all([readPieces(db, room, WORTH_A_FILE), files.read(room)])
  const snapshot = pieces.find(({ kind }) => kind === 0)
  if (!snapshot || snapshot.bytes) return toRoom(room, pieces)
  const { seq, size, vector, sum } = snapshot
  if (copy && copy.bytes.length === size && withVector(copy.sum, vector) === sum) {
    return toRoom(
      room,
      pieces.filter((piece) => piece !== snapshot),
      { seq, bytes: copy.bytes, vector },
    )
  }
  const loaded = toRoom(room, await readPieces(db, room, EVERYTHING))
  if (loaded.snapshot) void files.keep(room, loaded.snapshot.bytes)
  return loaded
}

async function readPieces(db: Db, room: string, most: number): Promise<Piece[]> {
  const pieces = new Map<string, Piece>()
  await copyRows(db, loading(pg.escapeLiteral(room), most), (row) => takeSlice(pieces, row))
  return [...pieces.values()].sort((a, b) => a.seq - b.seq)
}

function toRoom(room: string, pieces: readonly Piece[], proven: Snapshot | null = null): Loaded {
  const loaded: Loaded = { snapshot: proven, tail: [] }
  for (const piece of pieces) {
    const { kind, origin, seq, bytes, vector } = piece
    if (!bytes || !isWhole(piece, bytes)) {
      throw new DamagedRoom(
        `The stored ${kind === 0 ? 'snapshot' : 'update'} ${seq} of ${room} is damaged. Restore the data folder from a backup.`,
      )
    }
    if (kind === 0) loaded.snapshot = { seq, bytes, vector }
    else loaded.tail.push({ origin, seq, bytes })
  }
  return loaded
}

/** A snapshot's checksum covers its state vector too: a wrong one would keep clients from sending what is missing here. */
function isWhole({ vector, sum, size, filled }: Piece, bytes: Uint8Array): boolean {
  return filled === size && sumOf(bytes, vector) === sum
}

/** The checksum stored beside some bytes and, for a snapshot, their state vector. */
export function sumOf(bytes: Uint8Array, vector: Uint8Array | null): number {
  return withVector(checksum(bytes), vector)
}

const withVector = (sum: number, vector: Uint8Array | null): number => (vector ? checksum(vector, sum) : sum)

function takeSlice(pieces: Map<string, Piece>, [kind, seq, sum, size, start, slice, vector, origin]: BinaryRow): void {
  if (!kind || !seq || !sum || !size || !start || !origin) throw new Error('the journal answered without a value')
  const key = `${kind.readInt32BE()} ${seq.readBigInt64BE()}`
  let piece = pieces.get(key)
  if (!piece) {
    piece = {
      kind: kind.readInt32BE(),
      origin: origin.readInt32BE(),
      seq: Number(seq.readBigInt64BE()),
      sum: Number(sum.readBigInt64BE()),
      bytes: null,
      size: size.readInt32BE(),
      vector: vector ? Buffer.from(vector) : null,
      filled: 0,
    }
    pieces.set(key, piece)
  }
  if (!slice) return
  piece.bytes ??= Buffer.allocUnsafe(piece.size)
  piece.bytes.set(slice, start.readInt32BE())
  piece.filled += slice.length
}

/** The updates of a room after a sequence number, in order. */
export async function updatesSince(db: Db, room: string, seq: number): Promise<Stored[]> {
  const { rows } = await db.query<Stored>('select seq, bytes from journal_updates where room = $1 and seq > $2 order by seq', [room, seq])
  return rows
}
