/** How near the end of a list a held card has to be for the list to move. */
const ZONE = 48
/** Pixels a millisecond at the very end. */
const FASTEST = 1.2

/** BOARD-13: how fast a list moves under a held card: not at all in its middle, faster and faster towards its ends. */
export function edgeSpeed(at: number, start: number, end: number): number {
  const zone = Math.min(ZONE, (end - start) / 4)
  if (zone <= 0) return 0
  const before = Math.min(1, Math.max(0, (start + zone - at) / zone))
  const after = Math.min(1, Math.max(0, (at - end + zone) / zone))
  const speed = FASTEST * (after * after - before * before)
  return speed === 0 ? 0 : speed
}
