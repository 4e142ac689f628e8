import { useSyncExternalStore } from 'react'
import { LineAt } from '#app/ui/line-at.tsx'
import { useMoves } from '../board-context.ts'
import type { Card } from '../use-board.ts'
import { isOwnPlace, lineAt, placeOf } from './place.ts'

/** The line where the card in hand would land in this column; none where it would stay. */
export function DropLine({ columnId, cards }: { columnId: string; cards: readonly Card[] }) {
  const { hand } = useMoves()
  const target = useSyncExternalStore(hand.subscribe, () => (hand.target?.columnId === columnId ? hand.target : null))
  const held = hand.cardId
  if (!target || held === null || isOwnPlace(cards, held, target.spot)) return null
  return <LineAt top={lineAt(cards, held, placeOf(cards, held, target.spot))} />
}
