import type * as Y from 'yjs'
import type { Collection, PlainRow } from '#domain/core/collection.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { collectionsIn, type Dirty, projectChanges, projectFromScratch, type Statement } from '#domain/projection/project.ts'
import type { Changed } from '../protocol.ts'
import type { TablesLine } from '../tables/tables-line.ts'

/** A failure that comes back this often is worth a sentence. */
const TELL_AFTER = 3

/**
 * So long, in ms, what was changed is left alone to be painted: a frame of 60 Hz. Writing the tables wants the same processors, and
 * it is the picture somebody waits for.
 */
const PAINT_MS = 15

/** The tables, as far as the projector needs them. */
type Tables = Pick<TablesLine, 'write'>

/** What the projector may know of the rest. */
export type ProjectorWorld = {
  docOf: (room: RoomName) => Y.Doc | undefined
  /** The newest log row. */
  last: () => number
  appliedIn: (room: RoomName) => number
  /** Every row of a collection of a document. */
  rowsOf: (doc: Y.Doc, collection: Collection) => PlainRow[]
  durable: (n: number) => Promise<void>
  onProjected: (at: number, changed: Changed) => void
  onTrouble: (error: unknown) => void
}

/**
 * Brings changes of documents into the tables: what gathers while one transaction runs goes into the next, rows and
 * positions together. The tables never run ahead of the log on the disk.
 */
export class Projector {
  /** Every log row up to this one is in the tables. */
  at = 0
  readonly #world: ProjectorWorld
  #tables: Tables | null = null
  #dirty = new Map<RoomName, Dirty>()
  #scratch = new Set<RoomName>()
  #isBeingPainted = false
  #running: Promise<void> | null = null
  #failures = 0

  constructor(world: ProjectorWorld) {
    this.#world = world
  }

  /** Notes a changed row. */
  note(room: RoomName, collection: string, id: string): void {
    const dirty = this.#dirty.get(room) ?? new Map<string, Set<string>>()
    const ids = dirty.get(collection) ?? new Set<string>()
    this.#dirty.set(room, dirty.set(collection, ids.add(id)))
    this.#wake()
  }

  /** Notes that a room's rows must be written anew. */
  rebuild(room: RoomName): void {
    this.#scratch.add(room)
    this.#wake()
  }

  /** Notes that a room moved on, also where no row changed. `isBeingPainted`: pages are drawing it now. */
  advance(room: RoomName, isBeingPainted = false): void {
    if (isBeingPainted) this.#isBeingPainted = true
    if (!this.#dirty.has(room)) this.#dirty.set(room, new Map())
    this.#wake()
  }

  /** Begins writing: before this, changes only gather. */
  start(tables: Tables): void {
    this.#tables = tables
    this.#wake()
  }

  /** Resolves when everything noted so far is in the tables. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  #wake(): void {
    if (!this.#tables || this.#running || this.#dirty.size + this.#scratch.size === 0) return
    this.#running = this.#run(this.#tables).finally(() => {
      this.#running = null
      this.#wake()
    })
  }

  async #run(tables: Tables): Promise<void> {
    // By then all of this turn is noted.
    await Promise.resolve()
    if (this.#isBeingPainted && this.#scratch.size === 0) await new Promise((resolve) => setTimeout(resolve, PAINT_MS))
    this.#isBeingPainted = false
    while (this.#dirty.size + this.#scratch.size > 0) {
      const dirty = this.#dirty
      const scratch = this.#scratch
      this.#dirty = new Map()
      this.#scratch = new Set()
      const at = this.#world.last()
      // A room that was closed meanwhile stays where it stands in the tables: it is brought forward when it is opened again.
      const open = [...dirty.keys(), ...scratch].filter((room) => this.#world.docOf(room))
      const positions = new Map(open.map((room) => [room, this.#world.appliedIn(room)]))
      const statements = this.#statements(dirty, scratch)
      try {
        await this.#world.durable(Math.max(0, ...positions.values()))
        await tables.write(statements, positions)
      } catch (error) {
        await this.#again([...dirty.keys(), ...scratch], error)
        continue
      }
      this.#failures = 0
      this.at = at
      this.#world.onProjected(at, changesIn(dirty, scratch))
    }
  }

  /** A transaction that failed left nothing behind: its rooms are written anew, which repairs whatever the cause left. */
  async #again(rooms: readonly RoomName[], error: unknown): Promise<void> {
    this.#failures++
    if (this.#failures === TELL_AFTER) this.#world.onTrouble(error)
    await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 250 * 2 ** this.#failures)))
    for (const room of rooms) this.#scratch.add(room)
  }

  #statements(dirty: ReadonlyMap<RoomName, Dirty>, scratch: ReadonlySet<RoomName>): Statement[] {
    const anew = [...scratch].flatMap((room) => {
      const doc = this.#world.docOf(room)
      return doc ? projectFromScratch(doc, room, this.#world.rowsOf) : []
    })
    const changed = [...dirty].flatMap(([room, rows]) => {
      const doc = this.#world.docOf(room)
      return doc && !scratch.has(room) ? projectChanges(doc, room, rows) : []
    })
    return [...anew, ...changed]
  }
}

function changesIn(dirty: ReadonlyMap<RoomName, Dirty>, scratch: ReadonlySet<RoomName>): Changed {
  const sets = new Map<string, Set<string> | 'all'>()
  for (const room of scratch) for (const collection of collectionsIn(room)) sets.set(collection.name, 'all')
  for (const rows of dirty.values()) {
    for (const [table, ids] of rows) {
      const known = sets.get(table)
      if (known !== 'all') sets.set(table, new Set([...(known ?? []), ...ids]))
    }
  }
  return Object.fromEntries([...sets].map(([table, ids]) => [table, ids === 'all' ? ids : [...ids]]))
}
