import type { Db } from '#server/postgres/pool.ts'
import { sumOf, withBeside } from './checksum.ts'
import { EVERYTHING, type Pack, readPacks, SNAPSHOT, valuesIn } from './packs.ts'
import { type SnapshotFiles, WORTH_A_FILE } from './snapshot-files.ts'

export type Stored = { seq: number; bytes: Uint8Array }
/** An update that is durable, and the ranges it brings where somebody read them already. */
export type Durable = Stored & { ranges?: Uint8Array | null }
/** An update as it stands in the journal, and the number of the instance that wrote it. */
export type StoredUpdate = Durable & { origin: number }
/** A merged beginning. Where its state vector is null it has to be read from the bytes. */
export type Snapshot = Stored & { vector: Uint8Array | null }
/** All a room is: its newest snapshot, and every update not merged into it. */
export type Loaded = { snapshot: Snapshot | null; tail: StoredUpdate[] }

/** Stored bytes are not what was stored. */
export class DamagedRoom extends Error {
  override name = 'DamagedRoom'
}

/**
 * Reads a room, its snapshot from a file where there is one that agrees with the database. Throws where stored bytes are
 * damaged: such a room is not opened, so nothing is stored on top.
 */
export async function loadRoom(db: Db, room: string, files?: SnapshotFiles): Promise<Loaded> {
  if (!files) return toRoom(room, await readPacks(db, room, EVERYTHING))
  const [packs, copy] = await Promise.all([readPacks(db, room, WORTH_A_FILE), files.read(room)])
  const snapshot = packs.get(SNAPSHOT)
  if (!snapshot || snapshot.bytes) return toRoom(room, packs)
  const [stated] = valuesIn(snapshot)
  if (copy && stated && copy.bytes.length === stated.length && withBeside(copy.sum, stated.beside) === stated.sum) {
    packs.delete(SNAPSHOT)
    return toRoom(room, packs, { seq: stated.seq, bytes: copy.bytes, vector: stated.beside })
  }
  const loaded = toRoom(room, await readPacks(db, room, EVERYTHING))
  if (loaded.snapshot) void files.keep(room, loaded.snapshot.bytes)
  return loaded
}

function toRoom(room: string, packs: ReadonlyMap<number, Pack>, proven: Snapshot | null = null): Loaded {
  const loaded: Loaded = { snapshot: proven, tail: [] }
  for (const [number, pack] of [...packs].sort(([a], [b]) => a - b)) {
    const isSnapshot = number === SNAPSHOT
    for (const { seq, sum, at, length, beside, origin } of valuesIn(pack)) {
      const bytes = pack.bytes?.subarray(at, at + length)
      if (!bytes || pack.filled !== pack.size || sumOf(bytes, beside) !== sum) {
        throw new DamagedRoom(
          `The stored ${isSnapshot ? 'snapshot' : 'update'} ${seq} of ${room} is damaged. Restore the data folder from a backup.`,
        )
      }
      if (isSnapshot) loaded.snapshot = { seq, bytes, vector: beside }
      else loaded.tail.push({ origin, seq, bytes, ranges: beside })
    }
  }
  return loaded
}

/** So many of the newest updates tell where people are at work. */
const NEWEST = 500

/** The rooms in which the last server wrote last, at most so many, the newest first. */
export async function latestRooms(db: Db, most: number): Promise<string[]> {
  const { rows } = await db.query<{ room: string }>(
    `select room
     from (select room, seq from journal_updates where origin = (select max(origin) from journal_updates) order by seq desc limit ${NEWEST}) as newest
     group by room order by max(seq) desc limit $1`,
    [most],
  )
  return rows.map(({ room }) => room)
}
