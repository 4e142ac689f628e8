import { CLOSE } from '#domain/core/wire.ts'
import { compactRoom, type Merger } from '#server/journal/compact.ts'
import type { Journal } from '#server/journal/journal.ts'
import { loadRoom } from '#server/journal/load.ts'
import type { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import type { Log } from '#server/log.ts'
import type { Db } from '#server/postgres/pool.ts'
import { messageOf } from '#server/start-refusal.ts'
import { isDueForMerging } from './merging.ts'
import { Room } from './room.ts'

const IDLE_MS = 30_000
const SWEEP_MS = 1_000
/** A moment is quiet when for so long nobody wrote into the room and nobody joined any. */
const QUIET_MS = 3_000
/** A busy room is merged no more often than this, unless its tail is huge. */
const REST_MS = 10_000
const FAILED_MS = 5 * 60_000
const HUGE_TAIL = 16 * 1024 * 1024

/** Every open room, once each. Rooms open when somebody needs them and close when nobody did for a while. */
export class Rooms {
  readonly #db: Db
  readonly #journal: Journal
  readonly #merger: Merger
  readonly #files: SnapshotFiles
  readonly #log: Log
  readonly #isDue: typeof isDueForMerging
  readonly #open = new Map<string, Room>()
  readonly #opening = new Map<string, Promise<Room>>()
  /** Until when a room is not merged: while it is busy, or (`failed`) in any case. */
  readonly #resting = new Map<string, { until: number; failed: boolean }>()
  readonly #sweep: NodeJS.Timeout
  #compacting = false
  #closed = false
  /** Told when a room is forgotten, so that whoever keeps its document elsewhere can let go too. */
  onForget: (room: Room) => void = () => undefined

  constructor(db: Db, journal: Journal, merger: Merger, files: SnapshotFiles, log: Log, isDue = isDueForMerging) {
    this.#db = db
    this.#journal = journal
    this.#merger = merger
    this.#files = files
    this.#log = log
    this.#isDue = isDue
    this.#sweep = setInterval(() => this.#tidy(), SWEEP_MS)
    this.#sweep.unref()
  }

  get all(): Iterable<Room> {
    return this.#open.values()
  }

  get counts(): { rooms: number; connections: number } {
    let connections = 0
    for (const room of this.#open.values()) connections += room.connections.size
    return { rooms: this.#open.size, connections }
  }

  /** The room, loaded, kept open until `release`. Throws where it cannot be loaded: such a room is never stored to. */
  async hold(name: string): Promise<Room> {
    for (;;) {
      if (this.#closed) throw new Error('the server is stopping')
      const room = this.#open.get(name) ?? (await this.#load(name))
      // It may have been forgotten between its loading and this line.
      if (this.#open.get(name) !== room) continue
      room.holds++
      return room
    }
  }

  /** Ends a hold. */
  release(room: Room): void {
    room.holds--
    room.lastUsed = Date.now()
  }

  #load(name: string): Promise<Room> {
    const already = this.#opening.get(name)
    if (already) return already
    const opening = loadRoom(this.#db, name, this.#files)
      .then((loaded) => {
        const room = new Room(name, loaded, this.#journal)
        this.#open.set(name, room)
        return room
      })
      .finally(() => this.#opening.delete(name))
    this.#opening.set(name, opening)
    return opening
  }

  #tidy(): void {
    const now = Date.now()
    const lastJoin = Math.max(...[...this.#open.values()].map((room) => room.lastJoin))
    for (const room of this.#open.values()) {
      const isQuiet = now - Math.max(lastJoin, room.lastChange) > QUIET_MS
      if (this.#isDue(room, isQuiet) && !this.#isResting(room, isQuiet, now)) void this.#compact(room)
      if (room.isIdle && now - room.lastUsed > IDLE_MS) {
        this.#open.delete(room.name)
        this.#resting.delete(room.name)
        this.onForget(room)
      }
    }
  }

  #isResting({ name, tailBytes }: Room, isQuiet: boolean, now: number): boolean {
    const rest = this.#resting.get(name)
    return rest !== undefined && now < rest.until && (rest.failed || !(isQuiet || tailBytes > HUGE_TAIL))
  }

  /** Merges one room's stored updates; one room at a time, off this thread. */
  async #compact(room: Room): Promise<void> {
    if (this.#compacting || !this.#journal.health.ok) return
    this.#compacting = true
    room.holds++
    const began = Date.now()
    try {
      const done = await compactRoom(this.#db, this.#merger, room.name)
      if (done) {
        room.replaceMerged(done.snapshot, done.merged)
        await this.#files.keep(room.name, done.snapshot)
      }
      this.#resting.set(room.name, { until: Date.now() + Math.max(REST_MS, (Date.now() - began) * 10), failed: !done })
    } catch (thrown) {
      // The updates stay as they are; nothing is lost by not merging.
      this.#log.warn({ room: room.name, reason: messageOf(thrown) }, 'a room could not be merged')
      this.#resting.set(room.name, { until: Date.now() + FAILED_MS, failed: true })
    } finally {
      this.release(room)
      this.#compacting = false
    }
  }

  /** Closes every socket and lets nobody in any more. */
  close(): void {
    this.#closed = true
    clearInterval(this.#sweep)
    for (const room of this.#open.values()) room.closeAll(CLOSE.shuttingDown)
  }
}
