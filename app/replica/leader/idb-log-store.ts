import type { RoomName } from '#domain/core/rooms.ts'
import { answerOf, completed } from '../idb.ts'
import type { Waiting } from '../protocol.ts'
import type { Disk } from './disk.ts'
import type { Batch, Loaded, LogRow, LogStore, RoomEntry } from './log-store.ts'

/** The update log in IndexedDB: the truth on this device. */
export class IdbLogStore implements LogStore {
  readonly kind = 'kept'
  readonly #disk: Disk

  constructor(disk: Disk) {
    this.#disk = disk
  }

  async load(): Promise<Loaded> {
    const transaction = this.#disk.database.transaction(['rooms', 'waiting'])
    const [rooms, waiting] = await Promise.all([
      answerOf<RoomEntry[]>(transaction.objectStore('rooms').getAll()),
      answerOf<Waiting[]>(transaction.objectStore('waiting').getAll()),
    ])
    return { rooms, waiting }
  }

  commit(batch: Batch): Promise<void> {
    return this.#disk.with((database) => this.#commit(database, batch))
  }

  async #commit(database: IDBDatabase, batch: Batch): Promise<void> {
    // What a person wrote must survive a power cut; what the server sent can be fetched again.
    const durability = batch.waiting.length > 0 || batch.dropped.length > 0 ? 'strict' : 'relaxed'
    const transaction = database.transaction(['log', 'waiting', 'rooms'], 'readwrite', { durability })
    const done = completed(transaction)
    const log = transaction.objectStore('log')
    const waiting = transaction.objectStore('waiting')
    const rooms = transaction.objectStore('rooms')
    for (const row of batch.rows) log.put(row)
    for (const row of batch.waiting) waiting.put(row)
    for (const n of batch.confirmed) waiting.delete(n)
    for (const n of batch.dropped) {
      log.delete(n)
      waiting.delete(n)
    }
    for (const entry of batch.rooms) rooms.put(entry)
    transaction.commit()
    await done
  }

  read(room: RoomName): Promise<LogRow[]> {
    // Rows of one index key come in the order of their primary key, which is n.
    return this.#disk.with(async (database) =>
      answerOf<LogRow[]>(database.transaction('log').objectStore('log').index('room').getAll(room)),
    )
  }
}
