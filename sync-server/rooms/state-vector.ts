import { Malformed, Reader } from './reader.ts'
import { MAX_RANGES, type Range } from './update-frame.ts'

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
    this.add(rangesOfVector(bytes))
  }

  /** True when the log holds all of these already: somebody sends again what he does not know to be stored. */
  covers(ranges: readonly Range[]): boolean {
    return ranges.every(({ client, end }) => end <= this.of(client))
  }

  /** How far it reaches in one client's history. */
  of(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  /** True when one of these begins in what the log holds and goes beyond it. */
  isCutBy(ranges: readonly Range[]): boolean {
    return ranges.some(({ client, start, end }) => {
      const known = this.of(client)
      return start < known && known < end
    })
  }

  /** True when one of these begins beyond what the log holds without a gap, or meets what does. */
  isTornBy(ranges: readonly Range[]): boolean {
    return ranges.some(
      (range) =>
        range.start > this.of(range.client) ||
        (this.#early.length > 0 && this.#early.some(({ client, start }) => client === range.client && start < range.end)),
    )
  }

  /** How many stretches would wait behind a gap if these came. */
  waitingWith(ranges: readonly Range[]): number {
    return this.#early.length + ranges.filter(({ client, start }) => start > this.of(client)).length
  }

  /** True when the log holds all that a state vector names. */
  coversEncoded(bytes: Uint8Array): boolean {
    return this.covers(rangesOfVector(bytes))
  }

  get isEmpty(): boolean {
    return this.#clocks.size === 0
  }

  /** As Yjs writes it; with `about` only of the clients these ranges are of. */
  encode(about?: readonly Range[]): Uint8Array {
    const clients = about ? new Set(about.map(({ client }) => client)) : this.#clocks.keys()
    const numbers = [0]
    for (const client of clients) numbers.push(client, this.of(client))
    numbers[0] = (numbers.length - 1) / 2
    return encodeVarUints(numbers)
  }
}

/** What a state vector as Yjs writes it tells of: every client's history from its beginning. */
export function rangesOfVector(vector: Uint8Array): Range[] {
  const reader = new Reader(vector)
  const ranges: Range[] = []
  for (let left = reader.count(2); left > 0; left--) ranges.push({ client: reader.varUint(), start: 0, end: reader.varUint() })
  return ranges
}

/** True for a state vector of somebody who has nothing. Throws `Malformed` for bytes that are none. */
export function isEmptyVector(bytes: Uint8Array): boolean {
  const reader = new Reader(bytes)
  const count = reader.count(2)
  if (count > MAX_RANGES) throw new Malformed('it speaks of too many clients')
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
