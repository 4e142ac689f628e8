// PostgreSQL text holds neither U+0000 nor half a surrogate pair; a document can hold both (an emoji cut in two by
// concurrent typing, a hostile client). What cannot be stored is shown as U+FFFD, in the table only.
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SUSPECT = /[\0\ud800-\udfff]/

/** The text as PostgreSQL can keep it. */
export function storable(text: string): string {
  return SUSPECT.test(text) ? text.replace(UNSTORABLE, '\ufffd') : text
}

/** The same for every string and key inside a JSON value. Values without such characters come back as they are. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(storableJson)
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableJson(inner)]))
}
