/** What stands in a room's log: the merged beginning, and what came since. */
export type LogSize = { baseBytes: number; tailLength: number; tailBytes: number }

/**
 * Merging reads and writes the whole room, so the larger it is the longer its tail may grow: then an edit's share of the
 * merging is the same in every room. A tail is worth merging from so many updates on, or one for so many bytes of the
 * snapshot; or from so many bytes on, or this part of the snapshot.
 */
const TAIL_LENGTH = 500
const BYTES_AN_UPDATE = 8 * 1024
const TAIL_BYTES = 256 * 1024
const TAIL_PART = 1 / 4
/** What goes on in a room: somebody writes there or joins any, nobody does, or nobody has been in it for a while. */
export type Moment = 'busy' | 'quiet' | 'left'
/**
 * At how many times that tail a room is merged. While somebody writes or joins it waits, for they need the processor, but not for ever. When all have left it
 * is about to be let go of, and whoever comes next waits for every update that is not merged.
 */
const DUE: Readonly<Record<Moment, number>> = { busy: 4, quiet: 1, left: 1 / 5 }

/** Whether a room is to be merged now. */
export function isDueForMerging({ baseBytes, tailLength, tailBytes }: LogSize, moment: Moment): boolean {
  const byLength = tailLength / Math.max(TAIL_LENGTH, baseBytes / BYTES_AN_UPDATE)
  const byBytes = tailBytes / Math.max(TAIL_BYTES, baseBytes * TAIL_PART)
  return Math.max(byLength, byBytes) >= DUE[moment]
}
