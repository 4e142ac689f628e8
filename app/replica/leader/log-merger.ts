import type { RoomName } from '#domain/core/rooms.ts'
import { mergeRows } from './open-room.ts'
import type { UpdateLog } from './update-log.ts'

/** Merging reads a whole room twice, so it waits until nobody has written there for a while. */
const QUIET_MS = 10_000

/** Puts one verified row in the place of a room's long tail, when the room is quiet. */
export class LogMerger {
  readonly #log: UpdateLog
  readonly #timers = new Map<RoomName, ReturnType<typeof setTimeout>>()

  constructor(log: UpdateLog) {
    this.#log = log
  }

  /** Something was written in the room. */
  soon(room: RoomName): void {
    clearTimeout(this.#timers.get(room))
    if (!this.#log.shouldMerge(room)) return
    this.#timers.set(
      room,
      setTimeout(() => void this.#merge(room), QUIET_MS),
    )
  }

  async #merge(room: RoomName): Promise<void> {
    const rows = await this.#log.read(room)
    // Reading took a moment: an edit made meanwhile may wait for the server, and then nothing is merged.
    if (!this.#log.shouldMerge(room)) return
    const bytes = mergeRows(rows)
    if (bytes) this.#log.merge(room, rows, bytes)
  }
}
