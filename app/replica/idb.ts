/** IndexedDB in promises: only what the replica uses. */

/** The answer of one request. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The browser store gave no answer.'))
  })
}

/** Resolves when the transaction is complete: with `durability: 'strict'`, when it is on the disk. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser refused to write.'))
  })
}

/** Opens the database that holds the update log, the outbox and the kept answers, making the stores that are missing. */
export async function openStore(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 3)
  request.onupgradeneeded = ({ oldVersion }) => {
    const database = request.result
    if (oldVersion < 1) {
      database.createObjectStore('log', { keyPath: 'n' }).createIndex('room', 'room')
      database.createObjectStore('waiting', { keyPath: 'n' })
      database.createObjectStore('rooms', { keyPath: 'room' })
      database.createObjectStore('outbox', { keyPath: 'place' })
    }
    if (oldVersion === 2) database.deleteObjectStore('answers')
    if (oldVersion < 3) {
      const answers = database.createObjectStore('answers', { keyPath: 'key' })
      answers.createIndex('keptAt', 'keptAt')
      answers.createIndex('reads', 'reads', { multiEntry: true })
    }
  }
  const database = await answerOf(request)
  // A newer version of the app in another tab must not wait for this one.
  database.onversionchange = () => database.close()
  return database
}
