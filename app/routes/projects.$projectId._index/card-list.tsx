// biome-ignore-all lint/a11y/useSemanticElements: a table cannot scroll and place its rows like this
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the keyboard, their one cell does not
import {
  type MouseEvent,
  memo,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useMoves } from './board-context.ts'
import { isFollowed } from './card-focus.ts'
import { CardRow } from './card-row.tsx'
import { DropLine } from './drop-line.tsx'
import { pressCardKey } from './list-keys.ts'
import { pressCard } from './press-card.ts'
import { type Last, successorOf, tabStopOf } from './tab-stop.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { useWindow } from './use-window.ts'
import { heightOf, LEAD, type Spot, spotsOf } from './window-of.ts'

type CardListProps = { column: BoardColumn; cards: readonly Card[]; note: string | null; listRef: (element: HTMLDivElement | null) => void }

/**
 * The cards of one column: a grid of one cell a row that one can walk with the arrows and drag in and out of. Only the
 * cards in sight are drawn, each placed by its number, so that a card that comes or goes draws no other one again.
 */
export const CardList = memo(function CardList({ column, cards, note, listRef }: CardListProps) {
  const moves = useMoves()
  const { start, end, focused, list, ref, reveal } = useWindow(cards.length)
  const inHand = useInHand(column.id)
  const spots = useMemo(
    () =>
      spotsOf(
        cards,
        { start, end },
        [...new Set([inHand, focused])].filter((id) => id !== null),
      ),
    [cards, start, end, inHand, focused],
  )
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
    const row = rowAt(event)
    const card = row && cardOf(cards, row)
    if (card && moves.canWrite && event.isPrimary && event.button === 0) pressCard(event.nativeEvent, row, card, moves)
  }
  const click = (event: MouseEvent) => {
    const row = rowAt(event)
    const card = row && cardOf(cards, row)
    if (card) moves.open(card)
  }
  return (
    <div
      ref={place}
      role="grid"
      aria-label={`Cards in ${column.name}`}
      aria-rowcount={cards.length}
      data-column={column.id}
      tabIndex={cards.length === 0 ? 0 : -1}
      onPointerDown={press}
      onClick={click}
      onKeyDown={(event) => pressCardKey(event, cards, moves)}
      onFocus={(event) => hold(event.target)}
      onBlur={leave}
      style={{ '--all': `${heightOf(cards.length)}px` } as React.CSSProperties}
      className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto rounded-lg outline-none scroll-thin after:pointer-events-none after:block after:h-(--all) focus-visible:ring-inset-focus"
    >
      {spots.map(({ id, card, at }) => (
        <CardRow key={id} card={card} at={at} isStop={id === stop} isInHand={id === inHand} canMove={moves.canWrite} />
      ))}
      {cards.length === 0 && <EmptyRow note={note} />}
      <DropLine columnId={column.id} cards={cards} />
    </div>
  )
})

/** A grid has rows, also when there is nothing to show. */
function EmptyRow({ note }: { note: string | null }) {
  return (
    <div role="row" className="contents">
      <div role="gridcell" className="px-3 py-4 text-center text-xs text-faint">
        {note ?? ''}
      </div>
    </div>
  )
}

/** The row an event is about; none when it is about a button in it. */
function rowAt({ target }: { target: EventTarget }): HTMLElement | null {
  if (!(target instanceof Element) || target.closest('button')) return null
  return target.closest<HTMLElement>('[role=row][data-key]')
}

const cardOf = (cards: readonly Card[], row: HTMLElement): Card | undefined => cards.find(({ id }) => id === row.dataset.key)

/** The id of the card in hand while it stands in this column, so that only this column draws it so. */
function useInHand(columnId: string): string | null {
  const { hand, board } = useMoves()
  const read = () => (hand.cardId !== null && board()?.cards.byId.get(hand.cardId)?.columnId === columnId ? hand.cardId : null)
  return useSyncExternalStore(hand.subscribe, read)
}

/** Enters the list among those of the board, as it is at any moment. */
function useListed(
  { id, name }: BoardColumn,
  list: HTMLElement | null,
  cards: readonly Card[],
  reveal: (top: number, height: number) => void,
) {
  const { lists } = useMoves()
  const present = useRef(cards)
  present.current = cards
  useEffect(() => {
    if (list) return lists.enter({ columnId: id, name, element: list, cards: () => present.current, reveal })
    return undefined
  }, [lists, id, name, list, reveal])
}

/** Keeps the keyboard in the list when the card that has it goes, unless it goes along with that card. */
function useHeldFocus(list: HTMLElement | null, cards: readonly Card[], spots: readonly Spot<Card>[]) {
  const [id, setId] = useState<string | null>(null)
  const last = useRef<Last | null>(null)
  const isHere = useRef(false)
  const known = id === null ? undefined : spots.find((spot) => spot.id === id)
  if (id !== null) last.current = { id, at: known?.at ?? last.current?.at ?? 0 }
  useLayoutEffect(() => {
    const { current } = last
    if (!isHere.current || !current || !list || list.contains(document.activeElement)) return
    isHere.current = false
    if (isFollowed(current.id)) return
    const next = successorOf(cards, current)
    const row = next && list.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.id)}"]`)
    ;(row ?? list).focus({ preventScroll: true })
  }, [list, cards])
  return {
    last: last.current,
    hold: (target: EventTarget & Element) => {
      isHere.current = true
      const key = target.closest<HTMLElement>('[role=row]')?.dataset.key
      if (key !== undefined) setId(key)
    },
    /** React does not report the blur of a row it takes away: what is reported is a person going elsewhere. */
    leave: () => {
      isHere.current = false
    },
  }
}
