export type Neighbours = { afterId: string | null; beforeId: string | null }
/** Where a card was let go: above or below another card, or (null) somewhere on the column. */
export type DropSpot = { id: string; side: 'before' | 'after' } | null

/**
 * BOARD-3: the cards above and below the place where a card was dropped, as the person saw them; the moved card itself
 * never counts. A drop on the column, or beside a card that has gone meanwhile, means the bottom.
 */
export function neighboursAt(cards: readonly { id: string }[], movedId: string, spot: DropSpot): Neighbours {
  const at = spot === null ? -1 : cards.findIndex((card) => card.id === spot.id)
  /** The card there, or the next one that way where it is the moved one. */
  const beside = (index: number, step: 1 | -1): string | null => cards[cards[index]?.id === movedId ? index + step : index]?.id ?? null
  if (spot === null || at < 0) return { afterId: beside(cards.length - 1, -1), beforeId: null }
  if (spot.id === movedId) return { afterId: beside(at - 1, -1), beforeId: beside(at + 1, 1) }
  return spot.side === 'before' ? { afterId: beside(at - 1, -1), beforeId: spot.id } : { afterId: spot.id, beforeId: beside(at + 1, 1) }
}

/** BOARD-4: the top of a column: above its first card. */
export function topOf(cards: readonly { id: string }[], movedId: string): Neighbours {
  return { afterId: null, beforeId: cards.find((card) => card.id !== movedId)?.id ?? null }
}
