import type { Collection, PlainRow } from '#domain/core/collection.ts'
import type { RoomName } from '#domain/core/rooms.ts'

const SQL_TYPES = {
  string: 'text',
  text: 'text',
  number: 'double precision',
  boolean: 'boolean',
  json: 'jsonb',
  lost: 'jsonb',
  history: 'jsonb',
} as const

type Column = { name: string; type: string }

/** Names are the fields' own, so they are always quoted. */
export const quoted = (name: string): string => `"${name}"`

/** The columns of a projected table: where the row lives, its stamps, its fields. */
export function columnsOf(collection: Collection): Column[] {
  return [
    { name: 'room', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'createdAt', type: 'double precision' },
    { name: 'updatedAt', type: 'double precision' },
    { name: 'createdBy', type: 'text' },
    ...collection.fields.map((field) => ({ name: field.name, type: SQL_TYPES[field.kind] })),
  ]
}

/** Order keys compare as bytes whatever the database's locale. */
const collation = (field: { name: string }): string => (field.name === 'order' ? ' collate "C"' : '')

/**
 * DDL that makes the table and its indexes. A row is found by (id, room): nobody can shadow another room's row, and an id alone is found too. A list is indexed by each of its
 * items (asked with `@>`), at once: nobody vacuums a browser's tables, which is when PostgreSQL would otherwise work in what was put off.
 */
export function createTable(collection: Collection): string {
  const isList = (name: string) => collection.fields.some((field) => field.name === name && field.kind === 'json')
  const table = quoted(collection.name)
  const columns = columnsOf(collection).map((column) => `${quoted(column.name)} ${column.type}${collation(column)}`)
  const indexes = collection.indexes.map((fields) => {
    const name = quoted(`${collection.name}_${fields.join('_')}`)
    const on = `(${fields.map(quoted).join(', ')})`
    return `create index if not exists ${name} on ${table} ${fields.some(isList) ? `using gin ${on} with (fastupdate = off)` : on};`
  })
  return `create table if not exists ${table} (${columns.join(', ')}, primary key (id, room));\n${indexes.join('\n')}`
}

/**
 * One statement that writes any number of a room's rows: parameters (rows as a JSON array, room). What is null need not be
 * in a row's JSON. The same text on PGlite and PostgreSQL.
 */
export function upsertRows(collection: Collection): string {
  const columns = columnsOf(collection).slice(1)
  const names = columns.map((column) => quoted(column.name))
  const record = columns.map((column) => `${quoted(column.name)} ${column.type}`).join(', ')
  const updates = names.slice(1).map((name) => `${name} = excluded.${name}`)
  return (
    `insert into ${quoted(collection.name)} (room, ${names.join(', ')}) ` +
    `select $2, ${names.join(', ')} from json_to_recordset($1::json) as given(${record}) ` +
    `on conflict (room, id) do update set ${updates.join(', ')}`
  )
}

/** The parameter of `upsertRows`. */
export function rowsAsJson(rows: readonly PlainRow[]): string {
  return JSON.stringify(
    rows.map((row) => {
      const lean: Record<string, unknown> = {}
      for (const name in row) if (row[name] !== null) lean[name] = row[name]
      return lean
    }),
  )
}

/** Writes rows that are not there yet, many times faster than `upsertRows`: PGlite reads them as text from its blob. */
export function copyRows(collection: Collection): string {
  const names = columnsOf(collection).map((column) => quoted(column.name))
  return `copy ${quoted(collection.name)} (${names.join(', ')}) from '/dev/blob'`
}

/** Rows of a room as `COPY` reads them: https://www.postgresql.org/docs/18/sql-copy.html, "Text Format". */
export function rowsAsCopyText(collection: Collection, room: RoomName, rows: readonly PlainRow[]): string {
  const columns = columnsOf(collection).slice(1)
  let text = ''
  for (const row of rows) {
    text += room
    for (const { name, type } of columns) text += `\t${copyValue(row[name], type)}`
    text += '\n'
  }
  return text
}

function copyValue(value: unknown, type: string): string {
  if (value === null || value === undefined) return '\\N'
  const text = type === 'jsonb' ? JSON.stringify(value) : String(value)
  return text.replace(/[\\\t\n\r]/g, (one) => ESCAPED[one] ?? one)
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Deletes rows of a room by id: parameters (room, ids as a JSON array). */
export function deleteRows(collection: Collection): string {
  return `delete from ${quoted(collection.name)} where room = $1 and id in (select json_array_elements_text($2::json))`
}

/** Deletes all rows of a room: parameter (room). */
export function deleteAllRows(collection: Collection): string {
  return `delete from ${quoted(collection.name)} where room = $1`
}
