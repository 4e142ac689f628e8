import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { RoomName } from '#domain/core/rooms.ts'
import type { Ask, RowRef } from '../protocol.ts'
import type { LogRow } from './log-store.ts'
import { buildDocument, type OpenRoom } from './open-room.ts'
import type { Projector } from './projector.ts'
import { SyncConnection } from './sync-connection.ts'
import type { UpdateLog } from './update-log.ts'

type Status = 'offline' | 'online' | 'refused'
/** A change a tab made; see `Ask`. */
type Local = Omit<Extract<Ask, { kind: 'update' }>, 'kind'>

export type KeeperWorld = {
  /** This leader's id. */
  leader: string
  sockets: string
  log: UpdateLog
  projector: Projector
  /** The log position the tables hold of a room; undefined: nothing. */
  positionOf: (room: RoomName) => number | undefined
  /** An update for the tabs that use the room. */
  forward: (room: RoomName, n: number, bytes: Uint8Array) => void
  forwardAwareness: (room: RoomName, update: Uint8Array, from: string | null) => void
  askAwareness: (room: RoomName) => void
  onStatus: (room: RoomName, status: Status, reason: string, code: number) => void
  onTrouble: (room: RoomName, sentence: string) => void
  onComing: (room: RoomName, bytes: number) => void
  onConfirmed: (room: RoomName) => void
  onRefused: (room: RoomName, sentence: string, touched: readonly RowRef[]) => void
  onSynced: (room: RoomName) => void
  onAhead: () => void
  onSetBack: (room: RoomName) => void
  onProjects: () => void
}

/** Holds the rooms' documents and sockets. Every update passes here once: into the log, the document, the socket, the tabs. */
export class RoomKeeper {
  readonly #world: KeeperWorld
  readonly #rooms = new Map<RoomName, OpenRoom>()
  readonly #opening = new Map<RoomName, { done: Promise<OpenRoom>; late: LogRow[] }>()
  readonly #epochs = new Map<RoomName, number>()
  readonly #awareOf = new Map<string, Map<RoomName, Set<number>>>()

  constructor(world: KeeperWorld) {
    this.#world = world
  }

  /** The room's document, when it is open. */
  docOf(room: RoomName): Y.Doc | undefined {
    return this.#rooms.get(room)?.doc
  }

  /** The newest log row in the room's document. */
  appliedIn(room: RoomName): number {
    return this.#rooms.get(room)?.applied ?? this.#world.log.head(room)
  }

  /** Names the room's document; another name when it was given up. */
  epochOf(room: RoomName): string {
    return `${this.#world.leader} ${this.#epochs.get(room) ?? 0}`
  }

  get names(): readonly RoomName[] {
    return [...this.#rooms.keys()]
  }

  /** Opens the room once: its document from the log, its socket to the server. */
  open(room: RoomName): Promise<OpenRoom> {
    const known = this.#rooms.get(room)
    if (known) return Promise.resolve(known)
    const opening = this.#opening.get(room)
    if (opening) return opening.done
    const late: LogRow[] = []
    const done = this.#load(room, late).finally(() => this.#opening.delete(room))
    this.#opening.set(room, { done, late })
    return done
  }

  /**
   * REPLICA-3: opens every room in which something waits, also where no page comes back to it: its socket takes it to the server,
   * and calls wait for it. Answers which.
   */
  openWaiting(): RoomName[] {
    const rooms = [...new Set([...this.#world.log.waiting.values()].map(({ room }) => room))]
    for (const room of rooms) void this.open(room)
    return rooms
  }

  /** Closes a room nobody looks at, unless something in it waits for the server or for the tables. Answers whether it is closed. */
  closeIdle(room: RoomName): boolean {
    const { log, positionOf } = this.#world
    if (log.waitsIn(room) || (positionOf(room) ?? 0) !== this.appliedIn(room)) return false
    this.close(room)
    return true
  }

  /** Closes the socket and forgets the document; the log keeps everything. */
  close(room: RoomName): void {
    const open = this.#rooms.get(room)
    this.#rooms.delete(room)
    open?.connection.close()
    open?.doc.destroy()
  }

  /** Takes a tab's change: logged, applied, sent, and forwarded when it is kept. Answers its number; null when the tab's document was given up since. */
  takeLocal({ room, epoch, bytes, touched, isPainted }: Local): number | null {
    // What a tab wrote under an earlier leader is still good.
    if (epoch.startsWith(this.#world.leader) && epoch !== this.epochOf(room)) return null
    const n = this.#world.log.append(room, bytes, touched)
    // Tabs are given it when it is kept: did this leader die before, they would go on showing, and building on, what nobody has.
    // The tab it came from is too: it may have opened the room anew meanwhile.
    void this.#world.log.durable(n).then(() => this.#world.forward(room, n, bytes))
    const open = this.#rooms.get(room)
    if (open) this.#apply(open, n, bytes, isPainted)
    else {
      this.#opening.get(room)?.late.push({ n, room, bytes })
      void this.open(room)
    }
    return n
  }

  /** A tab says where its person is. */
  takeAwareness(tab: string, room: RoomName, update: Uint8Array): void {
    const open = this.#rooms.get(room)
    if (!open) return
    const { awareness } = open.connection
    const note = ({ added, updated }: { added: number[]; updated: number[] }): void => {
      const mine = this.#awareOf.get(tab) ?? new Map<RoomName, Set<number>>()
      this.#awareOf.set(tab, mine.set(room, new Set([...(mine.get(room) ?? []), ...added, ...updated])))
    }
    awareness.on('update', note)
    applyAwarenessUpdate(awareness, update, tab)
    awareness.off('update', note)
  }

  /** What a tab that just opened the room should know of the others in it. */
  awarenessOf(room: RoomName): Uint8Array | null {
    const awareness = this.#rooms.get(room)?.connection.awareness
    const clients = awareness ? [...awareness.getStates().keys()] : []
    return awareness && clients.length > 0 ? encodeAwarenessUpdate(awareness, clients) : null
  }

  /** A tab closed the room, or is gone altogether: nobody should still see its person there. */
  forgetAwareness(tab: string, room?: RoomName): void {
    for (const [name, clients] of this.#awareOf.get(tab) ?? []) {
      if (room !== undefined && name !== room) continue
      const open = this.#rooms.get(name)
      if (open) removeAwarenessStates(open.connection.awareness, [...clients], 'tab gone')
      this.#awareOf.get(tab)?.delete(name)
    }
  }

  /** The disk was emptied: every open room is kept again, and sent where something in it waits. Answers how many changes are gone with rooms that were not open. */
  keepAnew(): number {
    const { log, projector, forward } = this.#world
    const open = [...this.#rooms.values()]
    const documents = open.map(({ name, doc }) => ({ room: name, bytes: Y.encodeStateAsUpdate(doc) }))
    const gone = log.writeAnew(documents)
    for (const [at, room] of open.entries()) {
      const n = log.head(room.name)
      const bytes = documents[at]?.bytes ?? new Uint8Array()
      room.applied = n
      projector.advance(room.name)
      if (!log.waiting.has(n)) continue
      void log.durable(n).then(() => forward(room.name, n, bytes))
      room.connection.carriedNothing(bytes)
    }
    return gone
  }

  /** Tries every socket again: the network is back, or the person signed in. */
  reconnect(fresh = false): void {
    for (const { connection } of this.#rooms.values()) connection.reconnect(fresh)
  }

  /** True while rooms want to be on the server and none has an open socket. */
  get isLost(): boolean {
    const connections = [...this.#rooms.values()].map(({ connection }) => connection)
    return connections.some(({ isWaiting }) => isWaiting) && !connections.some(({ provider }) => provider.wsconnected)
  }

  /** The server can be reached: every room that waits tries now. Sockets that have been opening for longer than so many ms hang. */
  tryNow(hangsAfter: number): void {
    for (const { connection } of this.#rooms.values()) connection.tryNow(hangsAfter)
  }

  /** A room is on the server: the others try now too, and wait no longer after a failure than they did at first. */
  forgetFailures(): void {
    for (const { connection } of this.#rooms.values()) connection.forgetFailures()
  }

  async #load(room: RoomName, late: LogRow[]): Promise<OpenRoom> {
    const { log, projector, positionOf } = this.#world
    const stored = await log.read(room)
    const known = new Set(stored.map((row) => row.n))
    const rows = [...stored, ...late.filter((row) => !known.has(row.n))]
    const note = (collection: string, id: string): void => {
      projector.note(room, collection, id)
      if (collection === 'projects') this.#world.onProjects()
    }
    const position = positionOf(room)
    const { doc, scratch } = buildDocument(room, rows, position, note)
    const applied = rows[rows.length - 1]?.n ?? 0
    const open: OpenRoom = { name: room, doc, applied, connection: this.#connect(room, doc) }
    this.#rooms.set(room, open)
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === open.connection.provider) this.#takeRemote(open, bytes)
    })
    // Where the tables hold nothing either there is nothing to write.
    if (scratch && (rows.length > 0 || position !== undefined)) projector.rebuild(room)
    else if (!scratch && position !== applied) projector.advance(room)
    return open
  }

  #takeRemote(open: OpenRoom, bytes: Uint8Array): void {
    const { log, projector, forward } = this.#world
    open.applied = log.append(open.name, bytes, null)
    projector.advance(open.name, true)
    forward(open.name, open.applied, bytes)
  }

  #apply(open: OpenRoom, n: number, bytes: Uint8Array, isPainted: boolean): void {
    open.applied = n
    let carried = false
    const note = (): void => {
      carried = true
    }
    open.doc.on('update', note)
    Y.applyUpdate(open.doc, bytes, 'tab')
    open.doc.off('update', note)
    if (!carried) open.connection.carriedNothing(bytes)
    this.#world.projector.advance(open.name, !isPainted)
  }

  #connect(room: RoomName, doc: Y.Doc): SyncConnection {
    const { log } = this.#world
    const connection = new SyncConnection({
      sockets: this.#world.sockets,
      room,
      doc,
      last: () => this.appliedIn(room),
      isWaiting: () => log.waitsIn(room),
      waitingUpdate: async () => {
        const rows = (await log.read(room)).filter((row) => log.waiting.has(row.n))
        return rows.length > 0 ? Y.mergeUpdates(rows.map((row) => row.bytes)) : null
      },
      onConfirmed: (upTo) => {
        log.confirm(room, upTo)
        this.#world.onConfirmed(room)
      },
      onRefused: (from, _code, sentence) => this.#giveUp(room, from, sentence),
      onStatus: (status, reason, code) => {
        this.#world.onStatus(room, status, reason, code)
        if (status === 'online') this.#world.askAwareness(room)
      },
      onTrouble: (sentence) => this.#world.onTrouble(room, sentence),
      onComing: (bytes) => this.#world.onComing(room, bytes),
      onSynced: () => this.#world.onSynced(room),
      onAhead: () => this.#world.onAhead(),
      onSetBack: () => void this.#forget(room),
    })
    connection.awareness.on(
      'update',
      ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
        const update = encodeAwarenessUpdate(connection.awareness, [...added, ...updated, ...removed])
        this.#world.forwardAwareness(room, update, typeof origin === 'string' ? origin : null)
      },
    )
    return connection
  }

  /** The server refused our changes: forget them, build the document from the rest, and have the tabs load it anew. */
  #giveUp(room: RoomName, from: number, sentence: string): void {
    const touched = this.#world.log.refuse(room, from)
    this.#giveUpDocument(room)
    void this.#openAnew(room).then(() => this.#world.onRefused(room, sentence, touched))
  }

  /** Nothing that is known of the room counts any more: forget all of it, and ask for what there is. */
  async #forget(room: RoomName): Promise<void> {
    this.#giveUpDocument(room)
    await this.#world.log.forget(room)
    await this.#openAnew(room)
    this.#world.onSetBack(room)
  }

  #giveUpDocument(room: RoomName): void {
    this.#epochs.set(room, (this.#epochs.get(room) ?? 0) + 1)
    this.close(room)
  }

  async #openAnew(room: RoomName): Promise<void> {
    const { applied } = await this.open(room)
    // The newest row may be among those given up: for ever behind it, the tables would seem to lack something.
    this.#world.log.endsAt(room, applied)
    this.#world.projector.rebuild(room)
  }
}
