import pg from 'pg'
import { type BinaryRow, copyRows } from '#server/postgres/copy-rows.ts'
import type { Db } from '#server/postgres/pool.ts'

/** Values that come together, and what stands beside them. The bytes are there once the first of them came. */
export type Pack = { heads: Buffer; beside: Buffer; size: number; bytes: Buffer | null; filled: number }
/** The pack in which the snapshot is, alone. The updates follow, in order. */
export const SNAPSHOT = 0

/** Large values come in slices: neither PostgreSQL nor the driver then moves megabytes about to make room for them. */
const SLICE = 128 * 1024
/** Small ones come many at a time: reading a row costs the driver more than reading an update out of it. */
const PACK = 1024 * 1024
/** What a pack says of each value in it: its number, checksum, length, that of what stands beside it, and the instance that wrote it. */
const HEAD = 28

// One statement, so that all of it is of one moment; compaction deletes what it merged in the moment it stores. Of a
// snapshot from `most` bytes on only the size is read.
const loading = (room: string, most: number): string => `
  select pack, case when start = 0 then heads end, case when start = 0 then beside end, size, start,
    case when pack > 0 or size < ${most} then substring(bytes from start + 1 for ${SLICE}) end
  from
    ((select ${SNAPSHOT} as pack, ${head('vector', '0')} as heads, coalesce(vector, '') as beside, bytes
      from journal_snapshots where room = ${room} order by seq desc limit 1)
     union all
     select pack, string_agg(${head('ranges', 'origin')}, '' order by seq), string_agg(coalesce(ranges, ''), '' order by seq),
       string_agg(bytes, '' order by seq)
     from
       (select (sum(octet_length(bytes)) over (order by seq) / ${PACK})::int + 1 as pack, seq, checksum, bytes, ranges, origin
        from journal_updates where room = ${room}) as tail
     group by pack) as stored,
    octet_length(bytes) as size,
    generate_series(0, case when pack > 0 or size < ${most} then greatest(size - 1, 0) else 0 end, ${SLICE}) as start`
const head = (beside: string, origin: string): string =>
  `int8send(seq) || int8send(checksum) || int4send(octet_length(bytes)) || int4send(coalesce(octet_length(${beside}), -1)) ||
    int4send(${origin})`
/** Of a snapshot all bytes, however large it is. */
export const EVERYTHING = 2 ** 31 - 1

/** Reads a room's packs by their numbers, of a snapshot from `most` bytes on all but the bytes. */
export async function readPacks(db: Db, room: string, most: number): Promise<Map<number, Pack>> {
  const packs = new Map<number, Pack>()
  await copyRows(db, loading(pg.escapeLiteral(room), most), (row) => takeSlice(packs, row))
  return packs
}

function takeSlice(packs: Map<number, Pack>, [pack, heads, beside, size, start, slice]: BinaryRow): void {
  if (!pack || !size || !start) throw new Error('the journal answered without a value')
  const number = pack.readInt32BE()
  let found = packs.get(number)
  if (!found) packs.set(number, (found = { heads: NONE, beside: NONE, size: size.readInt32BE(), bytes: null, filled: 0 }))
  if (heads) found.heads = Buffer.from(heads)
  if (beside) found.beside = Buffer.from(beside)
  if (!slice) return
  found.bytes ??= Buffer.allocUnsafe(found.size)
  found.bytes.set(slice, start.readInt32BE())
  found.filled += slice.length
}
const NONE = Buffer.alloc(0)

/** A value of a pack: where its bytes stand in it, and its state vector or ranges. */
type Value = { seq: number; sum: number; at: number; length: number; beside: Buffer | null; origin: number }

/** What is in a pack. */
export function valuesIn({ heads, beside }: Pack): Value[] {
  let at = 0
  let besideAt = 0
  return Array.from({ length: heads.length / HEAD }, (_, place) => {
    const head = place * HEAD
    const length = heads.readInt32BE(head + 16)
    const lengthBeside = heads.readInt32BE(head + 20)
    const value = {
      seq: Number(heads.readBigInt64BE(head)),
      sum: Number(heads.readBigInt64BE(head + 8)),
      at,
      length,
      beside: lengthBeside < 0 ? null : beside.subarray(besideAt, besideAt + lengthBeside),
      origin: heads.readInt32BE(head + 24),
    }
    at += length
    besideAt += Math.max(0, lengthBeside)
    return value
  })
}
