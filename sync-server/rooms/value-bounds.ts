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
/** A text that may be so long may be of any length. */
const LONGEST = 2 ** 17

function boundsOf(collection: Collection, name: string): Bounds {
  const takes = (value: unknown): boolean => breachOf(collection, name, value) === null
  const takesText = (length: number): boolean => takes('x'.repeat(length))
  let kinds: number = KIND.nothing
  for (const [kind, samples] of SAMPLES) if (samples.every(takes)) kinds |= kind
  if (!takesText(1)) return { kinds, least: 0, most: 0 }
  // Most bounds are small, and looking at a long text takes long.
  let within = 1
  while (within < LONGEST && takesText(2 * within)) within *= 2
  let beyond = within === LONGEST ? LONGEST + 1 : 2 * within
  while (beyond - within > 1) {
    const length = Math.floor((within + beyond) / 2)
    if (takesText(length)) within = length
    else beyond = length
  }
  return { kinds: kinds | KIND.text, least: takesText(0) ? 0 : 1, most: within === LONGEST ? Number.POSITIVE_INFINITY : within }
}

/** So many names are kept in mind: more than are declared, and a stranger may use as many as he likes. */
const MOST_NAMES = 1_000

/** What is found out about a name when it is first asked for: that takes a fraction of a millisecond, and of some hundred fields few are written. */
class ByName<T> {
  readonly #find: (name: string) => T | undefined
  readonly #found = new Map<string, T | undefined>()

  /** `find` answers undefined for a name nobody declares. */
  constructor(find: (name: string) => T | undefined) {
    this.#find = find
  }

  get(name: string): T | undefined {
    const known = this.#found.get(name)
    if (known !== undefined || this.#found.has(name)) return known
    const found = this.#find(name)
    if (this.#found.size < MOST_NAMES) this.#found.set(name, found)
    return found
  }
}

/** What may stand in the rows of a collection, by field. */
export type RowBounds = { fields: Pick<ByName<Bounds>, 'get'> }
export type RoomBounds = {
  rows: ReadonlyMap<string, RowBounds>
  /** By the name of a field alone: what holds in each collection that has it. */
  byName: Pick<ByName<Bounds>, 'get'>
}

const STAMPS: ReadonlySet<string> = new Set(['createdAt', 'updatedAt', 'createdBy'])
const isDeclared = ({ schema }: Collection, name: string): boolean => STAMPS.has(name) || Object.hasOwn(schema.shape, name)

const known = new Map<string, RoomBounds>()

/** The bounds of the fields in rooms of this one's kind. */
export function boundsIn(room: string): RoomBounds {
  const kind = room.split('/', 1)[0] ?? ''
  const found = known.get(kind)
  if (found) return found
  const rows = new Map<string, RowBounds>()
  for (const collection of collectionsIn(room)) {
    rows.set(collection.name, { fields: new ByName((name) => (isDeclared(collection, name) ? boundsOf(collection, name) : undefined)) })
  }
  const byName = new ByName((name) => {
    const all = [...rows.values()].flatMap(({ fields }) => fields.get(name) ?? [])
    return all.length > 0 ? all.reduce(both) : undefined
  })
  const bounds = { rows, byName }
  known.set(kind, bounds)
  return bounds
}

const both = (one: Bounds, other: Bounds): Bounds => ({
  kinds: one.kinds & other.kinds,
  least: Math.max(one.least, other.least),
  most: Math.min(one.most, other.most),
})
