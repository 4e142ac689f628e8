import { setTimeout as wait } from 'node:timers/promises'
import { CLOSE } from '#domain/core/wire.ts'
import type { Whereabouts } from '#server/instances/announcements.ts'
import { compactRoom, type Mergeable, type Merger, newestSnapshot } from '#server/journal/compact.ts'
import type { Journal } from '#server/journal/journal.ts'
import { type Durable, latestRooms, loadRoom } from '#server/journal/load.ts'
import type { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import type { Log } from '#server/log.ts'
import type { Db } from '#server/postgres/pool.ts'
import { messageOf } from '#server/start-refusal.ts'
import type { IdOwners, Others } from './id-owners.ts'
import { isDueForMerging } from './merging.ts'
import { Room } from './room.ts'

const IDLE_MS = 30_000
const SWEEP_MS = 1_000
/** A moment is quiet when for so long nobody wrote into the room and nobody joined any. */
const QUIET_MS = 3_000
/** A busy room is merged no more often than this, unless its tail is huge. */
const REST_MS = 10_000
const FAILED_MS = 5 * 60_000
/** How many rooms that nobody is in keep in mind who wrote there. */
const MOST_OWNERS = 10_000
const HUGE_TAIL = 16 * 1024 * 1024
/** How many rooms a server that starts opens before somebody asks for them. */
const OPENED_AHEAD = 8

/** Every open room, once each. Rooms open when somebody needs them and close when nobody did for a while. */
export class Rooms {
  readonly #db: Db
  readonly #journal: Journal
  readonly #merger: Merger
  readonly #files: SnapshotFiles
  readonly #log: Log
  readonly #isDue: typeof isDueForMerging
  readonly #mergeable: Mergeable
  readonly #open = new Map<string, Room>()
  readonly #opening = new Map<string, Promise<Room>>()
  /** Whose the ids are in rooms that were open since the start, as long as there is room for it. */
  readonly #owners = new Map<string, IdOwners>()
  /** Until when a room is not merged: while it is busy, or (`failed`) in any case. */
  readonly #resting = new Map<string, { until: number; failed: boolean }>()
  readonly #sweep: NodeJS.Timeout
  #compacting = false
  #closed = false
  /** Told when a room is forgotten, so that whoever keeps its document elsewhere can let go too. */
  onForget: (room: Room) => void = () => undefined
  /** What is known of the other instances. */
  others: () => Others = () => 'none'
  /** Told when a room was opened, and where somebody in one is. */
  onOpen: (room: string) => void = () => undefined
  onPresence: (room: string, who: Whereabouts) => void = () => undefined

  constructor(db: Db, journal: Journal, merger: Merger, files: SnapshotFiles, log: Log, mergeable: Mergeable, isDue = isDueForMerging) {
    this.#db = db
    this.#mergeable = mergeable
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

  /**
   * Opens the rooms in which somebody wrote last, for a server that starts: whoever was there is about to come back, all at once. They
   * close like any other when nobody does. One that cannot be opened is left for whoever asks for it to hear why.
   */
  async openLatest(): Promise<void> {
    const names = await latestRooms(this.#db, OPENED_AHEAD).catch(() => [])
    for (const name of names) {
      await this.hold(name).then(
        (room) => this.release(room),
        () => undefined,
      )
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
        const room = new Room(name, loaded, this.#journal, this.#owners.get(name))
        room.others = () => this.others()
        room.onPresence = (entries, memberId) => {
          for (const entry of entries) this.onPresence(name, { ...entry, memberId })
        }
        this.#open.set(name, room)
        this.onOpen(name)
        return room
      })
      .finally(() => this.#opening.delete(name))
    this.#opening.set(name, opening)
    return opening
  }

  /** The rooms that are open, or being opened: what other instances write into them has to come here. */
  get wanted(): string[] {
    return [...this.#open.keys(), ...this.#opening.keys()]
  }

  isWanted(name: string): boolean {
    return this.#open.has(name) || this.#opening.has(name)
  }

  /** Takes over what another instance stored. A room that is being opened gets it when it is there. */
  receive(name: string, update: Durable): void {
    const follow = (room: Room): void => {
      try {
        room.follow(update)
      } catch (thrown) {
        this.#log.error({ room: name, seq: update.seq, reason: messageOf(thrown) }, 'what another server stored could not be read')
      }
    }
    const room = this.#open.get(name)
    if (room) follow(room)
    else void this.#opening.get(name)?.then(follow, () => undefined)
  }

  /** Shows where somebody at another instance is. */
  hear(name: string, instance: number, { memberId, ...entry }: Whereabouts): void {
    this.#open.get(name)?.hear(instance, entry, memberId)
  }

  /** Who is in a room on connections of this instance. */
  whoIsHere(name: string): Whereabouts[] {
    return this.#open.get(name)?.whoIsHere() ?? []
  }

  forgetInstance(instance: number): void {
    for (const room of this.#open.values()) room.forgetInstance(instance)
    for (const owners of this.#owners.values()) owners.freeInstance(instance)
  }

  /**
   * Reads every open room anew and lets everybody in it come back: for a server that was thought gone, so that others may have
   * merged away what it has not read. Nobody gets in before the room is whole again.
   */
  startAnew(): void {
    // One that is being opened now may have been read too early, too.
    for (const opening of this.#opening.values())
      void opening.then(
        (room) => this.#startAnew(room),
        () => undefined,
      )
    for (const room of [...this.#open.values()]) this.#startAnew(room)
  }

  #startAnew(room: Room): void {
    if (!this.#open.delete(room.name)) return
    room.closeAll()
    const again = this.#readAnew(room).finally(() => this.#opening.delete(room.name))
    this.#opening.set(room.name, again)
    void again.catch(() => undefined)
  }

  async #readAnew(room: Room): Promise<Room> {
    for (;;) {
      if (this.#closed) throw new Error('the server is stopping')
      try {
        const held = room.storedSeqs
        room.rebase(await loadRoom(this.#db, room.name, this.#files), held)
        // Whoever keeps its document elsewhere begins anew, too.
        room.unfed = undefined
        this.#open.set(room.name, room)
        return room
      } catch (thrown) {
        this.#log.warn({ room: room.name, reason: messageOf(thrown) }, 'a room could not be read anew; it is tried again')
        await wait(1_000, undefined, { ref: false })
      }
    }
  }

  #tidy(): void {
    const now = Date.now()
    const lastJoin = Math.max(...[...this.#open.values()].map((room) => room.lastJoin))
    for (const room of this.#open.values()) {
      const isLeft = room.isIdle && now - room.lastUsed > IDLE_MS
      const isQuiet = now - Math.max(lastJoin, room.lastChange) > QUIET_MS
      const moment = isLeft ? 'left' : isQuiet ? 'quiet' : 'busy'
      if (this.#isDue(room, moment) && !this.#isResting(room, moment !== 'busy', now)) void this.#compact(room)
      else if (isLeft) this.#forget(room)
    }
  }

  /** Forgets rooms that were taken out of the database, as far as nobody is in them. */
  letGo(names: readonly string[]): void {
    for (const name of names) {
      const room = this.#open.get(name)
      if (room?.isIdle) this.#forget(room)
    }
  }

  #forget(room: Room): void {
    this.#open.delete(room.name)
    this.#keepOwners(room)
    this.#resting.delete(room.name)
    this.onForget(room)
  }

  #keepOwners({ name, owners }: Room): void {
    this.#owners.delete(name)
    owners.loseSight()
    if (!owners.isEmpty) this.#owners.set(name, owners)
    for (const oldest of this.#owners.keys()) {
      if (this.#owners.size <= MOST_OWNERS) break
      this.#owners.delete(oldest)
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
      const done = (await this.#takeOverMerged(room)) || (await this.#merge(room))
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

  async #merge(room: Room): Promise<boolean> {
    const done = await compactRoom(this.#db, this.#merger, room.name, this.#mergeable)
    if (!done) return false
    room.replaceMerged(done.snapshot, done.merged)
    await this.#files.keep(room.name, done.snapshot.bytes)
    return true
  }

  /** Another instance has merged the room already. */
  async #takeOverMerged(room: Room): Promise<boolean> {
    if ((await newestSnapshot(this.#db, room.name)) === room.baseSeq) return false
    const held = room.storedSeqs
    room.rebase(await loadRoom(this.#db, room.name, this.#files), held)
    return true
  }

  /** Closes every socket and lets nobody in any more. */
  close(): void {
    this.#closed = true
    clearInterval(this.#sweep)
    for (const room of this.#open.values()) room.closeAll(CLOSE.shuttingDown)
  }
}
