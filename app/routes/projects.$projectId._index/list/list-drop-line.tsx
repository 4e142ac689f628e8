import { useSyncExternalStore } from 'react'
import { useMoves } from '../board-context.ts'
import { placeOf } from '../drag/place.ts'
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
  const at = lineOfPlace(lines, { columnId, place: placeOf(shown.get(columnId) ?? [], cardId, spot) }, cardId)
  if (at === null) return null
  return (
    <div
      aria-hidden
      data-drop-line
      style={{ transform: `translateY(${at * pitch - 1}px)` }}
      className="pointer-events-none absolute inset-x-2 top-0 z-10 h-0.5 rounded-full bg-accent-solid"
    />
  )
}
