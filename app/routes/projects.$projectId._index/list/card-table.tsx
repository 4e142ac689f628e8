// biome-ignore-all lint/a11y/useSemanticElements: a table cannot scroll and place its rows like this
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the keyboard, their one cell does not
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { updatesOf } from '#domain/tasks/queries.ts'
import { useMoves } from '../board-context.ts'
import { isOwnPlace, spotOf } from '../drag/place.ts'
import { cardAt, pressCard } from '../drag/press-card.ts'
import type { Sort } from '../filter/look.ts'
import { pressCardKey } from '../keyboard/list-keys.ts'
import { tabStopOf } from '../keyboard/tab-stop.ts'
import { useHeldFocus } from '../keyboard/use-held-focus.ts'
import { QuickAdd } from '../quick-add.tsx'
import { keepScroll, restoreScroll } from '../scroll-kept.ts'
import { clickCard } from '../selection/click-card.ts'
import type { Board, Card } from '../use-board.ts'
import { useListed } from '../use-listed.ts'
import { useWindow } from '../use-window.ts'
import { heightOf, LEAD, type Rows, spotsOf, topAt } from '../window-of.ts'
import { lineOfPlace, linesOf, placeOverLine } from './lines.ts'
import { ListDropLine } from './list-drop-line.tsx'
import { HeadRow, ListRow } from './list-row.tsx'

/** What takes the place of a column's id: there is one list. */
const LIST = { id: 'list', name: 'the list' }
const FINE: Rows = { height: 36, pitch: 36, padding: 0 }
const COARSE: Rows = { height: 48, pitch: 48, padding: 0 }

type CardTableProps = {
  projectId: string
  board: Board
  shown: ReadonlyMap<string, readonly Card[]>
  sort: Sort
  addingTo: string | null
  setAdding: (columnId: string | null) => void
}

/** The cards of the board as one dense list under the heads of their columns. Only the rows in sight are drawn, as in a column. */
export function CardTable({ projectId, board, shown, sort, addingTo, setAdding }: CardTableProps) {
  const moves = useMoves()
  const rows = useMemo(() => (matchMedia('(pointer: coarse)').matches ? COARSE : FINE), [])
  const updates = useQuery(useMemo(() => (sort === 'updated' ? updatesOf(projectId) : null), [sort, projectId]))
  const { lines, cards, lineOf } = useMemo(() => {
    const updatedAt = new Map((updates ?? []).map((row) => [row.id, row.updatedAt]))
    return linesOf(board.columns, shown, sort, (id) => updatedAt.get(id) ?? 0)
  }, [board.columns, shown, sort, updates])
  const { start, end, focused, list, ref, reveal } = useWindow(lines.length, rows)
  const inHand = useSyncExternalStore(moves.hand.subscribe, () => moves.hand.ids)
  const held = moves.hand.cardId
  const spots = useMemo(() => spotsOf(lines, { start, end }, [held, focused]), [lines, start, end, held, focused])
  const cardSpots = useMemo(
    () => spots.flatMap(({ card: line }) => (line.card ? [{ id: line.id, card: line.card, at: line.at }] : [])),
    [spots],
  )
  const { last, hold, leave } = useHeldFocus(list, cards, cardSpots)
  const stop = tabStopOf(cardSpots, last, start === 0 ? 0 : (cardSpots[LEAD]?.at ?? 0))
  const present = useRef({ lines, lineOf, shown, sort, columns: board.columns })
  present.current = { lines, lineOf, shown, sort, columns: board.columns }
  const laid = useMemo(
    () => ({
      rows,
      topOf: (at: number) => topAt(present.current.lineOf[at] ?? 0, rows),
      columns: () => {
        const { columns, shown, sort } = present.current
        if (sort !== 'order') return []
        return columns.flatMap(({ id, name }) => {
          const here = shown.get(id) ?? []
          return here.length > 0 ? [{ columnId: id, name, cards: here }] : []
        })
      },
      lineAt: (columnId: string, place: number, heldId: string) =>
        (lineOfPlace(present.current.lines, { columnId, place }, heldId) ?? 0) * rows.pitch,
      targetAt: (height: number, heldId: string) => {
        const place = placeOverLine(present.current.lines, Math.round(height / rows.pitch), heldId)
        if (!place) return null
        const here = present.current.shown.get(place.columnId) ?? []
        const spot = spotOf(here, heldId, place.place)
        return isOwnPlace(here, heldId, spot) ? null : { columnId: place.columnId, spot }
      },
    }),
    [rows],
  )
  useListed(LIST, list, cards, reveal, laid)
  useEffect(() => {
    moves.lists.strip = list
  }, [moves, list])
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      ref(element)
      if (element) restoreScroll(`${projectId}/list`, element, 'scrollTop')
    },
    [ref, projectId],
  )
  const press = (event: PointerEvent) => {
    // Sorted by something else, a card has no place one could give it.
    const at = sort === 'order' ? cardAt(event, cards) : null
    if (at) pressCard(event.nativeEvent, at, moves)
  }
  const click = (event: MouseEvent) => {
    const { target, nativeEvent } = event
    const card = cardAt(event, cards)?.card
    if (!card) return
    const isBox = target instanceof Element && target.closest('[data-box]') !== null
    if (isBox && !nativeEvent.shiftKey) moves.selection.toggle(card.id)
    else clickCard(nativeEvent, card, cards, moves)
  }
  const column = board.columns.find(({ id }) => id === addingTo) ?? board.columns[0]
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={place}
        role="grid"
        aria-label="Cards as a list"
        aria-rowcount={Math.max(1, lines.length)}
        aria-multiselectable
        data-column={LIST.id}
        tabIndex={cards.length === 0 ? 0 : -1}
        onPointerDown={press}
        onClick={click}
        onKeyDown={(event) => pressCardKey(event, cards, moves)}
        onFocus={(event) => hold(event.target)}
        onBlur={leave}
        onScroll={(event) => keepScroll(`${projectId}/list`, event.currentTarget.scrollTop)}
        className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none scroll-thin focus-visible:ring-inset-focus"
      >
        <div aria-hidden className="pointer-events-none" style={{ height: heightOf(lines.length, rows) + ROOM_FOR_BAR }} />
        {spots.map(({ id, card: line, at }) =>
          line.card ? (
            <ListRow
              key={id}
              card={line.card}
              line={at}
              top={topAt(at, rows)}
              height={rows.height}
              isStop={id === stop}
              isInHand={inHand.has(id)}
              canMove={moves.canWrite && sort === 'order'}
            />
          ) : (
            <HeadRow
              key={id}
              name={line.column.name}
              count={line.count}
              limit={line.column.wipLimit}
              total={board.cards.byColumn.get(line.column.id)?.length ?? 0}
              line={at}
              top={topAt(at, rows)}
              height={rows.height}
            />
          ),
        )}
        <ListDropLine lines={lines} shown={shown} pitch={rows.pitch} />
        {cards.length === 0 && (
          <div role="row" className="contents">
            <div role="gridcell" />
          </div>
        )}
      </div>
      {moves.canWrite && column && (
        <div className="flex shrink-0 flex-col border-t border-line">
          <QuickAdd columnId={column.id} columnName={column.name} isOpen={addingTo !== null} setAdding={setAdding} />
        </div>
      )}
    </div>
  )
}

/** So much stays free under the last row, in px, for the bar of a selection. */
const ROOM_FOR_BAR = 56
