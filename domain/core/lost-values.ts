import type * as Y from 'yjs'
import { z } from 'zod'
import { sameValue } from './same-value.ts'
import { storableJson } from './storable.ts'

/** One setting of a field: to what, by whom, when (milliseconds since 1970). */
export type Edit = { value: unknown; by: string; at: number }

/** A value somebody gave a field while somebody else, not knowing it, gave it the one that stands there. */
export const lostValue = z.object({ field: z.string(), value: z.json(), by: z.string(), at: z.number() })
export type LostValue = z.output<typeof lostValue>
/** The schema of a collection with contested fields has this as its field `lost`. */
export const lostValues = z.array(lostValue).default([])

// Of two values set at once a document keeps one; the other is gone without a trace. So every edit of a contested field
// stands a second time in the row, under a key of its writer: `~title~<client>`, or `~title~<client>.1` where that is taken. Whoever
// sets the field next removes the edit that he writes over, and no other: what is left beside the edit that stands in the
// field was written by people who did not know of it. (A multi-value register; Yjs removes only what the remover has seen.)
const MARK = '~'
const prefixOf = (field: string): string => `${MARK}${field}${MARK}`

/**
 * Notes that `client` sets a contested field from `before` to the edit's value. Answers the lost values that this brings into
 * use: they are lost no more. Called in the transaction that sets the field.
 */
export function noteEdit(map: Y.Map<unknown>, field: string, before: unknown, edit: Edit, client: number): Edit[] {
  const used: Edit[] = []
  const edits = editsOf(map, field)
  // What stands there was never noted: whether its writer, a foreign client, knew of the others nobody can tell.
  const isForeign = !edits.some(([, { value }]) => sameValue(value, before))
  for (const [key, noted] of edits) {
    if (isForeign || sameValue(noted.value, before)) map.delete(key)
    else if (sameValue(noted.value, edit.value)) {
      map.delete(key)
      used.push(noted)
    }
  }
  putBack(map, field, edit, client)
  return used
}

/** Notes an edit beside those there are. */
export function putBack(map: Y.Map<unknown>, field: string, edit: Edit, client: number): void {
  const first = `${prefixOf(field)}${client}`
  let key = first
  for (let count = 1; map.has(key); count++) key = `${first}.${count}`
  map.set(key, edit)
}

/**
 * The lost values of a row, of each value the latest, in an order that is the same everywhere; `read` answers a field's value as
 * rows show it. Nothing is lost where the edit that stands in the field was never noted: its writer, a foreign client, says
 * nothing of what he knew.
 */
export function readLost(map: Y.Map<unknown>, fields: readonly string[], read: (field: string, value: unknown) => unknown): LostValue[] {
  if (!hasEdits(map)) return []
  return fields.flatMap((field) => {
    const standing = read(field, map.get(field))
    const edits = editsOf(map, field).map(([, edit]) => edit)
    const stands = (value: unknown): boolean => sameValue(read(field, value), standing)
    if (edits.length < 2 || !edits.some(({ value }) => stands(value))) return []
    const lost: LostValue[] = []
    for (const { value, by, at } of edits.sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1))) {
      const isListed = stands(value) || lost.some((known) => sameValue(known.value, value))
      if (!isListed && sameValue(read(field, value), value)) lost.push({ field, value: value as LostValue['value'], by, at })
    }
    return lost
  })
}

function hasEdits(map: Y.Map<unknown>): boolean {
  let has = false
  map.forEach((_, key) => {
    has ||= key.startsWith(MARK)
  })
  return has
}

/** The noted edits of a field by their keys, in the order of the keys. */
function editsOf(map: Y.Map<unknown>, field: string): [string, Edit][] {
  const prefix = prefixOf(field)
  const found: [string, Edit][] = []
  for (const key of map.keys()) {
    const edit = key.startsWith(prefix) ? (map.get(key) as Partial<Edit> | null | undefined) : undefined
    if (typeof edit !== 'object' || edit === null || typeof edit.by !== 'string' || !Number.isFinite(edit.at)) continue
    found.push([key, { ...edit, value: storableJson(edit.value ?? null), by: edit.by, at: edit.at as number }])
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1))
}
