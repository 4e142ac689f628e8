// PostgreSQL text holds neither U+0000 nor half a surrogate pair; a document can hold both (an emoji cut in two by
// concurrent typing, a hostile client). What cannot be stored is shown as U+FFFD, in the table only.
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SUSPECT = /[\0\ud800-\udfff]/

/** The text as PostgreSQL can keep it. */
export function storable(text: string): string {
  return SUSPECT.test(text) ? text.replace(UNSTORABLE, '\ufffd') : text
}

/** So many letters of a text stand in an index: of what PostgreSQL takes for one entry (2,704 bytes) two such texts leave some. */
export const MOST_INDEXED = 400

/** True for what a table can hold as the id of a row. */
export const isStorableId = (id: string): boolean => id.length <= MOST_INDEXED && storable(id) === id

/** A number as JSON keeps it: JSON knows no zero below zero. */
export function storableNumber(value: number): number {
  return value === 0 ? 0 : value
}

/** The same for every string, key and number inside a JSON value; what is no number to JSON is null there. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number') return Number.isFinite(value) ? storableNumber(value) : null
  if (Array.isArray(value)) return value.map(storableJson)
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableJson(inner)]))
}

/** An object with fields, no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
