import type { RoomName } from '#domain/core/rooms.ts'
import type { Waiting } from '../protocol.ts'

/** One update of one room's document, in the order this device met it. */
export type LogRow = { n: number; room: RoomName; bytes: Uint8Array }

/** What the log knows of a room without reading it. */
export type RoomEntry = { room: RoomName; head: number; rows: number; bytes: number; snapshotBytes: number }

/** What is written in one transaction: all of it or nothing. */
export type Batch = {
  rows: LogRow[]
  /** Local rows the server has yet to acknowledge. */
  waiting: Waiting[]
  /** Waiting no more. */
  confirmed: number[]
  /** Rows to delete: refused, or merged into another. */
  dropped: number[]
  rooms: RoomEntry[]
}

export type Loaded = { rooms: RoomEntry[]; waiting: Waiting[] }

/** Where the update log lives. Two realizations: IndexedDB, and memory where a browser has none. */
export type LogStore = {
  kind: 'kept' | 'memory'
  load(): Promise<Loaded>
  /** Resolves when the batch is on the disk. */
  commit(batch: Batch): Promise<void>
  /** A room's rows, oldest first. */
  read(room: RoomName): Promise<LogRow[]>
}

/** A log for browsers that keep nothing, and for tests; `failNextCommits` is its lever. */
export class MemoryLogStore implements LogStore {
  readonly kind = 'memory'
  readonly rows = new Map<number, LogRow>()
  readonly waiting = new Map<number, Waiting>()
  readonly rooms = new Map<RoomName, RoomEntry>()
  failNextCommits = 0

  async load(): Promise<Loaded> {
    return { rooms: [...this.rooms.values()], waiting: [...this.waiting.values()] }
  }

  async commit(batch: Batch): Promise<void> {
    if (this.failNextCommits > 0) {
      this.failNextCommits--
      throw new Error('The disk is full.')
    }
    for (const row of batch.rows) this.rows.set(row.n, row)
    for (const row of batch.waiting) this.waiting.set(row.n, row)
    for (const n of batch.confirmed) this.waiting.delete(n)
    for (const n of batch.dropped) {
      this.rows.delete(n)
      this.waiting.delete(n)
    }
    for (const entry of batch.rooms) this.rooms.set(entry.room, { ...entry })
  }

  async read(room: RoomName): Promise<LogRow[]> {
    return [...this.rows.values()].filter((row) => row.room === room).sort((a, b) => a.n - b.n)
  }
}
