import type * as Y from 'yjs'
import { z } from 'zod'
import { isRecord, storableJson } from './storable.ts'

/**
 * One change of a row: by whom, when (milliseconds since 1970), which fields from what to what. Of a list only what went and what came. The members of
 * `fields` are in no order.
 */
export const pastChange = z.object({
  by: z.string(),
  at: z.number(),
  fields: z.record(z.string(), z.object({ before: z.json(), after: z.json() })),
})
export type PastChange = z.output<typeof pastChange>
/** The schema of a collection that keeps a history has this as its field `history`. */
export const pastChanges = z.array(pastChange).default([])

// The history of a row stands in the row, so that it goes where the row goes and merges with it: each change under a key of its own, which names when it
// was made and by which client. Nobody writes over a key of somebody else.
const MARK = '!'
/** So many changes of one row are kept: the oldest give way. */
const MOST_KEPT = 100

/** Notes that fields of a row changed. Called in the transaction that changes them. */
export function noteChange(map: Y.Map<unknown>, change: PastChange, client: number): void {
  // After all that is known here, though the clock of whoever made that was ahead.
  const latest = Math.max(0, ...keysOf(map).map(timeIn))
  const first = `${MARK}${Math.max(change.at, latest + 1)}.${client}`
  let key = first
  for (let count = 1; map.has(key); count++) key = `${first}.${count}`
  const fields = Object.fromEntries(
    Object.entries(change.fields).map(([name, { before, after }]) => [name, onlyWhatDiffers(before, after)]),
  )
  map.set(key, storableJson({ ...change, fields }))
  letGo(map)
}

/** Notes a change that grows, in the place of what was noted of it before; null: it is none any more. */
export function noteTyped(map: Y.Map<unknown>, name: string, change: PastChange | null): void {
  const key = `${MARK}${name}`
  if (change) map.set(key, storableJson(change))
  else map.delete(key)
  letGo(map)
}

function letGo(map: Y.Map<unknown>): void {
  const keys = keysOf(map)
  if (keys.length > MOST_KEPT) for (const old of oldestFirst(keys).slice(0, keys.length - MOST_KEPT)) map.delete(old)
}

/** The changes of a row in the order they were made, those made apart by the time, the same everywhere; what a foreign client wrote under such a key and is none is left out. */
export function readHistory(map: Y.Map<unknown>): PastChange[] {
  return oldestFirst(keysOf(map)).flatMap((key) => {
    const value = storableJson(map.get(key) ?? null)
    return isChange(value) ? [value] : []
  })
}

/** As the schema says it, by hand: a board that is read from scratch asks it of every change of every card. */
function isChange(value: unknown): value is PastChange {
  if (!isRecord(value) || typeof value.by !== 'string' || typeof value.at !== 'number' || !isRecord(value.fields)) return false
  return Object.values(value.fields).every((field) => isRecord(field) && 'before' in field && 'after' in field)
}

function keysOf(map: Y.Map<unknown>): string[] {
  const keys: string[] = []
  map.forEach((_, key) => {
    if (key.startsWith(MARK)) keys.push(key)
  })
  return keys
}

/** By the time in the key, then by the key. */
function oldestFirst(keys: string[]): string[] {
  return keys.sort((a, b) => timeIn(a) - timeIn(b) || (a < b ? -1 : 1))
}

const timeIn = (key: string): number => Number(key.slice(1).split('.', 1)[0]) || 0

function onlyWhatDiffers(before: unknown, after: unknown) {
  if (!Array.isArray(before) || !Array.isArray(after)) return { before: before ?? null, after: after ?? null }
  const [was, is] = [before, after].map((list) => new Set(list.map((item) => JSON.stringify(item))))
  return { before: before.filter((item) => !is?.has(JSON.stringify(item))), after: after.filter((item) => !was?.has(JSON.stringify(item))) }
}
