import type { RoomName } from '#domain/core/rooms.ts'

/** How long a room nobody looks at stays open. */
const GRACE_MS = 60_000
/** How many chats stay open while nobody looks at them. */
const MOST_IDLE_CHATS = 30

/** Which tab uses which room, and which rooms may close. */
export class RoomUse {
  readonly #tabs = new Map<RoomName, Set<string>>()
  readonly #kept = new Set<RoomName>(['team'])
  readonly #timers = new Map<RoomName, ReturnType<typeof setTimeout>>()
  /** Chats nobody looks at, the longest left first. */
  #idleChats: RoomName[] = []
  readonly #close: (room: RoomName) => boolean

  /** `close` closes a room where that may be, and answers whether it did. */
  constructor(close: (room: RoomName) => boolean) {
    this.#close = close
  }

  tabsIn(room: RoomName): ReadonlySet<string> {
    return this.#tabs.get(room) ?? new Set()
  }

  /** Rooms that stay open for good, also where one was about to be closed. */
  keep(room: RoomName): void {
    this.#kept.add(room)
    this.#stay(room)
  }

  enter(tab: string, room: RoomName): void {
    const tabs = this.#tabs.get(room) ?? new Set()
    this.#tabs.set(room, tabs.add(tab))
    this.used(room)
  }

  /** The room is wanted again. */
  used(room: RoomName): void {
    this.#stay(room)
    this.#idleChats = this.#idleChats.filter((chat) => chat !== room)
    if (this.tabsIn(room).size === 0) this.#idle(room)
  }

  leave(tab: string, room: RoomName): void {
    this.#tabs.get(room)?.delete(tab)
    if (this.tabsIn(room).size === 0) this.#idle(room)
  }

  /** A tab died. */
  gone(tab: string): void {
    for (const [room, tabs] of this.#tabs) if (tabs.has(tab)) this.leave(tab, room)
  }

  #stay(room: RoomName): void {
    clearTimeout(this.#timers.get(room))
    this.#timers.delete(room)
  }

  #idle(room: RoomName): void {
    if (this.#kept.has(room)) return
    if (room.startsWith('chat/')) {
      this.#idleChats = [...this.#idleChats.filter((chat) => chat !== room), room]
      const left = this.#idleChats.length > MOST_IDLE_CHATS ? this.#idleChats.shift() : undefined
      if (left) this.#closeNow(left)
    } else this.#closeLater(room)
  }

  #closeLater(room: RoomName): void {
    this.#stay(room)
    this.#timers.set(
      room,
      setTimeout(() => this.#closeNow(room), GRACE_MS),
    )
  }

  /** REPLICA-3: what may not be closed yet, because something in it waits, is tried again: else it stayed open as long as the leader leads. */
  #closeNow(room: RoomName): void {
    this.#timers.delete(room)
    if (!this.#close(room)) this.#closeLater(room)
  }
}
