import { Malformed, Reader } from './reader.ts'
import type { Range } from './update-frame.ts'

/**
 * What a room's log holds of each client's history, kept by the ranges of the updates that pass by. It advances only over
 * stretches without a gap, so it never claims what the log does not hold.
 */
export class StateVector {
  readonly #clocks = new Map<number, number>()
  /** Ranges that came before what precedes them. */
  #early: Range[] = []

  /** Takes note of an update's ranges. */
  add(ranges: readonly Range[]): void {
    let advanced = false
    for (const range of ranges) {
      const known = this.#clocks.get(range.client) ?? 0
      if (range.start > known) this.#early.push(range)
      else if (range.end > known) {
        this.#clocks.set(range.client, range.end)
        advanced = true
      }
    }
    if (advanced && this.#early.length) {
      const early = this.#early
      this.#early = []
      this.add(early)
    }
    // Forgetting an early range only makes the claim smaller.
    if (this.#early.length > 1_000) this.#early = this.#early.slice(-500)
  }

  /** Takes over a state vector as Yjs writes it: of a snapshot, which has no gaps. */
  addEncoded(bytes: Uint8Array): void {
    this.add(rangesOf(bytes))
  }

  /** True when the log holds all of these already: somebody sends again what he does not know to be stored. */
  covers(ranges: readonly Range[]): boolean {
    return ranges.every(({ client, end }) => end <= (this.#clocks.get(client) ?? 0))
  }

  /** True when the log holds all that a state vector names. */
  coversEncoded(bytes: Uint8Array): boolean {
    return this.covers(rangesOf(bytes))
  }

  get isEmpty(): boolean {
    return this.#clocks.size === 0
  }

  /** As Yjs writes it. */
  encode(): Uint8Array {
    const numbers = [this.#clocks.size]
    for (const [client, clock] of this.#clocks) numbers.push(client, clock)
    return encodeVarUints(numbers)
  }
}

function rangesOf(vector: Uint8Array): Range[] {
  const reader = new Reader(vector)
  const ranges: Range[] = []
  for (let left = reader.count(2); left > 0; left--) ranges.push({ client: reader.varUint(), start: 0, end: reader.varUint() })
  return ranges
}

/** True for a state vector of somebody who has nothing. Throws `Malformed` for bytes that are none. */
export function isEmptyVector(bytes: Uint8Array): boolean {
  const reader = new Reader(bytes)
  const count = reader.count(2)
  for (let at = 0; at < count; at++) {
    reader.varUint()
    reader.varUint()
  }
  if (reader.left > 0) throw new Malformed(`it has ${reader.left} bytes too many`)
  return count === 0
}

/** Numbers as lib0 writes them. */
export function encodeVarUints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = []
  for (let number of numbers) {
    while (number > 127) {
      bytes.push(0x80 | (number % 128))
      number = Math.floor(number / 128)
    }
    bytes.push(number)
  }
  return Uint8Array.from(bytes)
}
