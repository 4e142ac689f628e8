/** BOARD-27: what a number of cards is to the limit of their column, in words. */
export function decideLoad(total: number, limit: number): { isOver: boolean; words: string } {
  if (total > limit) return { isOver: true, words: `${total - limit} over` }
  return { isOver: false, words: total === limit ? 'full' : '' }
}

/** The same as it stands beside a column's name: `5/5 · full`. */
export function sayLoad(total: number, limit: number | null): string {
  if (limit === null) return String(total)
  const { words } = decideLoad(total, limit)
  return words === '' ? `${total}/${limit}` : `${total}/${limit} · ${words}`
}
