import { decideDone, decideStep } from '#domain/tasks/rules.ts'
import { type DeedCard, type DeedColumn, sayCards } from './deeds.ts'

/** Said where the cards’ status, or a point nobody has ticked, forbids a column; chosen nonetheless, the refusal says why. */
export function whyNot(cards: readonly DeedCard[], column: DeedColumn): string {
  const held = cards.filter((card) => !decideStep(card, column.status).ok)
  const [first] = held
  if (!first) return ''
  if (cards.length === 1) return decideDone(first, column.status).ok ? 'not from here' : 'not all is ticked'
  return held.length === cards.length ? 'none of them may' : `${sayCards(held)} may not`
}
