import { LARGE_UPDATE } from './large-updates.ts'
import { Reader } from './reader.ts'
import { encodeVarUints } from './state-vector.ts'
import { type Range, readUpdateShape } from './update-frame.ts'

/** More of them take as long to read as the update itself, and nearly its place. */
const MOST = 1_000

/** The ranges a large update brings, to be stored beside it: whoever opens its room need not read all of it. Null where that is no gain. */
export function rangesBeside(update: Uint8Array, read?: readonly Range[]): Uint8Array | null {
  if (update.length <= LARGE_UPDATE) return null
  const ranges = read ?? readUpdateShape(update).ranges
  if (ranges.length > MOST) return null
  return encodeVarUints([ranges.length, ...ranges.flatMap(({ client, start, end }) => [client, start, end])])
}

/** The ranges an update brings: as they were stored beside it, or else read from its bytes. Throws `Malformed`. */
export function rangesOf({ bytes, ranges }: { bytes: Uint8Array; ranges?: Uint8Array | null }): Range[] {
  if (!ranges) return readUpdateShape(bytes).ranges
  const reader = new Reader(ranges)
  return Array.from({ length: reader.count(3) }, () => ({ client: reader.varUint(), start: reader.varUint(), end: reader.varUint() }))
}
