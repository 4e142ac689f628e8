import * as Y from 'yjs'
import { breachOf } from '#domain/core/breach.ts'
import type { Collection } from '#domain/core/collection.ts'
import { collectionsIn } from '#domain/projection/project.ts'
import { KIND } from './value-kind.ts'

/** What stands in a field without anybody's having to ask its schema: values of these kinds, texts of so many letters. */
export type Bounds = { kinds: number; least: number; most: number }

/** A field that nobody here declares takes anything. */
export const ANYTHING: Bounds = { kinds: 255, least: 0, most: Number.POSITIVE_INFINITY }

/** True for a value that is right for sure; where it is false, the schema has to be asked. */
export const isWithin = ({ kinds, least, most }: Bounds, kind: number, length: number): boolean =>
  (kinds & kind) !== 0 && (kind !== KIND.text || (length >= least && length <= most))

const SAMPLES: readonly [number, readonly unknown[]][] = [
  [KIND.number, [-1, 0, 0.5, Number.MAX_SAFE_INTEGER]],
  [KIND.boolean, [true, false]],
  [KIND.list, [[]]],
  [KIND.object, [{}]],
  [KIND.sharedText, [new Y.Text()]],
]
const LONGEST = 100_000

function boundsOf(collection: Collection, name: string): Bounds {
  const takes = (value: unknown): boolean => breachOf(collection, name, value) === null
  const takesText = (length: number): boolean => takes('x'.repeat(length))
  let kinds: number = KIND.nothing
  for (const [kind, samples] of SAMPLES) if (samples.every(takes)) kinds |= kind
  if (!takesText(1)) return { kinds, least: 0, most: 0 }
  let [within, beyond] = takesText(LONGEST) ? [LONGEST, LONGEST + 1] : [1, LONGEST]
  while (beyond - within > 1) {
    const length = Math.floor((within + beyond) / 2)
    if (takesText(length)) within = length
    else beyond = length
  }
  return { kinds: kinds | KIND.text, least: takesText(0) ? 0 : 1, most: within === LONGEST ? Number.POSITIVE_INFINITY : within }
}

/** What may stand in the rows of a collection, by field. */
export type RowBounds = { fields: ReadonlyMap<string, Bounds> }
export type RoomBounds = {
  rows: ReadonlyMap<string, RowBounds>
  /** By the name of a field alone: what holds in each collection that has it. */
  byName: ReadonlyMap<string, Bounds>
}

const known = new Map<string, RoomBounds>()

/** The bounds of the fields in rooms of this one's kind. */
export function boundsIn(room: string): RoomBounds {
  const kind = room.split('/', 1)[0] ?? ''
  const found = known.get(kind)
  if (found) return found
  const rows = new Map<string, RowBounds>()
  const byName = new Map<string, Bounds>()
  for (const collection of collectionsIn(room)) {
    const names = ['createdAt', 'updatedAt', 'createdBy', ...Object.keys(collection.schema.shape)]
    const fields = new Map(names.map((name) => [name, boundsOf(collection, name)]))
    rows.set(collection.name, { fields })
    for (const [name, one] of fields) {
      const other = byName.get(name) ?? ANYTHING
      byName.set(name, { kinds: one.kinds & other.kinds, least: Math.max(one.least, other.least), most: Math.min(one.most, other.most) })
    }
  }
  const bounds = { rows, byName }
  known.set(kind, bounds)
  return bounds
}
