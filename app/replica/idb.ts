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

/**
 * Raised with every change of what stands in the store: of its stores, and of the shape of their rows. A version that knows
 * less then opens nothing and writes nothing into what it could not read.
 */
export const STORE_VERSION = 3

/**
 * Opens the database that holds the update log, the outbox and the kept answers, making the stores that are missing.
 * `wasEmpty`: there was none. Rejects with a `VersionError` where a newer version made it.
 */
export async function openStore(name: string): Promise<{ database: IDBDatabase; wasEmpty: boolean }> {
  const request = indexedDB.open(name, STORE_VERSION)
  let wasEmpty = false
  request.onupgradeneeded = ({ oldVersion }) => {
    const database = request.result
    wasEmpty = oldVersion === 0
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
  return { database: await answerOf(request), wasEmpty }
}

/**
 * Opens the same database only to read. Rejects where it is not there as this version has it: whoever leads makes it, and must
 * see that there was none. Steps aside for whoever changes or clears it.
 */
export async function openToRead(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, STORE_VERSION)
  request.onupgradeneeded = () => request.transaction?.abort()
  const database = await answerOf(request)
  database.onversionchange = () => database.close()
  return database
}
