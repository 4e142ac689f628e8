import type { Value } from './update-frame.ts'
import { ANYTHING, type Bounds, isWithin } from './value-bounds.ts'

/** Twice so many values are kept in mind. A field whose value is forgotten is asked for again when it is written over. */
const MOST = 20_000
/** Whoever brings more values than so many has been away: a moment more is nothing to him. */
const MOST_AT_ONCE = 500

type Known = Map<number, Map<number, Bounds>>

const put = (known: Known, client: number, clock: number, bounds: Bounds): void => {
  const clocks = known.get(client)
  if (clocks) clocks.set(clock, bounds)
  else known.set(client, new Map([[clock, bounds]]))
}

/**
 * What may stand in the fields whose values passed by: a value says over which one it is written, and only the first of a field
 * says in which. So most are judged without a document.
 */
export class FieldMemory {
  readonly #byName: ReadonlyMap<string, Bounds>
  #young: Known = new Map()
  #old: Known = new Map()
  #size = 0

  constructor(byName: ReadonlyMap<string, Bounds>) {
    this.#byName = byName
  }

  /** Judges the values of one update. Answers what there is to learn when it is taken in; null: only a document tells whether all of them are right. */
  judge(values: readonly Value[]): Bounds[] | null {
    if (values.length > MOST_AT_ONCE) return null
    const learned: Bounds[] = []
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as Value
      const bounds = value.name === null ? (this.#of(value) ?? within(values, learned, at)) : this.bounds(value.name)
      if (!bounds || !isWithin(bounds, value.kind, value.length)) return null
      learned.push(bounds)
    }
    return learned
  }

  /** What may stand in a field of this name. */
  bounds(name: string): Bounds {
    return this.#byName.get(name) ?? ANYTHING
  }

  /** Keeps in mind what may stand where these values stand. */
  learn(values: readonly Pick<Value, 'client' | 'clock'>[], learned: readonly Bounds[]): void {
    for (let at = 0; at < values.length; at++) {
      const { client, clock } = values[at] as Value
      put(this.#young, client, clock, learned[at] ?? ANYTHING)
      if (++this.#size < MOST) continue
      this.#old = this.#young
      this.#young = new Map()
      this.#size = 0
    }
  }

  #of({ over, overClock }: Value): Bounds | undefined {
    const young = this.#young.get(over)?.get(overClock)
    if (young) return young
    const old = this.#old.get(over)?.get(overClock)
    // What is written over again and again is not forgotten.
    if (old) put(this.#young, over, overClock, old)
    return old
  }
}

/** What may stand where a value of the same update is written over. */
function within(values: readonly Value[], learned: readonly Bounds[], at: number): Bounds | undefined {
  const { over, overClock } = values[at] as Value
  for (let before = at - 1; before >= 0; before--) {
    const value = values[before]
    if (value?.client === over && value.clock === overClock) return learned[before]
  }
  return undefined
}
