import * as Y from 'yjs'
import { type Field, readField } from './collection.ts'
import { sameValue } from './same-value.ts'
import { storableJson } from './storable.ts'

// A newer version may have written what this one cannot read: a word its enum has not, an item of another shape. Rows show the
// fallback in its place, and the document must keep it.

/** True for a plain value of a document that rows show as another one. */
export function isUnread(field: Field, stood: unknown): boolean {
  if (stood === undefined || stood === null || stood instanceof Y.AbstractType || stood instanceof Uint8Array) return false
  return !sameValue(readField(field, stood), storableJson(stood))
}

/** VERSION-1: a list as it is to be written over the one that stands: items that cannot be read here keep their places. */
export function withUnread(field: Field, stood: unknown, next: unknown): unknown {
  const { shape } = field
  if (!shape?.isList || !Array.isArray(stood) || !Array.isArray(next)) return next
  const isRead = (item: unknown): boolean => shape.fits(storableJson(item))
  // Taken back: they are in it.
  if (!next.every(isRead)) return next
  const merged = [...next]
  stood.forEach((item, at) => {
    if (!isRead(item)) merged.splice(Math.min(at, merged.length), 0, item)
  })
  return merged
}
