import { answerOf, completed } from '../idb.ts'
import type { KeptAnswer } from '../kept-answer.ts'
import type { Disk } from './disk.ts'
import type { AnswerStore } from './kept-answers.ts'

/** Kept answers in IndexedDB. They can be had again from the tables, so nothing waits for the disk. */
export function idbAnswerStore(disk: Disk): AnswerStore {
  const write = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = disk.database.transaction('answers', 'readwrite', { durability: 'relaxed' })
    const done = completed(transaction)
    // Whoever asks hears of it below; where that throws before, of that alone.
    done.catch(() => undefined)
    act(transaction.objectStore('answers'))
    await done
  }
  return {
    all: async (prefix) => {
      const store = disk.database.transaction('answers').objectStore('answers')
      const keys = new Set(await answerOf(store.index('reads').getAllKeys()))
      const found = [...keys].filter((key) => String(key).startsWith(prefix))
      return Promise.all(found.map((key) => answerOf<KeptAnswer>(store.get(key))))
    },
    put: (answer, rows) =>
      write((store) => {
        if (rows) store.put(rows)
        store.put(answer)
        // A page that is left at once does not take it along.
        store.transaction.commit()
      }),
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
