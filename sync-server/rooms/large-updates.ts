import { type Thread, ThreadLost } from '#server/threads/thread.ts'
import { EMPTY_UPDATE } from './frames.ts'
import { Malformed } from './reader.ts'
import { type Range, readUpdateShape, type UpdateShape } from './update-frame.ts'

/** Reading the worst content of this many bytes takes a few milliseconds. More of them are read in a thread. */
export const LARGE_UPDATE = 32 * 1024
/** Eight honest megabytes take a tenth of this. */
const PATIENCE_MS = 2_000
/** A thread that starts on a busy machine. */
const START_MS = 20_000

/** What the thread says of an update: its shape, the ranges as plain numbers (objects would take their time to come over), or what is wrong. */
export type ReadLarge = { ranges: Float64Array; deletes: boolean; isEmpty: boolean } | { malformed: string }

/** An update that could not be read in time. */
export class TooSlow extends Error {
  override name = 'TooSlow'
}

function packed(ranges: readonly Range[]): Float64Array {
  const numbers = new Float64Array(ranges.length * 3)
  for (const [at, { client, start, end }] of ranges.entries()) numbers.set([client, start, end], at * 3)
  return numbers
}

/** Reads an update, in a worker thread. */
export function readLarge(update: Uint8Array): ReadLarge {
  try {
    const { ranges, deletes, isEmpty } = readUpdateShape(update)
    return { deletes, isEmpty, ranges: packed(ranges) }
  } catch (thrown) {
    if (thrown instanceof Malformed) return { malformed: thrown.message }
    throw thrown
  }
}

/** Reads updates that may take longer than the main thread has, one after the other, so that one which takes for ever costs nobody else's. */
export class LargeUpdates {
  readonly #thread: Thread<Uint8Array, ReadLarge>
  #warm = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(thread: Thread<Uint8Array, ReadLarge>) {
    this.#thread = thread
  }

  /** The shape of an update. Throws `Malformed`, or `TooSlow` where its reading had to be ended. */
  read(update: Uint8Array): Promise<UpdateShape> {
    const reading = this.#last.then(() => this.#read(update))
    this.#last = reading.catch(() => undefined)
    return reading
  }

  async #read(update: Uint8Array): Promise<UpdateShape> {
    this.#thread.start()
    if (this.#warm !== this.#thread.generation) await this.#thread.ask(EMPTY_UPDATE, [], START_MS)
    this.#warm = this.#thread.generation
    const read = await this.#ask(update)
    if ('malformed' in read) throw new Malformed(read.malformed)
    const ranges: Range[] = []
    for (let at = 0; at < read.ranges.length; at += 3) {
      ranges.push({ client: read.ranges[at] ?? 0, start: read.ranges[at + 1] ?? 0, end: read.ranges[at + 2] ?? 0 })
    }
    return { ranges, deletes: read.deletes, isEmpty: read.isEmpty, values: null }
  }

  async #ask(update: Uint8Array): Promise<ReadLarge> {
    try {
      return await this.#thread.ask(update, [], PATIENCE_MS)
    } catch (thrown) {
      if (thrown instanceof ThreadLost) throw new TooSlow(thrown.message, { cause: thrown })
      throw thrown
    }
  }
}
