import { type CompiledQuery, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { SqlQuery } from './query.ts'

/** kysely as a compiler only: the same text runs on PGlite in the browser and on PostgreSQL. */
export function compiler<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** A compiled query with the tables it reads, ready to be asked and kept live. */
export function sqlQuery<R>(reads: readonly string[], compiled: CompiledQuery<R>): SqlQuery<R> {
  return {
    kind: 'sql',
    key: `${compiled.sql}${JSON.stringify(compiled.parameters)}`,
    reads,
    sql: compiled.sql,
    parameters: compiled.parameters,
  }
}
