import type { RoomName } from '#domain/core/rooms.ts'

/** How long a page that has nothing of a room waits for the server before it says that there is nothing. */
const PATIENCE_MS = 3_000

type Door = { isOpen: Promise<void>; open: () => void }

/** Waits, room by room, until the server has sent what it has or is known to be away. */
export class FirstSync {
  readonly #doors = new Map<RoomName, Door>()

  /** Resolves when the room was synced once, when its server cannot be had, or when patience ends. */
  of(room: RoomName): Promise<void> {
    return this.#door(room).isOpen
  }

  /** The room is to be synced once more. */
  again(room: RoomName): void {
    this.#doors.delete(room)
  }

  /** The room is synced, or will not be for now. */
  done(room: RoomName): void {
    this.#door(room).open()
  }

  #door(room: RoomName): Door {
    const known = this.#doors.get(room)
    if (known) return known
    let open: () => void = () => undefined
    const isOpen = new Promise<void>((resolve) => {
      open = resolve
      setTimeout(resolve, PATIENCE_MS)
    })
    const door = { isOpen, open }
    this.#doors.set(room, door)
    return door
  }
}
