/** Every card is this high and this far from the next, so a board of ten thousand never measures one and nothing jumps. */
export const CARD_HEIGHT = 96
export const PITCH = CARD_HEIGHT + 6
/** Room above the first and below the last card. */
export const PADDING = 8

/** How rows of one height follow each other, in px: how high one is, how far from the next, and the room above the first and below the last. */
export type Rows = { height: number; pitch: number; padding: number }
export const CARDS: Rows = { height: CARD_HEIGHT, pitch: PITCH, padding: PADDING }

const OVERSCAN = 3
const STEP = 2

export type Range = { start: number; end: number }

/** BOARD-7: which cards to draw: those in sight and some around them, in steps, so that a scroll of a few pixels changes nothing. */
export function rangeInSight(scrollTop: number, height: number, count: number, { pitch, padding }: Rows = CARDS): Range {
  const first = Math.floor(Math.max(0, scrollTop - padding) / pitch) - OVERSCAN
  const last = Math.ceil((scrollTop + height) / pitch) + OVERSCAN
  const start = Math.floor(Math.max(0, first) / STEP) * STEP
  return { start: Math.min(start, Math.max(0, count - 1)), end: Math.min(count, Math.ceil(last / STEP) * STEP) }
}

/** How many of the cards drawn stand above those in sight, once there are any. */
export const LEAD = OVERSCAN + STEP - 1

/** BOARD-18: how far a list scrolls so that a stretch of its content is in sight with some air: no further than needed. */
export function scrollFor(top: number, height: number, scrollTop: number, inSight: number): number {
  if (top - PADDING < scrollTop) return Math.max(0, top - PADDING)
  return top + height + PADDING > scrollTop + inSight ? top + height + PADDING - inSight : scrollTop
}

export type Spot<C> = { id: string; card: C; at: number }

/** BOARD-8: the cards to draw with their places: those of the range, and the held ones (in a hand, or with the keyboard; null: none) wherever they stand. */
export function spotsOf<C extends { id: string }>(cards: readonly C[], { start, end }: Range, held: readonly (string | null)[]): Spot<C>[] {
  const spots: Spot<C>[] = []
  const spot = (card: C, at: number) => spots.push({ id: card.id, card, at })
  const outside = [...new Set(held)]
    .map((id) => (id === null ? -1 : cards.findIndex((card) => card.id === id)))
    .filter((at) => at >= 0 && (at < start || at >= end))
  outside.sort((a, b) => a - b)
  for (const at of outside) if (at < start) spot(cards[at] as C, at)
  for (let at = start; at < Math.min(end, cards.length); at++) spot(cards[at] as C, at)
  for (const at of outside) if (at >= end) spot(cards[at] as C, at)
  return spots
}

export const topAt = (at: number, { pitch, padding }: Rows = CARDS): number => padding + at * pitch
/** How far a column scrolls. */
export const heightOf = (count: number, { height, pitch, padding }: Rows = CARDS): number =>
  count === 0 ? 0 : padding * 2 + count * pitch - (pitch - height)
