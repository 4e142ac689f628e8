import { answerOf, openToRead } from '../idb.ts'
import { answerKey, type KeptAnswer, type KeptRows, type Question, rowsKey, rowsOfAnswer } from '../kept-answer.ts'
import type { Kept } from '../protocol.ts'

/** Rows this browser drew last, and which answer that was. */
export type Recalled = { rows: Record<string, unknown>[]; kept: Kept }

/**
 * Reads what was drawn last, in the page itself: whoever leads has yet to wake up, and a long list would pass through three
 * threads. Answers null where nothing is kept.
 */
export function recallFrom(database: string, version: string): (question: Question) => Promise<Recalled | null> {
  // Open by the time the first page asks.
  const store = openToRead(database)
  store.catch(() => undefined)
  return async (question) => {
    try {
      const answers = (await store).transaction('answers').objectStore('answers')
      const key = answerKey(version, question)
      const answer = await answerOf<KeptAnswer | undefined>(answers.get(key))
      const rows = answer && rowsOfAnswer(answer, await answerOf<KeptRows | undefined>(answers.get(rowsKey(key))))
      return rows ? { rows, kept: { keptAt: answer.keptAt, at: answer.at } } : null
    } catch {
      return null
    }
  }
}
