import type { NamedCard } from '#domain/tasks/dependencies.ts'

/** Nobody looks through more than these; another letter finds the rest. */
const MOST = 50

/** PICK-1: the cards that have all the words typed in their short id or title, without some; what is still to be done comes first, then the newest. */
export function cardsLike<C extends NamedCard>(cards: readonly C[], typed: string, without: readonly string[]): C[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const left = new Set(without)
  const isOver = ({ status }: C) => status === 'done' || status === 'cancelled'
  return cards
    .filter((card) => {
      const text = `${card.shortId} ${card.title}`.toLowerCase()
      return !left.has(card.id) && words.every((word) => text.includes(word))
    })
    .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || (a.id < b.id ? 1 : -1))
    .slice(0, MOST)
}
