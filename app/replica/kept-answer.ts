import type { Kept } from './protocol.ts'

/** A whole query and the tables whose changes make its answer stale. */
export type Question = { sql: string; parameters: readonly unknown[]; reads: readonly string[] }

/**
 * A whole answer as it was drawn last. `rows` is its JSON in UTF-8: a long text that holds one sign beyond Latin-1 takes twice the
 * bytes, and ten times as long, to come out of IndexedDB. `at` is the log position it stood at.
 */
export type KeptAnswer = { key: string; reads: readonly string[]; rows: Uint8Array } & Kept

/** Under which key an answer is kept; `version` names the shape of the tables, and answers of another shape are not found. */
export const answerKey = (version: string, { sql, parameters }: Omit<Question, 'reads'>): string =>
  `2 ${version} ${sql} ${JSON.stringify(parameters)}`
