import { answerOf, completed } from '../idb.ts'
import type { Disk } from './disk.ts'
import type { AnswerStore } from './kept-answers.ts'

/** Kept answers in IndexedDB. They can be had again from the tables, so nothing waits for the disk. */
export function idbAnswerStore(disk: Disk): AnswerStore {
  const write = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = disk.database.transaction('answers', 'readwrite', { durability: 'relaxed' })
    const done = completed(transaction)
    act(transaction.objectStore('answers'))
    await done
  }
  return {
    has: async (key, keptAt) => {
      const keys = await answerOf(disk.database.transaction('answers').objectStore('answers').index('keptAt').getAllKeys(keptAt))
      return keys.includes(key)
    },
    put: (answer) => write((store) => store.put(answer)),
    removeReading: (tables) =>
      write((store) => {
        for (const table of tables) {
          const keys = store.index('reads').getAllKeys(table)
          keys.onsuccess = () => {
            for (const key of keys.result) store.delete(key)
          }
        }
      }),
    trim: async (most) => {
      const keys = await answerOf(disk.database.transaction('answers').objectStore('answers').index('keptAt').getAllKeys())
      await write((store) => {
        for (const key of keys.slice(0, -most)) store.delete(key)
      })
    },
  }
}
