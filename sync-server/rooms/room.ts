import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { CLOSE } from '#domain/core/wire.ts'
import type { Placed } from '#server/documents/judge-values.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Durable, Snapshot, Stored } from '#server/journal/load.ts'
import type { Connection } from './connection.ts'
import { FieldMemory, type Place } from './field-memory.ts'
import { awarenessFrame, EMPTY_UPDATE, step1Frame, step2Head, updateFrame, updateHead } from './frames.ts'
import { IdOwners, type Others, THE_SERVER } from './id-owners.ts'
import { LARGE_UPDATE } from './large-updates.ts'
import { COME_AGAIN, type Denied, FOREIGN_ID } from './permission-denied.ts'
import { type Entry, Presence, readAwareness, signed, writeAwareness } from './presence.ts'
import { rangesBeside, rangesOf } from './ranges.ts'
import { type InTwo, socketFrame } from './socket-frame.ts'
import { rangesOfVector, StateVector } from './state-vector.ts'
import { type Range, readUpdateShape, type UpdateShape } from './update-frame.ts'
import { boundsIn } from './value-bounds.ts'

/** An update or a snapshot in memory; 0 while it is on its way to the disk. */
type Held = Stored
type Contents = { snapshot: Snapshot | null; tail: Durable[] }

/** An update from a client, with what was read of it; `learned`: what may stand where its values stand. */
export type Taken = { update: Uint8Array; shape: UpdateShape; message: Uint8Array | null; learned?: readonly Place[] }

/** How many carets one connection may move: a plain client its own, a worker those of its browser's tabs. */
const IDS_OF_PLAIN = 1
const IDS_OF_WORKER = 64
const IDS_OF_ELSEWHERE = 1_000
const MOST_GAPS = 50
const REMEMBERED_ANSWERS = 200

/** Somebody who is in this room at another instance. */
type Elsewhere = { instance: number; identity: { memberId: string } }
type Present = Connection | Elsewhere

const isElsewhere = (owner: Present): owner is Elsewhere => 'instance' in owner
/** Who comes from another instance, or went there, is the same person with the same caret. */
const follows = (owner: Present, before: Present): boolean =>
  isElsewhere(owner) !== isElsewhere(before) && owner.identity.memberId === before.identity.memberId

/**
 * One open room: the bytes it is made of, who listens, and who is where. Updates pass as they came: their structure is
 * checked, they are forwarded at once and settled when the journal has them. No document is built here.
 */
export class Room {
  readonly name: string
  readonly connections = new Set<Connection>()
  /** What is known of the other instances. */
  others: () => Others = () => 'none'
  /** Told where somebody here is, for the other instances. */
  onPresence: (entries: readonly Entry[], memberId: string) => void = () => undefined
  readonly #presence = new Presence<Present>(follows)
  readonly #elsewhere = new Map<string, Elsewhere>()
  /** Whose the client ids of this room are. */
  readonly owners: IdOwners
  /** How far what is on the disk reaches: all that anybody is told to be here. */
  readonly stored = new StateVector()
  /** How far what was taken in reaches; some of it may be on its way to the disk. */
  #taken = new StateVector()
  /** Updates somebody who keeps a document elsewhere has not seen yet; undefined while nobody does. */
  unfed: Uint8Array[] | undefined
  tailBytes = 0
  lastUsed = Date.now()
  /** When somebody last wrote here. */
  lastChange = 0
  lastJoin = 0
  holds = 0
  #base: Held | null
  #tail: Held[]
  /** What need not be taken over from other instances: it is here, or in the snapshot since a moment ago. */
  #followed: Set<number>
  readonly #journal: Journal
  readonly #answers = new Map<string, true>()
  readonly #fields: FieldMemory

  constructor(name: string, loaded: Contents, journal: Journal, owners = new IdOwners()) {
    this.name = name
    this.#fields = new FieldMemory(boundsIn(name))
    this.owners = owners
    this.#journal = journal
    this.#base = loaded.snapshot
    this.#tail = loaded.tail
    this.#followed = this.storedSeqs
    const { snapshot, tail } = loaded
    // A snapshot is long to read; it mostly comes with what it would say.
    if (snapshot) this.#reach(snapshot.vector ? rangesOfVector(snapshot.vector) : rangesOf(snapshot))
    for (const update of tail) this.#reach(rangesOf(update))
    this.tailBytes = loaded.tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** So far reaches what is on the disk. */
  #reach(ranges: readonly Range[]): void {
    for (const reach of [this.stored, this.#taken]) reach.add(ranges)
  }

  /** Everything the room is, oldest first. */
  parts(): Held[] {
    return this.#base ? [this.#base, ...this.#tail] : this.#tail
  }

  get tailLength(): number {
    return this.#tail.length
  }

  get baseBytes(): number {
    return this.#base?.bytes.length ?? 0
  }

  /** True for an update that leaves a gap in what is here, or reaches into what waits behind one: only a document tells what comes of it. */
  isTornBy({ ranges }: UpdateShape): boolean {
    return this.#taken.isTornBy(ranges)
  }

  /** True when more would wait behind gaps than ever did by accident. Each document looks through all of it at every change. */
  isFullOfGaps({ ranges }: UpdateShape): boolean {
    return this.#taken.waitingWith(ranges) > MOST_GAPS
  }

  /**
   * What there is to learn from an update whose values are right for sure, when it is taken; null: the schemas have to be asked. What is here
   * already was judged before.
   */
  judge({ ranges, values }: UpdateShape): Place[] | null {
    if (values?.length === 0 || this.#taken.covers(ranges)) return []
    return values && this.#fields.judge(values)
  }

  /** Keeps in mind where some values stand. */
  learn(values: readonly Placed[]): void {
    this.#fields.learn(
      values,
      values.map(({ collection, field }) => this.#fields.place(collection, field)),
    )
  }

  /**
   * An update without what the log has of it already, where it begins in the middle of that. A part that says otherwise than
   * what is here would be read in different ways, or break documents. Null where it is too large to be cut by the way.
   */
  cutOff(taken: Taken): Taken | null {
    const { update, shape } = taken
    if (!this.#taken.isCutBy(shape.ranges)) return taken
    if (update.length > LARGE_UPDATE) return null
    const rest = Y.diffUpdate(update, this.#taken.encode(shape.ranges))
    return { update: rest, shape: readUpdateShape(rest), message: taken.message && updateFrame(rest) }
  }

  /**
   * Takes an update from a client: forwards it and calls `stored` when it is durable, or answers why it is not taken. What
   * the log already holds is neither forwarded nor stored again, but is answered in its turn. `message` is the frame it
   * came in, where that can go out as it is.
   */
  take({ update, shape, message, learned }: Taken, from: Connection, stored: () => void, failed: (reason: unknown) => void): Denied | null {
    if (this.#isKnown(shape, update, message === null)) {
      this.#journal.commit([]).then(stored, failed)
      return null
    }
    const { memberId } = from.identity
    const owner = this.owners.otherThan(memberId, shape.ranges, this.#taken)
    if (owner) {
      // Who is here and has told all he has wrote no more. While nothing can be stored here, nor can it elsewhere.
      const hasTold = this.#writesHere(owner)?.hasAnswered ?? false
      const others = this.others() === 'known' && !this.#journal.health.ok ? 'unknown' : this.others()
      return !hasTold && this.owners.mayBeFree(memberId, owner, others, Date.now()) ? COME_AGAIN : FOREIGN_ID
    }
    if (message) this.#noteOwner(shape, from)
    if (learned && shape.values) this.#fields.learn(shape.values, learned)
    this.#toAll(message ?? updateFrame(update), from, from.isQuiet)
    const held = this.#hold(update, shape.ranges)
    this.unfed?.push(update)
    const entry = { room: this.name, bytes: update, author: memberId, ranges: rangesBeside(update, shape.ranges) }
    this.#journal.add(
      entry,
      (seq) => {
        held.seq = seq
        this.stored.add(shape.ranges)
        stored()
      },
      (reason) => {
        this.#giveUp(held)
        this.owners.free(shape.ranges)
        failed(reason)
      },
    )
    return null
  }

  /** Where an owner is here with his id; null: he is not. */
  #writesHere({ client, memberId }: { client: number; memberId: string }): Connection | null {
    const at = this.#presence.ownerOf(client)
    return at === undefined || isElsewhere(at) || at.identity.memberId !== memberId ? null : at
  }

  /**
   * Whoever shows an id as present here and goes on with it where the log ends writes with it. An answer to our question, or what
   * was brought from a file, may hold anybody's.
   */
  #noteOwner({ ranges }: UpdateShape, from: Connection): void {
    for (const { client, start } of ranges) {
      if (this.owners.has(client) || start > this.#taken.of(client) || this.#presence.ownerOf(client) !== from) continue
      this.owners.note(client, from.identity.memberId)
    }
  }

  /** An update the database refused is not here: when it comes again it is stored like a new one, not answered as known. */
  #giveUp(refused: Held): void {
    this.#tail = this.#tail.filter((held) => held !== refused)
    this.tailBytes -= refused.bytes.length
    this.#answers.clear()
    this.#taken = new StateVector()
    this.#taken.addEncoded(this.stored.encode())
    for (const { seq, bytes } of this.#tail) if (seq === 0) this.#taken.add(readUpdateShape(bytes).ranges)
  }

  /** Takes over what another instance has stored, once, and forwards it. */
  follow(update: Durable): void {
    if (this.#followed.has(update.seq)) return
    this.#followed.add(update.seq)
    this.unfed?.push(update.bytes)
    this.adopt(update)
  }

  /** Keeps an update that is durable already (it was stored together with something else), and forwards it. `isOurs`: the server wrote it. */
  adopt(update: Durable, isOurs = false): void {
    const ranges = rangesOf(update)
    if (isOurs) for (const { client } of ranges) this.owners.note(client, THE_SERVER)
    this.#hold(update.bytes, ranges).seq = update.seq
    this.stored.add(ranges)
    this.forward(update.bytes, null)
  }

  #hold(update: Uint8Array, ranges: readonly Range[]): Held {
    const held = { seq: 0, bytes: update }
    this.#tail.push(held)
    this.tailBytes += update.length
    this.lastChange = Date.now()
    this.#taken.add(ranges)
    return held
  }

  /** An answer to our question repeats all deletions a client knows of; the same answer twice is stored once. */
  #isKnown(shape: UpdateShape, update: Uint8Array, isAnswer: boolean): boolean {
    if (shape.isEmpty) return true
    if (!this.#taken.covers(shape.ranges)) return false
    if (!shape.deletes) return true
    if (!isAnswer) return false
    const hash = createHash('sha256').update(update).digest('base64')
    const known = this.#answers.has(hash)
    this.#answers.set(hash, true)
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= REMEMBERED_ANSWERS) break
      this.#answers.delete(oldest)
    }
    return known
  }

  /** Sends an update to everybody here but the one it came from. */
  forward(update: Uint8Array, from: Connection | null): void {
    this.#toAll(updateFrame(update), from)
  }

  #toAll(message: Uint8Array, except: Connection | null, atOnce = false): void {
    if (this.connections.size === 0) return
    const frame = socketFrame(message)
    for (const connection of this.connections) {
      if (connection === except) continue
      if (atOnce) connection.sendAlone(frame)
      else connection.sendFramed(frame)
    }
  }

  /**
   * Lets a connection in: asks it for what is not on the disk yet (where it may write) and shows it who is here. Whoever is not
   * asked for an edit may believe it safe.
   */
  join(connection: Connection): void {
    this.connections.add(connection)
    this.lastJoin = Date.now()
    if (connection.canWrite) connection.send(step1Frame(this.stored.encode()))
    this.showPresence(connection)
  }

  /** Shows a connection who is here. */
  showPresence(connection: Connection): void {
    const present = this.#presence.all()
    if (present.length) connection.send(awarenessFrame(writeAwareness(present)))
  }

  /** Answers somebody who has nothing: the snapshot and what came after, as stored. The last part says: that was all. */
  sendAll(connection: Connection): void {
    const parts = this.parts()
    const last = parts.at(-1)
    connection.allow(this.baseBytes + this.tailBytes)
    const rest = last?.bytes ?? EMPTY_UPDATE
    connection.sendMany([
      ...parts.slice(0, -1).map(({ bytes }): InTwo => [updateHead(bytes.length), bytes]),
      [step2Head(rest.length), rest],
    ])
  }

  /** Passes on where somebody is. Everybody hears it, the speaker too: plain clients take it as a sign of life. */
  announce(connection: Connection, update: Uint8Array): void {
    const most = connection.wantsAcks ? IDS_OF_WORKER : IDS_OF_PLAIN
    const said = readAwareness(update).flatMap((entry) => signed(entry, connection.identity) ?? [])
    const heard = this.#presence.take(connection, said, most)
    // An id nothing is known of is in use too; but first it is told here what was written with it.
    if (connection.hasAnswered) {
      for (const { client, state } of heard)
        if (state !== 'null' && this.#taken.of(client) === 0) this.owners.note(client, connection.identity.memberId)
    }
    this.#show(heard)
    if (heard.length) this.onPresence(heard, connection.identity.memberId)
  }

  /** The same of somebody at another instance. */
  hear(instance: number, entry: Entry, memberId: string): void {
    const key = `${instance} ${memberId}`
    const owner = this.#elsewhere.get(key) ?? { instance, identity: { memberId } }
    this.#elsewhere.set(key, owner)
    if (entry.state !== 'null') this.owners.note(entry.client, memberId, instance)
    this.#show(this.#presence.take(owner, [entry], IDS_OF_ELSEWHERE))
    if (entry.state === 'null') this.#presence.forget(owner, entry.client)
  }

  /** Who is here on connections of this instance. */
  whoIsHere(): (Entry & { memberId: string })[] {
    return this.#presence
      .all()
      .filter(({ owner }) => !isElsewhere(owner))
      .map(({ owner, ...entry }) => ({ ...entry, memberId: owner.identity.memberId }))
  }

  /** Forgets everybody who was here at another instance. */
  forgetInstance(instance: number): void {
    this.owners.freeInstance(instance, (owner) => this.#writesHere(owner) !== null)
    for (const [key, owner] of this.#elsewhere) {
      if (owner.instance !== instance) continue
      this.#elsewhere.delete(key)
      this.#show(this.#presence.leave(owner))
    }
  }

  #show(entries: readonly Entry[]): void {
    if (entries.length) this.#toAll(awarenessFrame(writeAwareness(entries)), null)
  }

  /** Forgets a connection and tells the others that its carets are gone. */
  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return
    this.lastUsed = Date.now()
    const gone = this.#presence.leave(connection)
    this.#show(gone)
    if (gone.length) this.onPresence(gone, connection.identity.memberId)
  }

  /** The numbers of the stored updates held here beside the snapshot. */
  get storedSeqs(): Set<number> {
    return new Set(this.#tail.flatMap(({ seq }) => (seq > 0 ? [seq] : [])))
  }

  get baseSeq(): number | null {
    return this.#base?.seq ?? null
  }

  /**
   * Takes over what another instance made of the room. Whatever was held and stored before it was read (`held`) and is no longer
   * beside the snapshot is in it.
   */
  rebase({ snapshot, tail }: Contents, held: ReadonlySet<number>): void {
    const left = new Set(tail.map(({ seq }) => seq))
    if (snapshot) this.replaceMerged(snapshot, new Set([...held].filter((seq) => !left.has(seq))))
    for (const seq of this.storedSeqs) this.#followed.add(seq)
    for (const update of tail) this.follow(update)
  }

  /** Puts a new snapshot in the place of the updates merged into it. */
  replaceMerged(snapshot: Held, merged: ReadonlySet<number>): void {
    this.#base = snapshot
    this.#tail = this.#tail.filter(({ seq }) => !merged.has(seq))
    this.#followed = new Set([...merged, ...this.storedSeqs])
    this.tailBytes = this.#tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Closes every socket here. */
  closeAll(code: number = CLOSE.shuttingDown, reason = 'The server is restarting. Connect again in a moment.'): void {
    for (const connection of this.connections) connection.close(code, reason)
  }

  /** True when nothing would be lost by forgetting the room: nobody is here and all of it is stored. */
  get isIdle(): boolean {
    return this.connections.size === 0 && this.holds === 0 && this.#tail.every(({ seq }) => seq > 0)
  }
}
