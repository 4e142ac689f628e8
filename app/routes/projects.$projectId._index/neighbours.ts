export type Neighbours = { afterId: string | null; beforeId: string | null }
/** Where a card was let go: above or below another card, or (null) somewhere on the column. */
export type DropSpot = { id: string; side: 'before' | 'after' } | null

/**
 * BOARD-3: the cards above and below the place where a card was dropped, as the person saw them; the moved card itself
 * never counts. A drop on the column, or beside a card that has gone meanwhile, means the bottom.
 */
export function neighboursAt(cards: readonly { id: string }[], movedId: string, spot: DropSpot): Neighbours {
  const rest = cards.filter((card) => card.id !== movedId)
  const bottom = { afterId: rest.at(-1)?.id ?? null, beforeId: null }
  if (spot === null) return bottom
  if (spot.id === movedId) {
    const at = cards.findIndex((card) => card.id === movedId)
    return { afterId: cards[at - 1]?.id ?? null, beforeId: cards[at + 1]?.id ?? null }
  }
  const at = rest.findIndex((card) => card.id === spot.id)
  if (at < 0) return bottom
  return spot.side === 'before'
    ? { afterId: rest[at - 1]?.id ?? null, beforeId: spot.id }
    : { afterId: spot.id, beforeId: rest[at + 1]?.id ?? null }
}

/** BOARD-4: the top of a column: above its first card. */
export function topOf(cards: readonly { id: string }[], movedId: string): Neighbours {
  return { afterId: null, beforeId: cards.find((card) => card.id !== movedId)?.id ?? null }
}
