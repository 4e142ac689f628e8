import { useSyncExternalStore } from 'react'
import { LineAt } from '#app/ui/line-at.tsx'
import { useMoves } from '../board-context.ts'
import { isOwnPlace, placeOf } from '../drag/place.ts'
import type { Card } from '../use-board.ts'
import { type Line, lineOfPlace } from './lines.ts'

type Props = { lines: readonly Line<Card>[]; shown: ReadonlyMap<string, readonly Card[]>; pitch: number }

/** The line where the card in hand would land in the list; none where it would stay. */
export function ListDropLine({ lines, shown, pitch }: Props) {
  const { hand } = useMoves()
  const target = useSyncExternalStore(hand.subscribe, () => hand.target)
  const { cardId } = hand
  if (!target || cardId === null) return null
  const { columnId, spot } = target
  const cards = shown.get(columnId) ?? []
  if (isOwnPlace(cards, cardId, spot)) return null
  const at = lineOfPlace(lines, { columnId, place: placeOf(cards, cardId, spot) }, cardId)
  return at === null ? null : <LineAt top={at * pitch} />
}
