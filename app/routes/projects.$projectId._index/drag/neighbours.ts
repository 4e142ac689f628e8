export type Neighbours = { afterId: string | null; beforeId: string | null }
/** Where a card was let go: above or below another card, or (null) somewhere on the column. */
export type DropSpot = { id: string; side: 'before' | 'after' } | null

/**
 * BOARD-3: the cards above and below the place where cards were dropped, as the person saw them; those that move never count.
 * A drop on the column, or beside a card that has gone meanwhile, means the bottom.
 */
export function neighboursAt(cards: readonly { id: string }[], moved: ReadonlySet<string>, spot: DropSpot): Neighbours {
  const at = spot === null ? -1 : cards.findIndex((card) => card.id === spot.id)
  /** The card there, or the next one that way that does not move. */
  const beside = (index: number, step: 1 | -1): string | null => {
    let place = index
    while (moved.has(cards[place]?.id ?? '')) place += step
    return cards[place]?.id ?? null
  }
  if (spot === null || at < 0) return { afterId: beside(cards.length - 1, -1), beforeId: null }
  if (moved.has(spot.id)) return { afterId: beside(at - 1, -1), beforeId: beside(at + 1, 1) }
  return spot.side === 'before' ? { afterId: beside(at - 1, -1), beforeId: spot.id } : { afterId: spot.id, beforeId: beside(at + 1, 1) }
}

/** BOARD-4: the top of a column: above its first card. */
export function topOf(cards: readonly { id: string }[], moved: ReadonlySet<string>): Neighbours {
  return { afterId: null, beforeId: cards.find((card) => !moved.has(card.id))?.id ?? null }
}
