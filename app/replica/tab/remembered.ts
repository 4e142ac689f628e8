import { answerOf, completed } from '../idb.ts'
import type { Me, Team } from '../shown.ts'

export type Who = { member: Me; team: Team }

const KEY = 'slipway:member'
const DATABASE = 'slipway:who'
const STORE = 'who'

/** Who was here last, at once; null where this is not known yet: `recallKept` may know. */
export function recall(): Who | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Who | null
  } catch {
    return null
  }
}

/** Who was here last, from the disk. Browsers write `localStorage` seconds later, and one that is killed before that forgets. */
export async function recallKept(): Promise<Who | null> {
  try {
    const database = await open()
    const who = await answerOf<Who | undefined>(database.transaction(STORE).objectStore(STORE).get(KEY))
    database.close()
    return who ?? null
  } catch {
    return null
  }
}

/** Remembers who is here, so that the app starts without a server. */
export async function remember(who: Who): Promise<void> {
  localStorage.setItem(KEY, JSON.stringify(who))
  const database = await open()
  const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' })
  const done = completed(transaction)
  transaction.objectStore(STORE).put(who, KEY)
  await done
  database.close()
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return answerOf(request)
}
