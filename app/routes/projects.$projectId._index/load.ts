/** BOARD-27: what a number of cards is to the limit of their column, in words. */
export function decideLoad(total: number, limit: number): { isOver: boolean; words: string } {
  if (total > limit) return { isOver: true, words: `${total - limit} over` }
  return { isOver: false, words: total === limit ? 'full' : '' }
}
