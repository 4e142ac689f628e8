import sql, { join, type Sql } from 'sql-template-tag'
import type { SqlQuery } from './query.ts'

/** The text of a query with its values apart; a piece may stand within another. The same text runs on PGlite in the browser and on PostgreSQL. */
export { join, type Sql, sql }

/** A query with the tables it reads, ready to be asked and kept live; `R` is one row of its answer. */
export function sqlQuery<R>(reads: readonly string[], { text, values }: Sql): SqlQuery<R> {
  return { kind: 'sql', key: `${text}${JSON.stringify(values)}`, reads, sql: text, parameters: values }
}
