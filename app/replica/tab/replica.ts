import { v7 as uuid } from 'uuid'
import { idle } from '#app/ui/idle.ts'
import { type Command, runCommand } from '#domain/core/command.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { personRoom, type RoomName } from '#domain/core/rooms.ts'
import type { RoomChanges, RowChange } from '#domain/core/row-change.ts'
import { type TakenBack, takeBack } from '#domain/core/take-back.ts'
import type { UnsentChange } from '#domain/core/unsent-file.ts'
import type { World } from '#domain/core/world.ts'
import { collections } from '#domain/projection/collections.ts'
import { databaseName } from '#domain/projection/database-name.ts'
import { projectRow } from '#domain/projection/project.ts'
import { membersList } from '#domain/team/queries.ts'
import { type FromWorker, type LeaderSetup, type Public, type RowRef, type ToTab, type ToWorker, tabLock } from '../protocol.ts'
import type { Me, Team } from '../shown.ts'
import { Consequences } from './consequences.ts'
import { Line } from './line.ts'
import { type Mark, unplaced } from './list-view.ts'
import { LiveQueries } from './live-queries.ts'
import { OwnSteps } from './own-steps.ts'
import { callByName, greet } from './presence.ts'
import { recallFrom } from './recall.ts'
import { NOT_STARTED, sayUnreadable } from './say-device.ts'
import { SyncState } from './sync-state.ts'
import type { TabRoom } from './tab-room.ts'
import { TabRooms } from './tab-rooms.ts'

/** A remote change of more rows than this waits for the tables: drawing it early would cost more than it wins. */
const MOST_DRAWN = 200
/** A large document is loaded by then, however busy the page is. */
const LATEST_LOAD_MS = 3_000
const IDLE_BY_MS = 500
const READ_ONLY = 'You can look at everything here, but not change it. Ask an admin to make you a member.'

const byName = new Map(collections.map((collection) => [collection.name, collection]))

/** This tab's replica: documents to write to, queries to read from, and what is saved where. */
export class Replica {
  readonly queries: LiveQueries
  readonly rooms: TabRooms
  readonly sync = new SyncState()
  readonly consequences: Consequences
  /** What this person did in this tab, for undo and redo. */
  readonly steps: OwnSteps
  readonly #line: Line
  readonly #tell: (sentence: string) => void
  #me: Me
  /** What is written now is told when it is painted. */
  #isPictureFirst = false

  /** `version` names what this page speaks with whoever leads, and the tables it asks of. */
  constructor(database: string, version: string, me: Me, tell: (sentence: string) => void) {
    const tab = uuid()
    this.#me = me
    this.#tell = tell
    this.#line = new Line(database, tab, version)
    const recall = recallFrom(database, version)
    this.queries = new LiveQueries(
      (question) => this.#line.ask({ kind: 'query', ...question }),
      recall,
      (cause) => this.sync.setUnreadable(cause && sayUnreadable(cause)),
    )
    this.rooms = new TabRooms(this.#line, {
      onLocal: (room, bytes, touched) => this.#wrote(room, bytes, touched),
      onRemote: (room, n, touched) => {
        if (touched.length <= MOST_DRAWN) this.#draw(room, touched, { n })
      },
      onAwareness: (room, update) => this.#line.tellAwareness(room.name, update),
    })
    this.steps = new OwnSteps({
      hold: (name) => {
        const { room, leave } = this.rooms.hold(name)
        const loaded = room.get()
        if (!loaded) leave()
        return loaded && { room: loaded, leave }
      },
      takeBack: (given, done) => this.#takeBack(given, done),
    })
    this.rooms.whenFree = () => Promise.race([this.queries.answered().then(() => idle(IDLE_BY_MS)), soon(LATEST_LOAD_MS)])
    const members = this.queries.watch(membersList())
    const callAll = (room: TabRoom): number[] => callByName(room.awareness, members.get() ?? [])
    this.rooms.onLoaded = (room) => {
      greet(room.awareness, this.#me)
      // The first to hear, so that nobody is drawn under another name.
      room.awareness.on('change', () => callAll(room))
    }
    members.subscribe(() => {
      for (const room of this.rooms.all) {
        const updated = callAll(room)
        if (updated.length > 0) room.awareness.emit('change', [{ added: [], updated, removed: [] }, 'names'])
      }
    })
    this.consequences = new Consequences(this.#line)
    this.#line.onPublic = (message) => this.#hear(message)
    this.#line.onPrivate = (message) => this.#receive(message)
    this.#line.onLeader = () => this.#meetLeader()
    holdLock(tabLock(tab), () => this.#line.start())
  }

  /** Called when whoever leads has answered nothing for seconds, though asked. */
  set onLeaderSilent(act: () => void) {
    this.#line.onSilent = act
  }

  /** Called when this page, just opened, finds that an older version leads. */
  set onOlderLeader(act: () => void) {
    this.#line.onOlderLeader = act
  }

  /** The person's name or role changed. */
  setMe(me: Me): void {
    this.#me = me
    for (const room of this.rooms.all) greet(room.awareness, me)
  }

  /** Viewers look, but in their own room; records are written by the server alone. */
  canWrite(room: RoomName): boolean {
    if (room.startsWith('person/')) return room === personRoom(this.#me.id)
    return this.#me.role !== 'viewer' && !room.startsWith('record/')
  }

  /** Runs a command: in this very call when its rooms are loaded, else when they are. `isPictureFirst`: nobody is told what it writes before it is painted here. */
  run<I, T>(command: Command<I, T>, input: unknown, isPictureFirst = false): Promise<Answer<T>> {
    const parsed = command.input.safeParse(input)
    const names = parsed.success ? command.rooms(parsed.data) : []
    if (!names.every((room) => this.canWrite(room))) return Promise.resolve(refuse('read-only', READ_ONLY))
    const loaded = names.map((room) => this.rooms.get(room))
    if (loaded.every((room) => room !== undefined)) {
      this.#isPictureFirst = isPictureFirst
      try {
        return Promise.resolve(this.#runOn(command, loaded, input))
      } finally {
        this.#isPictureFirst = false
      }
    }
    return this.#runLater(command, names, input)
  }

  /** This tab's own thread could not be loaded: nobody may ever answer. */
  notStarted(): void {
    this.sync.setUnreadable(NOT_STARTED)
  }

  /** Connects again, for instance after a sign-in. */
  reconnect(): void {
    void this.#line.ask({ kind: 'connect' })
  }

  /** Every change of this device that the server has not acknowledged. */
  unsent(): Promise<readonly UnsentChange[]> {
    return this.#line.ask({ kind: 'unsent' })
  }

  /** Takes changes from another device, or from before this one was cleared, as if they were made now. Resolves when they are kept. */
  async bringBack(changes: readonly UnsentChange[]): Promise<Answer<undefined>> {
    if (!changes.every(({ room }) => this.canWrite(room))) return refuse('read-only', READ_ONLY)
    await this.#line.ask({ kind: 'bring-back', changes })
    return accept()
  }

  async #runLater<I, T>(command: Command<I, T>, names: readonly RoomName[], input: unknown): Promise<Answer<T>> {
    const held = await Promise.all(names.map((room) => this.rooms.loaded(room)))
    try {
      return this.#runOn(
        command,
        held.map(({ room }) => room),
        input,
      )
    } finally {
      for (const { leave } of held) leave()
    }
  }

  #takeBack(given: TakenBack, done: (changes: RoomChanges[]) => void): Answer<RowChange[]> {
    if (!given.step.every(({ room }) => this.canWrite(room))) return refuse('read-only', READ_ONLY)
    return this.#runOn(
      takeBack,
      given.step.flatMap(({ room }) => this.rooms.get(room) ?? []),
      given,
      done,
    )
  }

  #runOn<I, T>(
    command: Command<I, T>,
    rooms: readonly TabRoom[],
    input: unknown,
    done: (changes: RoomChanges[]) => void = (changes) => this.steps.did(changes),
  ): Answer<T> {
    const docs = new Map(rooms.map((room) => [room.name, room.doc]))
    const world: World = { now: Date.now(), actor: this.#me.id, newId: () => uuid(), random: Math.random }
    const docOf = (name: RoomName) => {
      const doc = docs.get(name)
      if (!doc) throw new Error(`${command.name} did not name the room ${name}`)
      return doc
    }
    return runCommand(command, docOf, world, input, done)
  }

  #wrote(room: TabRoom, bytes: Uint8Array, touched: readonly RowRef[]): void {
    const kept = this.sync.wrote(touched)
    const mark = unplaced()
    // Else told before it is drawn: whoever leads keeps it, and sends it, in a thread of its own meanwhile.
    const isPainted = this.#isPictureFirst
    void this.#line.ask({ kind: 'update', room: room.name, epoch: room.epoch, bytes, touched, isPainted }).then(({ n }) => {
      if (n !== null) mark.n = n
      kept()
    })
    this.#draw(room, touched, mark)
  }

  #draw(room: TabRoom, touched: readonly RowRef[], mark: Mark): void {
    const seen = new Set<string>()
    for (const [name, id] of touched) {
      const collection = byName.get(name)
      if (!collection || seen.has(`${name} ${id}`)) continue
      seen.add(`${name} ${id}`)
      this.queries.draw(room.name, name, id, projectRow(room.doc, collection, id), mark)
    }
    this.queries.show()
  }

  #meetLeader(): void {
    this.sync.setOutdated(this.#line.isOther)
    void this.#line.ask({ kind: 'greet' }).then(({ waiting, status, outbox }) => {
      this.sync.reset(waiting)
      this.sync.setStatus(status)
      this.consequences.show(outbox)
    })
    this.rooms.subscribeAgain()
    this.consequences.handOver()
    this.queries.refetchAll()
  }

  #hear(message: Public): void {
    if (message.kind === 'projected') this.queries.changed(message.changed)
    else if (message.kind === 'waiting') this.sync.changeWaiting(message.added, message.gone)
    else if (message.kind === 'status') this.sync.setStatus(message.status)
    else if (message.kind === 'outbox') this.consequences.show(message.items)
    else if (message.kind === 'answered') this.consequences.answered(message.id, message.answer)
    else if (message.kind === 'notice') this.#tell(message.sentence)
    else if (message.kind === 'reload') this.#reload(message.room)
  }

  #receive(message: Exclude<ToTab, { kind: 'told' | 'welcome' }>): void {
    if (message.kind === 'update') this.rooms.take(message.room, message.n, message.bytes)
    else if (message.kind === 'awareness') this.rooms.takeAwareness(message.room, message.update)
    else {
      const awareness = this.rooms.get(message.room)?.awareness
      // Saying it again raises its clock, so that those who dropped it take it.
      awareness?.setLocalState(awareness.getLocalState())
    }
  }

  #reload(room: RoomName): void {
    this.queries.forget(room)
    this.rooms.reload(room)
  }
}

/** Names everything this member keeps in this browser. */
export const replicaName = (team: Team, me: Me): string => `${team.id}-${me.id}`

/** Names what this version keeps in its tables, and how its tabs and its leader speak. */
export const talkedVersion = (): string => databaseName(__PGLITE_VERSION__)

/**
 * Starts this tab's worker; it leads now or when those before it are gone. `marked`: what this browser is known to have kept.
 * Answers how to have it lead at once. `onNotStarted`: the thread itself could not be loaded.
 */
export function startWorker(
  { database, memberId, origin, marked }: Pick<LeaderSetup, 'database' | 'memberId' | 'marked'> & { origin: string },
  onNotStarted: () => void,
): () => void {
  const version = talkedVersion()
  const sockets = `${origin.replace(/^http/, 'ws')}/sync`
  const setup: LeaderSetup = { database, memberId, sockets, api: `${origin}/trpc`, prebuilt: `/pglite/${version}.data`, version, marked }
  let worker = begin()
  return () => tell(worker, { kind: 'take-over' })

  function begin(): Worker {
    const begun = new Worker(new URL('../replica.worker.ts', import.meta.url), { type: 'module', name: 'replica' })
    tell(begun, { kind: 'start', setup })
    // Its script could not be had. An error of the script itself has words, and goes to the console.
    begun.onerror = ({ message }) => {
      if (!message) onNotStarted()
    }
    // Another tab's worker took the lead from it: the next one waits for its turn again.
    begun.onmessage = (_robbed: MessageEvent<FromWorker>) => {
      worker = begin()
    }
    return begun
  }
}

const tell = (worker: Worker, message: ToWorker): void => worker.postMessage(message)

const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Holds a lock as long as this page lives: its end is how the leader learns that the page is gone. */
function holdLock(name: string, held: () => void): void {
  if (!navigator.locks) {
    held()
    return
  }
  void navigator.locks.request(name, () => {
    held()
    return new Promise<never>(() => undefined)
  })
}
