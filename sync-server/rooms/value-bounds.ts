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

const known = new Map<string, ReadonlyMap<string, Bounds>>()

/** The bounds of the fields in rooms of this one's kind, by name; of one that several collections have, those that hold in each of them. */
export function boundsIn(room: string): ReadonlyMap<string, Bounds> {
  const kind = room.split('/', 1)[0] ?? ''
  const found = known.get(kind)
  if (found) return found
  const bounds = new Map<string, Bounds>()
  for (const collection of collectionsIn(room)) {
    for (const name of ['createdAt', 'updatedAt', 'createdBy', ...Object.keys(collection.schema.shape)]) {
      const [one, other] = [boundsOf(collection, name), bounds.get(name) ?? ANYTHING]
      bounds.set(name, { kinds: one.kinds & other.kinds, least: Math.max(one.least, other.least), most: Math.min(one.most, other.most) })
    }
  }
  known.set(kind, bounds)
  return bounds
}
