import type { Collection, RowOf } from '#domain/core/collection.ts'
import { type Command, refuseInput } from '#domain/core/command.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Entry } from '#server/journal/insert.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Guard } from '#server/journal/writer.ts'
import type { Room } from '#server/rooms/room.ts'
import type { Rooms } from '#server/rooms/rooms.ts'
import type { Thread } from '#server/threads/thread.ts'
import { serverCommands } from './commands.ts'
import type { Judged } from './judge-values.ts'
import type { Locks } from './locks.ts'
import type { CommandCall, DocumentRequest, EditAnswer, Feed } from './materialised.ts'
import type { WholeRoom } from './whole-room.ts'

export type DocumentThread = Thread<DocumentRequest, unknown>

/** A request without its feeds: those are added on the way. */
type Bare = DocumentRequest extends infer R ? (R extends DocumentRequest ? Omit<R, 'feeds' | 'forget'> : never) : never

/** One command to run with its input, in somebody's name. */
export function call<I, T>(command: Command<I, T>, input: NoInfer<I>, actor: string): CommandCall {
  return { command: command.name, input, actor }
}

/** The same, but a refusal of this one does not stop the others. */
export function optional(given: CommandCall): CommandCall {
  return { ...given, optional: true }
}

/** Refused by the guard of an edit: what it was to be stored with no longer holds. */
export const GUARD_FAILED = 'guard-failed'

/**
 * The documents as the server itself reads and writes them. They live in a worker thread and are built only when asked
 * for; an edit goes through the same journal and the same fan-out as everybody's.
 */
export class Documents {
  readonly #thread: DocumentThread
  readonly #rooms: Rooms
  readonly #journal: Journal
  readonly #locks: Locks
  readonly #catchUp: () => Promise<void>
  /** Which start of the thread knows a room's document. */
  readonly #known = new WeakMap<Room, number>()
  #forget: string[] = []

  /** `catchUp`: after it the open rooms hold whatever any server on this database had acknowledged before. */
  constructor(thread: DocumentThread, rooms: Rooms, journal: Journal, locks: Locks, catchUp: () => Promise<void>) {
    this.#thread = thread
    this.#locks = locks
    this.#catchUp = catchUp
    this.#rooms = rooms
    this.#journal = journal
    rooms.onForget = (room) => {
      if (room.unfed) this.#forget.push(room.name)
    }
  }

  /** What somebody with this state vector lacks of a room. */
  async diff(room: Room, vector: Uint8Array): Promise<Uint8Array> {
    return (await this.#ask([room], { kind: 'diff', room: room.name, vector })) as Uint8Array
  }

  /** Whether a room's document can be read with this update. */
  async bears(room: Room, update: Uint8Array): Promise<boolean> {
    return (await this.#ask([room], { kind: 'bears', room: room.name, update })) as boolean
  }

  /** Whether the schemas of a room's fields take what an update writes into them. */
  async judge(room: Room, update: Uint8Array): Promise<Judged> {
    return (await this.#ask([room], { kind: 'judge', room: room.name, update })) as Judged
  }

  /** Rows of a collection in a room: those with these ids, or all whose fields equal some values. */
  async rows<C extends Collection>(
    name: string,
    collection: C,
    which: { ids?: string[]; where?: Partial<RowOf<C>> } = {},
  ): Promise<RowOf<C>[]> {
    const { ids = null, where = null } = which
    return (await this.#asked(name, { kind: 'rows', room: name, collection: collection.name, ids, where })) as RowOf<C>[]
  }

  /** One row, or undefined. */
  async row<C extends Collection>(name: string, collection: C, id: string): Promise<RowOf<C> | undefined> {
    return (await this.rows(name, collection, { ids: [id] }))[0]
  }

  /** A room whole, as one update and as rows. */
  async whole(name: string): Promise<WholeRoom> {
    return (await this.#asked(name, { kind: 'whole', room: name })) as WholeRoom
  }

  /** All a row holds, undeclared fields too, as JSON; null where there is none. */
  async raw(name: string, collection: Collection, id: string): Promise<Record<string, unknown> | null> {
    return (await this.#asked(name, { kind: 'raw', room: name, collection: collection.name, id })) as Record<string, unknown> | null
  }

  /** True for an update that could be the whole of a room. */
  async isWhole(name: string, update: Uint8Array): Promise<boolean> {
    return (await this.#ask([], { kind: 'check', room: name, update })) as boolean
  }

  /**
   * Runs commands one after the other, stores what they wrote in one transaction (with what `guard` writes, if it
   * holds, and with the updates of `also`, whole documents of other rooms), and shows it to everybody. All of it or nothing.
   * Answers each command's value once it is durable.
   */
  async edit(calls: readonly CommandCall[], guard?: Guard, also: readonly Entry[] = []): Promise<Answer<unknown[]>> {
    const called = roomsOf(calls)
    if (!called.ok) return called
    const names = [...new Set([...called.value, ...also.map(({ room }) => room)])].sort()
    return await this.#holding(names, (rooms) =>
      this.#locks.holding(names, async () => {
        await this.#catchUp()
        return await this.#edit(rooms, called.value, calls, guard, also)
      }),
    )
  }

  async #edit(
    held: readonly Room[],
    called: readonly string[],
    calls: readonly CommandCall[],
    guard: Guard | undefined,
    also: readonly Entry[],
  ): Promise<Answer<unknown[]>> {
    const rooms = held.filter(({ name }) => called.includes(name))
    const asUnknown = (): void => {
      for (const room of rooms) this.#known.delete(room)
    }
    const answer = (await this.#ask(rooms, { kind: 'edit', calls: [...calls], now: Date.now() })) as EditAnswer
    if (!answer.ok) {
      asUnknown()
      return answer.refusal
    }
    try {
      const entries: Entry[] = answer.updates.map((update, at) => ({
        ...update,
        author: calls[at]?.actor ?? calls[0]?.actor ?? 'system',
      }))
      entries.push(...also)
      const seqs = await this.#journal.commit(entries, guard)
      if (!seqs) {
        asUnknown()
        return refuse(GUARD_FAILED, 'Somebody else was quicker. Look again and try once more.')
      }
      for (const [at, { room, ...update }] of entries.entries()) {
        const isOurs = at < answer.updates.length
        held.find((open) => open.name === room)?.adopt({ ...update, seq: seqs[at] ?? 0 }, isOurs)
      }
      // What no command of ours wrote the thread has not seen.
      for (const room of held) if (!called.includes(room.name)) this.#known.delete(room)
      return accept(answer.values)
    } catch (thrown) {
      asUnknown()
      throw thrown
    }
  }

  /** Asks about one room, when it holds what any server had acknowledged before. */
  async #asked(name: string, request: Bare): Promise<unknown> {
    return await this.#holding([name], async (rooms) => {
      await this.#catchUp()
      return await this.#ask(rooms, request)
    })
  }

  async #holding<T>(names: readonly string[], work: (rooms: Room[]) => Promise<T>): Promise<T> {
    const rooms: Room[] = []
    try {
      for (const name of names) rooms.push(await this.#rooms.hold(name))
      return await work(rooms)
    } finally {
      for (const room of rooms) this.#rooms.release(room)
    }
  }

  async #ask(rooms: readonly Room[], request: Bare): Promise<unknown> {
    this.#thread.start()
    const feeds = rooms.map((room) => this.#feedOf(room))
    const open = new Set(rooms.map((room) => room.name))
    const forget = this.#forget.filter((name) => !open.has(name))
    this.#forget = []
    try {
      return await this.#thread.ask({ ...request, feeds, forget } as DocumentRequest)
    } catch (thrown) {
      for (const room of rooms) this.#known.delete(room)
      throw thrown
    }
  }

  /** What the thread has not seen of a room: everything, or what came since. */
  #feedOf(room: Room): Feed {
    const fresh = this.#known.get(room) !== this.#thread.generation || !room.unfed
    const updates = fresh ? room.parts().map(({ bytes }) => bytes) : (room.unfed ?? [])
    room.unfed = []
    this.#known.set(room, this.#thread.generation)
    return { room: room.name, updates, fresh }
  }
}

function roomsOf(calls: readonly CommandCall[]): Answer<string[]> {
  const names = new Set<string>()
  for (const { command: name, input } of calls) {
    const command = serverCommands[name]
    if (!command) throw new Error(`the server knows no command ${name}`)
    const parsed = command.input.safeParse(input)
    if (!parsed.success) return refuseInput(parsed.error)
    for (const room of command.rooms(parsed.data)) names.add(room)
  }
  return accept([...names].sort())
}
