import { type KeptAnswer, type KeptRows, rowsKey, rowsOfAnswer } from '#app/replica/kept-answer.ts'
import type { AskedList } from '#app/replica/protocol.ts'
import type { Browser } from './fakes/browser.ts'

/** The lists this browser would draw at its next start, before its database is open, with the rows it would draw. */
export function keptLists({ disk }: Browser): { list: AskedList; rows: Record<string, unknown>[]; answer: KeptAnswer }[] {
  const stored = new Map(disk.rows<KeptAnswer | KeptRows>('answers').map((row) => [row.key, row]))
  return [...stored.values()].flatMap((answer) => {
    if (!('question' in answer) || !answer.question.list) return []
    const rows = rowsOfAnswer(answer, stored.get(rowsKey(answer.key)) as KeptRows | undefined)
    return rows ? [{ list: answer.question.list, rows, answer }] : []
  })
}
