import { answerOf, openToRead } from '../idb.ts'
import { answerKey, type KeptAnswer, type Question } from '../kept-answer.ts'
import type { Kept } from '../protocol.ts'

/** Rows this browser drew last, and which answer that was. */
export type Recalled = { rows: string; kept: Kept }

/**
 * Reads what was drawn last, in the page itself: whoever leads has yet to wake up, and a long list would pass through three
 * threads. Answers null where nothing is kept.
 */
export function recallFrom(database: string, version: string): (question: Question) => Promise<Recalled | null> {
  let store: Promise<IDBDatabase> | null = null
  return async (question) => {
    try {
      store ??= openToRead(database)
      const answers = (await store).transaction('answers').objectStore('answers')
      const found = await answerOf<KeptAnswer | undefined>(answers.get(answerKey(version, question)))
      return found ? { rows: new TextDecoder().decode(found.rows), kept: { keptAt: found.keptAt, at: found.at } } : null
    } catch {
      return null
    }
  }
}
