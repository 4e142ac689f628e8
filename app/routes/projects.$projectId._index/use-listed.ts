import { useEffect, useRef } from 'react'
import { useMoves } from './board-context.ts'
import { lineAt as lineInColumn, placeAtHeight, spotOf } from './drag/place.ts'
import type { BoardList } from './lists.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { CARDS, topAt } from './window-of.ts'

/** How a list is laid out, where it is not the cards of one column. */
type Laid = Pick<BoardList, 'topOf' | 'rows' | 'targetAt' | 'columns' | 'lineAt'>

/** Enters the list among those of the board, as it is at any moment. */
export function useListed(
  { id, name }: Pick<BoardColumn, 'id' | 'name'>,
  list: HTMLElement | null,
  cards: readonly Card[],
  reveal: (top: number, height: number) => void,
  { topOf, rows, targetAt, columns, lineAt }: Partial<Laid> = {},
) {
  const { lists, hand } = useMoves()
  const present = useRef(cards)
  present.current = cards
  useEffect(() => {
    if (!list) return undefined
    const inColumn: Laid['targetAt'] = (height, heldId) => {
      const here = present.current
      return { columnId: id, spot: spotOf(here, heldId, placeAtHeight(height, here, heldId)) }
    }
    const laid: Laid = {
      topOf: topOf ?? topAt,
      rows: rows ?? CARDS,
      targetAt: targetAt ?? inColumn,
      columns: columns ?? (() => [{ columnId: id, name, cards: present.current }]),
      lineAt: lineAt ?? ((_, place, heldId) => lineInColumn(present.current, heldId, place)),
    }
    return lists.enter({ columnId: id, name, element: list, cards: () => present.current, reveal, ...laid })
  }, [lists, id, name, list, reveal, topOf, rows, targetAt, columns, lineAt])
  useEffect(() => {
    if (!list) return
    // There from the start: browsers ask who may stop a scroll when the finger comes down, not when it moves.
    const stopScroll = (event: TouchEvent) => {
      if (hand.cardId !== null && event.cancelable) event.preventDefault()
    }
    list.addEventListener('touchmove', stopScroll, { passive: false })
    return () => list.removeEventListener('touchmove', stopScroll)
  }, [list, hand])
}
