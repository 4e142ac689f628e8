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
/** Beyond so many times that tail, merging waits for no quiet moment any more. */
const OVERDUE = 4

/** Whether a room is to be merged now. While somebody writes or joins it waits, for they need the processor, but not for ever. */
export function isDueForMerging({ baseBytes, tailLength, tailBytes }: LogSize, isQuiet: boolean): boolean {
  const byLength = tailLength / Math.max(TAIL_LENGTH, baseBytes / BYTES_AN_UPDATE)
  const byBytes = tailBytes / Math.max(TAIL_BYTES, baseBytes * TAIL_PART)
  return Math.max(byLength, byBytes) >= (isQuiet ? 1 : OVERDUE)
}
