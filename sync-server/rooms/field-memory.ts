import type { Value } from './update-frame.ts'
import { ANYTHING, type Bounds, isWithin, type RoomBounds, type RowBounds } from './value-bounds.ts'

/** Twice so many values are kept in mind, of each field the last. A field whose value is forgotten is asked for again when it is written over. */
const MOST = 20_000
/** Whoever brings more values than so many has been away: a moment more is nothing to him. */
const MOST_AT_ONCE = 500

/** Where a value stands: in a field, or as a row. */
export type Place = Bounds | RowBounds
/** A value where it stands, and if that is known over which it was written. */
type Written = Pick<Value, 'client' | 'clock'> & Partial<Value>
type Known = Map<number, Map<number, Place>>

const isRow = (place: Place | undefined): place is RowBounds => place !== undefined && 'fields' in place
const OF_NO_COLLECTION: RowBounds = { fields: new Map() }

const put = (known: Known, client: number, clock: number, place: Place): void => {
  const clocks = known.get(client)
  if (clocks) clocks.set(clock, place)
  else known.set(client, new Map([[clock, place]]))
}

/**
 * What may stand where values stand that passed by: a value says over which one it is written, and only the first of a field says in
 * which. So most are judged without a document.
 */
export class FieldMemory {
  readonly #bounds: RoomBounds
  #young: Known = new Map()
  #old: Known = new Map()
  #size = 0

  constructor(bounds: RoomBounds) {
    this.#bounds = bounds
  }

  /** Judges the values of one update. Answers what there is to learn when it is taken in; null: only a document tells whether all of them are right. */
  judge(values: readonly Value[]): Place[] | null {
    if (values.length > MOST_AT_ONCE) return null
    const learned: Place[] = []
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as Value
      const place = this.#placeOf(value, values, learned, at)
      if (!place || !(isRow(place) || isWithin(place, value.kind, value.length))) return null
      learned.push(place)
    }
    return learned
  }

  /** A row of a collection, or what may stand in one of its fields. */
  place(collection: string, field: string | null): Place {
    const row = this.#bounds.rows.get(collection) ?? OF_NO_COLLECTION
    return field === null ? row : (row.fields.get(field) ?? ANYTHING)
  }

  /** Keeps in mind what may stand where these values stand, and no more what stood there: only who has not heard of them writes over that. */
  learn(values: readonly Written[], learned: readonly Place[]): void {
    for (let at = 0; at < values.length; at++) {
      const { client, clock, name, root, beside = 0, besideClock = 0 } = values[at] as Written
      if (name === null && root === null && this.#young.get(beside)?.delete(besideClock)) this.#size--
      put(this.#young, client, clock, learned[at] ?? ANYTHING)
      if (++this.#size < MOST) continue
      this.#old = this.#young
      this.#young = new Map()
      this.#size = 0
    }
  }

  #placeOf(value: Value, values: readonly Value[], learned: readonly Place[], at: number): Place | undefined {
    const { root, name } = value
    if (root !== null) return this.place(root, null)
    const beside = this.#of(value) ?? within(values, learned, at)
    if (name === null) return beside
    return isRow(beside) ? (beside.fields.get(name) ?? ANYTHING) : (this.#bounds.byName.get(name) ?? ANYTHING)
  }

  #of({ beside, besideClock }: Value): Place | undefined {
    const young = this.#young.get(beside)?.get(besideClock)
    if (young) return young
    const old = this.#old.get(beside)?.get(besideClock)
    // What is written over again and again is not forgotten.
    if (old) put(this.#young, beside, besideClock, old)
    return old
  }
}

/** What stands where a value of the same update is written over, or into. */
function within(values: readonly Value[], learned: readonly Place[], at: number): Place | undefined {
  const { beside, besideClock } = values[at] as Value
  for (let before = at - 1; before >= 0; before--) {
    const value = values[before]
    if (value?.client === beside && value.clock === besideClock) return learned[before]
  }
  return undefined
}
