import type { RoomName } from '#domain/core/rooms.ts'
import { answerOf, completed } from '../idb.ts'
import type { Waiting } from '../protocol.ts'
import type { Batch, Loaded, LogRow, LogStore, RoomEntry } from './log-store.ts'

/** The update log in IndexedDB: the truth on this device. */
export class IdbLogStore implements LogStore {
  readonly kind = 'kept'
  readonly #database: IDBDatabase

  constructor(database: IDBDatabase) {
    this.#database = database
  }

  async load(): Promise<Loaded> {
    const transaction = this.#database.transaction(['rooms', 'waiting'])
    const [rooms, waiting] = await Promise.all([
      answerOf<RoomEntry[]>(transaction.objectStore('rooms').getAll()),
      answerOf<Waiting[]>(transaction.objectStore('waiting').getAll()),
    ])
    return { rooms, waiting }
  }

  async commit(batch: Batch): Promise<void> {
    // What a person wrote must survive a power cut; what the server sent can be fetched again.
    const durability = batch.waiting.length > 0 || batch.dropped.length > 0 ? 'strict' : 'relaxed'
    const transaction = this.#database.transaction(['log', 'waiting', 'rooms'], 'readwrite', { durability })
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

  async read(room: RoomName): Promise<LogRow[]> {
    // Rows of one index key come in the order of their primary key, which is n.
    const index = this.#database.transaction('log').objectStore('log').index('room')
    return answerOf<LogRow[]>(index.getAll(room))
  }
}
