import { answerOf, completed } from '../idb.ts'
import type { Disk } from './disk.ts'
import type { OutboxStore, Queued } from './outbox.ts'

/** The outbox in IndexedDB. */
export function idbOutboxStore(disk: Disk): OutboxStore {
  const write = (act: (store: IDBObjectStore) => void): Promise<void> =>
    disk.with(async (database) => {
      const transaction = database.transaction('outbox', 'readwrite', { durability: 'strict' })
      const done = completed(transaction)
      act(transaction.objectStore('outbox'))
      transaction.commit()
      await done
    })
  return {
    load: () => answerOf<Queued[]>(disk.database.transaction('outbox').objectStore('outbox').getAll()),
    save: (item) => write((store) => store.put(item)),
    remove: (place) => write((store) => store.delete(place)),
  }
}

/** An outbox that lasts as long as the page, for browsers that keep nothing. */
export const memoryOutboxStore = (): OutboxStore => ({ load: async () => [], save: async () => undefined, remove: async () => undefined })
