// biome-ignore-all lint/a11y/useSemanticElements: a table cannot scroll and place its rows like this
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the keyboard, their one cell does not
import { type MouseEvent, memo, type PointerEvent, useCallback, useMemo, useSyncExternalStore } from 'react'
import { useMoves } from './board-context.ts'
import { CardRow } from './card-row.tsx'
import { DropLine } from './drag/drop-line.tsx'
import { cardAt, pressCard } from './drag/press-card.ts'
import { pressCardKey } from './keyboard/list-keys.ts'
import { tabStopOf } from './keyboard/tab-stop.ts'
import { useHeldFocus } from './keyboard/use-held-focus.ts'
import { clickCard } from './selection/click-card.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { useListed } from './use-listed.ts'
import { useWindow } from './use-window.ts'
import { heightOf, LEAD, spotsOf } from './window-of.ts'

type CardListProps = {
  column: BoardColumn
  cards: readonly Card[]
  listRef: (element: HTMLDivElement | null) => void
  onScroll: (top: number) => void
}

/**
 * The cards of one column: a grid of one cell a row that one can walk with the arrows and drag in and out of. Only the
 * cards in sight are drawn, each placed by its number, so that a card that comes or goes draws no other one again.
 */
export const CardList = memo(function CardList({ column, cards, listRef, onScroll }: CardListProps) {
  const moves = useMoves()
  const { start, end, focused, list, ref, reveal } = useWindow(cards.length)
  const inHand = useInHand(column.id)
  const held = inHand ? moves.hand.cardId : null
  const spots = useMemo(() => spotsOf(cards, { start, end }, [held, focused]), [cards, start, end, held, focused])
  const { last, hold, leave } = useHeldFocus(list, cards, spots)
  const stop = tabStopOf(spots, last, start === 0 ? 0 : start + LEAD)
  useListed(column, list, cards, reveal)
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      ref(element)
      listRef(element)
    },
    [ref, listRef],
  )
  const press = (event: PointerEvent) => {
    const at = cardAt(event, cards)
    if (at) pressCard(event.nativeEvent, at, moves)
  }
  const click = (event: MouseEvent) => {
    const at = cardAt(event, cards)
    if (at) clickCard(event.nativeEvent, at.card, cards, moves)
  }
  return (
    <div
      ref={place}
      role="grid"
      aria-label={`Cards in ${column.name}`}
      aria-rowcount={Math.max(1, cards.length)}
      aria-multiselectable
      data-column={column.id}
      tabIndex={cards.length === 0 ? 0 : -1}
      onPointerDown={press}
      onClick={click}
      onKeyDown={(event) => pressCardKey(event, cards, moves)}
      onFocus={(event) => hold(event.target)}
      onBlur={leave}
      onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
      className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto rounded-lg outline-none scroll-thin focus-visible:ring-inset-focus"
    >
      {/* Gives the list its height; a variable on the list itself would have every card in it styled again. */}
      <div aria-hidden className="pointer-events-none" style={{ height: heightOf(cards.length) }} />
      {spots.map(({ id, card, at }) => (
        <CardRow key={id} card={card} at={at} isStop={id === stop} isInHand={inHand?.has(id) ?? false} canMove={moves.canWrite} />
      ))}
      {cards.length === 0 && <EmptyRow />}
      <DropLine columnId={column.id} cards={cards} />
    </div>
  )
})

/** A grid has rows, also when there is nothing to show. */
function EmptyRow() {
  return (
    <div role="row" className="contents">
      <div role="gridcell" />
    </div>
  )
}

/** What is in the hand while some of it stands in this column, so that only those columns draw it so. */
function useInHand(columnId: string): ReadonlySet<string> | null {
  const { hand, board } = useMoves()
  const isHere = (id: string) => board()?.cards.byId.get(id)?.columnId === columnId
  return useSyncExternalStore(hand.subscribe, () => (someOf(hand.ids, isHere) ? hand.ids : null))
}

function someOf(ids: ReadonlySet<string>, holds: (id: string) => boolean): boolean {
  for (const id of ids) if (holds(id)) return true
  return false
}
