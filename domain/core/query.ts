import type { Collection, PlainRow, RowOf } from './collection.ts'

/** A SQL query over the projected tables; `reads` says which tables' changes make its answer stale. */
export type SqlQuery<R> = {
  kind: 'sql'
  key: string
  reads: readonly string[]
  sql: string
  parameters: readonly unknown[]
  /** Only for the type of a row. */
  row?: R
}

/**
 * The rows of one collection that equal a few values. Because the same condition can be asked in SQL and of a row in
 * memory, such a query is kept current row by row: a change refetches only the ids that changed, and a person's own
 * change is drawn before any table has it.
 */
export type ListQuery<R> = {
  kind: 'list'
  key: string
  collection: Collection
  reads: readonly string[]
  select: readonly string[]
  where: Readonly<Record<string, string | number | boolean | null>>
  row?: R
}

export type Query<R> = SqlQuery<R> | ListQuery<R>

/** A row of what such a query answers. */
export type RowIn<F extends (...given: never[]) => Query<unknown>> = ReturnType<F> extends Query<infer R> ? R : never

/** Declares a list query. `select` names the columns wanted (id comes by itself); `where` the values a row must have. */
export function listRows<C extends Collection, K extends keyof RowOf<C> & string>(
  collection: C,
  select: readonly K[],
  where: Partial<{ [F in keyof RowOf<C>]: RowOf<C>[F] & (string | number | boolean | null) }> & { room?: string },
): ListQuery<Pick<RowOf<C>, K> & { id: string }> {
  const columns = ['id', ...select.filter((name) => name !== 'id')]
  return {
    kind: 'list',
    key: `${collection.name}(${columns.join()})${JSON.stringify(where)}`,
    collection,
    reads: [collection.name],
    select: columns,
    where: where as ListQuery<unknown>['where'],
  }
}

/** The query's SQL, for the whole list or for some ids of it. */
export function listSql(query: ListQuery<unknown>, ids?: readonly string[]): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = []
  const conditions = Object.entries(query.where).map(([field, value]) => {
    if (value === null) return `"${field}" is null`
    parameters.push(value)
    return `"${field}" = $${parameters.length}`
  })
  if (ids) {
    parameters.push(JSON.stringify(ids))
    conditions.push(`id in (select json_array_elements_text($${parameters.length}::json))`)
  }
  const where = conditions.length ? ` where ${conditions.join(' and ')}` : ''
  return { sql: `select ${query.select.map((name) => `"${name}"`).join(', ')} from "${query.collection.name}"${where}`, parameters }
}

/** The same condition asked of a projected row: the row as the query would answer it, or null where it does not belong. */
export function listPick(query: ListQuery<unknown>, room: string, row: PlainRow): Record<string, unknown> | null {
  for (const [field, value] of Object.entries(query.where)) {
    if ((field === 'room' ? room : row[field]) !== value) return null
  }
  return Object.fromEntries(query.select.map((name) => [name, row[name]]))
}
