import { useEffect, useRef } from 'react'
import { useMoves } from './board-context.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { CARDS, type Rows, topAt } from './window-of.ts'

/** Enters the list among those of the board, as it is at any moment. */
export function useListed(
  { id, name }: Pick<BoardColumn, 'id' | 'name'>,
  list: HTMLElement | null,
  cards: readonly Card[],
  reveal: (top: number, height: number) => void,
  topOf: (at: number) => number = topAt,
  rows: Rows = CARDS,
) {
  const { lists, hand } = useMoves()
  const present = useRef(cards)
  present.current = cards
  useEffect(() => {
    if (list) return lists.enter({ columnId: id, name, element: list, cards: () => present.current, reveal, topOf, rows })
    return undefined
  }, [lists, id, name, list, reveal, topOf, rows])
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
