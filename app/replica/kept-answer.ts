import type { AskedList, Kept } from './protocol.ts'

/** A whole query and the tables whose changes make its answer stale; `list` where it is a list, which can be patched row by row. */
export type Question = { sql: string; parameters: readonly unknown[]; reads: readonly string[]; list?: AskedList | undefined }

type Row = Record<string, unknown>

/** Rows of a list by id, each as it is now; null: it is not in the list. */
export type Patch = readonly (readonly [id: string, row: Row | null])[]

/**
 * What makes a kept answer count: the rows it was kept with (by the time they were, `whole`), and what changed in them since,
 * a `Patch` as JSON. `at` is the log position it stands at, `size` about how many characters there are. Small, so that it can be
 * taken away and put back with each change, while megabytes of rows stay where they are. `reads` is the question's, for an index.
 */
export type KeptAnswer = {
  key: string
  question: Question
  reads: readonly string[]
  whole: number
  patch: string
  size: number
} & Kept

/**
 * All rows of an answer as they were at one time, their JSON in UTF-8: a long text that holds one sign beyond Latin-1 takes twice the
 * bytes, and ten times as long, to come out of IndexedDB.
 */
export type KeptRows = { key: string; keptAt: number; rows: Uint8Array }

/** Under which key an answer is kept; `version` names the shape of the tables, and answers of another shape are not found. */
export const answerKey = (version: string, { sql, parameters }: Omit<Question, 'reads'>): string =>
  `${answersOf(version)}${sql} ${JSON.stringify(parameters)}`

/** What the keys of all answers of such tables begin with. */
export const answersOf = (version: string): string => `3 ${version} `

/** Under which key its rows are kept. */
export const rowsKey = (key: string): string => `rows of ${key}`

/** What a kept answer says now; null where its rows are not those it belongs to. */
export function rowsOfAnswer(answer: KeptAnswer, kept: KeptRows | undefined): Row[] | null {
  if (kept?.keptAt !== answer.whole) return null
  const rows = JSON.parse(new TextDecoder().decode(kept.rows)) as Row[]
  const changed = new Map(JSON.parse(answer.patch) as Patch)
  if (changed.size === 0) return rows
  const patched = rows.flatMap((row): Row[] => {
    const now = changed.get(String(row.id))
    changed.delete(String(row.id))
    if (now === undefined) return [row]
    return now ? [now] : []
  })
  return [...patched, ...[...changed.values()].filter((row) => row !== null)]
}
