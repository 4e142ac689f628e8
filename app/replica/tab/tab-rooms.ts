import type { RoomName } from '#domain/core/rooms.ts'
import type { Line } from './line.ts'
import { Signal } from './signal.ts'
import { type RoomEvents, TabRoom } from './tab-room.ts'

/** Building a larger document holds up the page for a moment one would notice. */
const LARGE_BYTES = 200_000
/** How long a room stays loaded after the last page left it. */
const GRACE_MS = 30_000

type Held = {
  users: number
  timer: ReturnType<typeof setTimeout> | null
  /** The loaded room; undefined while it loads. Another object when its document was given up. */
  room: Signal<TabRoom | undefined>
  early: { n: number; bytes: Uint8Array }[]
  loading: boolean
  /** Ends the waiting for a free moment: somebody wants to write. */
  hurry: () => void
  isWanted: Promise<void>
}

/** The rooms this tab has loaded, by who needs them. */
export class TabRooms {
  readonly #line: Line
  readonly #events: RoomEvents
  readonly #held = new Map<RoomName, Held>()
  /** Called with a room that was just loaded, for whoever greets in it. */
  onLoaded: (room: TabRoom) => void = () => undefined
  /** Resolves when the page has drawn what it shows and has nothing to do. */
  whenFree: () => Promise<void> = () => Promise.resolve()

  constructor(line: Line, events: RoomEvents) {
    this.#line = line
    this.#events = events
  }

  /** The loaded room, or undefined. */
  get(room: RoomName): TabRoom | undefined {
    return this.#held.get(room)?.room.get()
  }

  /** Keeps the room until the answered function is called; loads it when it is not loaded yet. */
  hold(room: RoomName): { room: Signal<TabRoom | undefined>; leave: () => void } {
    const held = this.#held.get(room) ?? newlyHeld()
    this.#held.set(room, held)
    held.users++
    if (held.timer) clearTimeout(held.timer)
    held.timer = null
    if (!held.room.get() && !held.loading) void this.#load(room, held)
    let isHeld = true
    const leave = (): void => {
      if (!isHeld) return
      isHeld = false
      held.users--
      if (held.users === 0) held.timer = setTimeout(() => this.#drop(room, held), GRACE_MS)
    }
    return { room: held.room, leave }
  }

  /** Resolves with the loaded room, which is loaded at once. */
  async loaded(room: RoomName): Promise<{ room: TabRoom; leave: () => void }> {
    const { room: signal, leave } = this.hold(room)
    this.#held.get(room)?.hurry()
    const found = signal.get() ?? (await next(signal))
    return { room: found, leave }
  }

  /** A change made elsewhere. */
  take(room: RoomName, n: number, bytes: Uint8Array): void {
    const held = this.#held.get(room)
    if (!held) return
    const loaded = held.room.get()
    if (loaded) loaded.take(n, bytes)
    else held.early.push({ n, bytes })
  }

  takeAwareness(room: RoomName, update: Uint8Array): void {
    this.get(room)?.takeAwareness(update)
  }

  /** The document was given up: everything bound to it gets a new one. */
  reload(room: RoomName): void {
    const held = this.#held.get(room)
    const old = held?.room.get()
    if (!held || !old) return
    held.room.set(undefined)
    old.close()
    void this.#load(room, held)
  }

  /** Another leader: it must know what this tab uses, and may know what this tab missed. */
  subscribeAgain(): void {
    for (const [name, held] of this.#held) {
      const loaded = held.room.get()
      if (loaded) void this.#line.ask({ kind: 'open', room: name }).then(({ updates }) => loaded.catchUp(updates))
    }
  }

  get all(): readonly TabRoom[] {
    return [...this.#held.values()].flatMap((held) => held.room.get() ?? [])
  }

  async #load(name: RoomName, held: Held): Promise<void> {
    held.loading = true
    const { updates, epoch } = await this.#line.ask({ kind: 'open', room: name })
    const size = updates.reduce((sum, { length }) => sum + length, 0)
    if (size > LARGE_BYTES) await Promise.race([this.whenFree(), held.isWanted])
    held.loading = false
    if (this.#held.get(name) !== held) return
    const room = new TabRoom(name, epoch, updates, this.#events)
    for (const { n, bytes } of held.early) room.take(n, bytes)
    held.early = []
    this.onLoaded(room)
    held.room.set(room)
  }

  #drop(name: RoomName, held: Held): void {
    this.#held.delete(name)
    held.room.get()?.close()
    void this.#line.ask({ kind: 'close', room: name })
  }
}

function newlyHeld(): Held {
  let hurry: () => void = () => undefined
  const isWanted = new Promise<void>((resolve) => {
    hurry = resolve
  })
  return { users: 0, timer: null, room: new Signal<TabRoom | undefined>(undefined), early: [], loading: false, hurry, isWanted }
}

function next<T>(signal: Signal<T | undefined>): Promise<T> {
  return new Promise((resolve) => {
    const stop = signal.subscribe(() => {
      const value = signal.get()
      if (value === undefined) return
      stop()
      resolve(value)
    })
  })
}
