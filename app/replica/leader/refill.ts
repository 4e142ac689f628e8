import type { RoomName } from '#domain/core/rooms.ts'

export type RefillWorld = {
  /** The rooms this device holds something of that are not being synced. */
  rooms: () => readonly RoomName[]
  /** Syncs a room once. */
  sync: (room: RoomName) => Promise<void>
}

/**
 * For a server that turned out to hold less than it once had: each room this device knows is shown to it, also those nobody
 * looks at. Another device may never come back.
 */
export class Refill {
  readonly #world: RefillWorld
  #isAtWork = false

  constructor(world: RefillWorld) {
    this.#world = world
  }

  /** Resolves when all rooms had their turn, one after the other. Does nothing while an earlier one is at work. */
  async begin(): Promise<void> {
    if (this.#isAtWork) return
    this.#isAtWork = true
    try {
      // One that cannot be opened must not keep the others away.
      for (const room of this.#world.rooms()) await this.#world.sync(room).catch(() => undefined)
    } finally {
      this.#isAtWork = false
    }
  }
}
