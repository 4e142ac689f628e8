import type { RoomName } from '#domain/core/rooms.ts'
import type { RowRef, Waiting } from '../protocol.ts'
import type { Batch, LogRow, LogStore, RoomEntry } from './log-store.ts'

type Told = { n: number; tell: () => void }

const emptyBatch = (): Batch => ({ rows: [], waiting: [], confirmed: [], dropped: [], rooms: [] })
const RETRY_MS = 2_000
/** A room is worth merging when its tail is long, and large beside what merging it would rewrite. */
const LONG_TAIL = 500
const ENDLESS_TAIL = 10_000

/**
 * The append-only log of every room on this device. Rows get their number at once; writing happens in batches, one
 * transaction at a time, and a batch that fails is kept in memory and tried again until the disk takes it.
 */
export class UpdateLog {
  /** The number of the newest row. */
  last = 0
  /** Local changes the server has not acknowledged, by number. */
  readonly waiting = new Map<number, Waiting>()
  /** Called when what waits changed, and when the disk begins or ceases to refuse. */
  onWaiting: (added: Waiting[], gone: number[]) => void = () => undefined
  onTrouble: (error: Error | null) => void = () => undefined
  readonly #store: LogStore
  readonly #rooms = new Map<RoomName, RoomEntry>()
  #next: Batch = emptyBatch()
  #inHand: Batch = emptyBatch()
  #told: Told[] = []
  #writing: Promise<void> | null = null
  #durable = 0
  #failing = false

  private constructor(store: LogStore) {
    this.#store = store
  }

  /** Opens the log and learns what it holds, without reading the updates. New rows get numbers above `atLeast`, and above all it holds. */
  static async open(store: LogStore, atLeast = 0): Promise<UpdateLog> {
    const log = new UpdateLog(store)
    const { rooms, waiting } = await store.load()
    for (const entry of rooms) log.#rooms.set(entry.room, entry)
    for (const row of waiting) log.waiting.set(row.n, row)
    log.last = Math.max(atLeast, 0, ...rooms.map((entry) => entry.head), ...waiting.map((row) => row.n))
    log.#durable = log.last
    return log
  }

  get kind(): LogStore['kind'] {
    return this.#store.kind
  }

  /** The rooms the log holds anything of. */
  get rooms(): readonly RoomName[] {
    return [...this.#rooms.values()].filter((entry) => entry.rows > 0).map((entry) => entry.room)
  }

  /** The number of a room's newest row; 0 where it has none. */
  head(room: RoomName): number {
    return this.#rooms.get(room)?.head ?? 0
  }

  /** True while a local change of the room waits for the server. */
  waitsIn(room: RoomName, upTo = Number.POSITIVE_INFINITY): boolean {
    for (const row of this.waiting.values()) if (row.room === room && row.n <= upTo) return true
    return false
  }

  /** Adds an update and answers its number. `touched` marks a local change; a remote one has null. */
  append(room: RoomName, bytes: Uint8Array, touched: readonly RowRef[] | null): number {
    const n = ++this.last
    this.#next.rows.push({ n, room, bytes })
    if (touched) {
      const row = { n, room, touched }
      this.waiting.set(n, row)
      this.#next.waiting.push(row)
      this.onWaiting([row], [])
    }
    const entry = this.#entry(room)
    this.#note({ ...entry, head: n, rows: entry.rows + 1, bytes: entry.bytes + bytes.length })
    this.#write()
    return n
  }

  /** Resolves when every row up to n is on the disk. */
  durable(n: number): Promise<void> {
    if (n <= this.#durable) return Promise.resolve()
    return new Promise((tell) => this.#told.push({ n, tell }))
  }

  /** The server acknowledged the room's rows up to n. */
  confirm(room: RoomName, upTo: number): void {
    const gone = [...this.waiting.values()].filter((row) => row.room === room && row.n <= upTo).map((row) => row.n)
    if (gone.length === 0) return
    for (const n of gone) this.waiting.delete(n)
    this.#next.confirmed.push(...gone)
    this.onWaiting([], gone)
    this.#write()
  }

  /** Forgets every waiting row of the room from n on: the server refused it, and later ones build on it. Answers what they had touched. */
  refuse(room: RoomName, from: number): RowRef[] {
    const rows = [...this.waiting.values()].filter((row) => row.room === room && row.n >= from)
    const entry = this.#entry(room)
    this.#drop({ ...entry, rows: entry.rows - rows.length }, rows)
    return rows.flatMap((row) => row.touched)
  }

  /** The room's newest row, after newer ones were forgotten. */
  endsAt(room: RoomName, n: number): void {
    const entry = this.#entry(room)
    if (entry.head === n) return
    this.#note({ ...entry, head: n })
    this.#write()
  }

  /** Forgets all there is of a room, whoever made it. */
  async forget(room: RoomName): Promise<void> {
    const rows = await this.read(room)
    this.#drop({ ...this.#entry(room), rows: 0, bytes: 0, snapshotBytes: 0 }, rows)
  }

  #drop(left: RoomEntry, rows: readonly { n: number }[]): void {
    const gone = rows.map(({ n }) => n)
    this.#next.dropped.push(...gone)
    this.#note(left)
    this.onWaiting(
      [],
      gone.filter((n) => this.waiting.delete(n)),
    )
    this.#write()
  }

  /** The room's rows, oldest first; what is still on its way to the disk is included, what is about to go is not. */
  async read(room: RoomName): Promise<LogRow[]> {
    const onTheWay = [this.#inHand, this.#next]
    const rows = new Map(
      onTheWay
        .flatMap((batch) => batch.rows)
        .filter((row) => row.room === room)
        .map((row) => [row.n, row]),
    )
    const gone = new Set(onTheWay.flatMap((batch) => batch.dropped))
    const stored = await this.#store.read(room)
    for (const row of stored) if (!rows.has(row.n)) rows.set(row.n, row)
    return [...rows.values()].filter((row) => !gone.has(row.n)).sort((a, b) => a.n - b.n)
  }

  /** The same without local changes that are still on their way to the disk. */
  async readKept(room: RoomName): Promise<LogRow[]> {
    return (await this.read(room)).filter(({ n }) => n <= this.#durable || !this.waiting.has(n))
  }

  /**
   * The disk was emptied: writes each of these whole documents in the place of what was there. What waits for the server waits on
   * in its room's; answers how many changes wait in none.
   */
  writeAnew(documents: readonly { room: RoomName; bytes: Uint8Array }[]): number {
    const before = [...this.waiting.values()]
    const added: Waiting[] = []
    this.#rooms.clear()
    this.#next = emptyBatch()
    for (const { room, bytes } of documents) {
      const n = ++this.last
      this.#next.rows.push({ n, room, bytes })
      this.#note({ room, head: n, rows: 1, bytes: bytes.length, snapshotBytes: bytes.length })
      const touched = before.filter((row) => row.room === room).flatMap((row) => row.touched)
      if (before.some((row) => row.room === room)) added.push({ n, room, touched })
    }
    const gone = before.map(({ n }) => n)
    for (const n of gone) this.waiting.delete(n)
    for (const row of added) this.waiting.set(row.n, row)
    this.#next.confirmed.push(...gone)
    this.#next.waiting.push(...added)
    this.onWaiting(added, gone)
    this.#write()
    return before.filter(({ room }) => !documents.some((document) => document.room === room)).length
  }

  /** Resolves when nothing waits to be written. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  /** True when merging the room's rows is worth its cost, and safe: nothing in it waits for the server. */
  shouldMerge(room: RoomName): boolean {
    const { rows, bytes, snapshotBytes } = this.#entry(room)
    const isLong = rows >= LONG_TAIL && bytes - snapshotBytes >= snapshotBytes / 4
    return (isLong || rows >= ENDLESS_TAIL) && !this.waitsIn(room)
  }

  /** Puts one row in the place of many. The caller has verified that it says the same. */
  merge(room: RoomName, rows: readonly LogRow[], bytes: Uint8Array): void {
    const head = rows[rows.length - 1]?.n
    if (head === undefined) return
    const entry = this.#entry(room)
    const gone = rows.filter((row) => row.n !== head).map((row) => row.n)
    const size = rows.reduce((sum, row) => sum + row.bytes.length, 0)
    this.#next.rows.push({ n: head, room, bytes })
    this.#next.dropped.push(...gone)
    this.#note({ ...entry, rows: entry.rows - gone.length, bytes: entry.bytes - size + bytes.length, snapshotBytes: bytes.length })
    this.#write()
  }

  #entry(room: RoomName): RoomEntry {
    return this.#rooms.get(room) ?? { room, head: 0, rows: 0, bytes: 0, snapshotBytes: 0 }
  }

  #note(entry: RoomEntry): void {
    this.#rooms.set(entry.room, entry)
    this.#next.rooms = [...this.#next.rooms.filter((other) => other.room !== entry.room), entry]
  }

  #write(): void {
    if (this.#writing) return
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null
      if (this.#hasWork()) this.#write()
    })
  }

  #hasWork(): boolean {
    const { rows, confirmed, dropped, rooms } = this.#next
    return rows.length + confirmed.length + dropped.length + rooms.length > 0
  }

  async #writeAll(): Promise<void> {
    // Everything that arrives in this turn goes into one transaction.
    await Promise.resolve()
    while (this.#hasWork()) {
      const batch = this.#next
      this.#next = emptyBatch()
      this.#inHand = batch
      const upTo = this.last
      await this.#commit(batch)
      this.#inHand = emptyBatch()
      this.#durable = upTo
      const told = this.#told.filter((one) => one.n <= upTo)
      this.#told = this.#told.filter((one) => one.n > upTo)
      for (const { tell } of told) tell()
    }
  }

  async #commit(batch: Batch): Promise<void> {
    for (;;) {
      try {
        await this.#store.commit(batch)
        if (this.#failing) this.onTrouble(null)
        this.#failing = false
        return
      } catch (error) {
        if (!this.#failing) this.onTrouble(error instanceof Error ? error : new Error(String(error)))
        this.#failing = true
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }
}
