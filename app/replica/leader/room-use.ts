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
  readonly #close: (room: RoomName) => void

  constructor(close: (room: RoomName) => void) {
    this.#close = close
  }

  tabsIn(room: RoomName): ReadonlySet<string> {
    return this.#tabs.get(room) ?? new Set()
  }

  /** Rooms that stay open for good. */
  keep(room: RoomName): void {
    this.#kept.add(room)
  }

  enter(tab: string, room: RoomName): void {
    const tabs = this.#tabs.get(room) ?? new Set()
    this.#tabs.set(room, tabs.add(tab))
    this.used(room)
  }

  /** The room is wanted again. */
  used(room: RoomName): void {
    clearTimeout(this.#timers.get(room))
    this.#timers.delete(room)
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

  #idle(room: RoomName): void {
    if (this.#kept.has(room)) return
    if (room.startsWith('chat/')) {
      this.#idleChats = [...this.#idleChats.filter((chat) => chat !== room), room]
      const left = this.#idleChats.length > MOST_IDLE_CHATS ? this.#idleChats.shift() : undefined
      if (left) this.#close(left)
      return
    }
    clearTimeout(this.#timers.get(room))
    this.#timers.set(
      room,
      setTimeout(() => this.#close(room), GRACE_MS),
    )
  }
}
