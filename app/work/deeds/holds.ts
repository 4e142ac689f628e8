/** Of how many of some cards something is so. */
export function holdsOf<C>(cards: readonly C[], isSo: (card: C) => boolean): 'all' | 'some' | 'none' {
  if (!cards.some(isSo)) return 'none'
  return cards.every(isSo) ? 'all' : 'some'
}

/** The labels of a board, those used most first, then by name. */
export function labelsOf(cards: readonly { labels: readonly string[] }[]): string[] {
  const uses = new Map<string, number>()
  for (const { labels } of cards) for (const label of labels) uses.set(label, (uses.get(label) ?? 0) + 1)
  return [...uses].sort(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b)).map(([label]) => label)
}
