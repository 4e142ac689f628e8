import { type KeyboardEvent, type MutableRefObject, useCallback, useMemo } from 'react'
import { DropIndicator, type DropTarget, GridList, GridListItem, useDragAndDrop } from 'react-aria-components'
import { useMoves } from './board-context.ts'
import { CardFace } from './card.tsx'
import { focusCard } from './card-focus.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { useWindow } from './use-window.ts'
import { CARD_HEIGHT, heightOf, PITCH, type Spot, spotsOf, topAt } from './window-of.ts'

const CARD_TYPE = 'application/x-slipway-card'

/** What is in somebody's hand now: one hand a tab. */
const inHand: MutableRefObject<readonly string[]> = { current: [] }

type CardListProps = { column: BoardColumn; cards: readonly Card[]; note: string | null; listRef: (element: HTMLDivElement | null) => void }

/**
 * The cards of one column: a list one can walk with the arrows and drag in and out of. Only the cards in sight are in it:
 * a list of all of them costs react-aria about a tenth of a millisecond each on every change, which ten thousand cannot pay.
 */
export function CardList({ column, cards, note, listRef }: CardListProps) {
  const moves = useMoves()
  const { start, end, focused, ref } = useWindow(cards.length)
  const spots = useMemo(
    () => spotsOf(cards, { start, end }, focused ? [...inHand.current, focused] : inHand.current),
    [cards, start, end, focused],
  )
  const place = useCallback(
    (list: HTMLDivElement | null) => {
      ref(list)
      listRef(list)
    },
    [ref, listRef],
  )
  const drop = (ids: readonly string[], target: DropTarget) => {
    if (target.type === 'root') moves.drop(ids, column.id, null)
    else moves.drop(ids, column.id, { id: String(target.key), side: target.dropPosition === 'after' ? 'after' : 'before' })
  }
  const { dragAndDropHooks } = useDragAndDrop<Spot<Card>>({
    isDisabled: !moves.canWrite,
    getItems: (keys, items) => [...keys].map((key, at) => ({ [CARD_TYPE]: String(key), 'text/plain': items[at]?.card.title ?? '' })),
    acceptedDragTypes: [CARD_TYPE],
    getDropOperation: () => 'move',
    onDragStart: ({ keys }) => {
      inHand.current = [...keys].map(String)
    },
    onDragEnd: () => {
      inHand.current = []
    },
    onReorder: ({ keys, target }) => drop([...keys].map(String), target),
    onInsert: ({ target }) => drop(inHand.current, target),
    onRootDrop: () => drop(inHand.current, { type: 'root' }),
    renderDropIndicator: (target) => <Indicator target={target} spots={spots} />,
  })
  const jump = (event: KeyboardEvent) => {
    if (event.key !== 'Home' && event.key !== 'End') return
    const card = event.key === 'Home' ? cards[0] : cards.at(-1)
    event.preventDefault()
    event.stopPropagation()
    if (card) focusCard(card.id, column.id, event.key === 'Home' ? 'top' : 'bottom')
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDownCapture={jump}>
      <GridList
        ref={place}
        aria-label={`Cards in ${column.name}`}
        data-column={column.id}
        items={spots}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
        disallowTypeAhead
        selectionMode="none"
        onAction={(key) => {
          const card = cards.find(({ id }) => id === key)
          if (card) moves.open(card)
        }}
        renderEmptyState={() => <p className="px-3 py-4 text-center text-xs text-faint">{note ?? ''}</p>}
        style={{ '--all': `${heightOf(cards.length)}px` } as React.CSSProperties}
        className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto rounded-lg outline-none scroll-thin after:pointer-events-none after:block after:h-(--all) data-drop-target:bg-accent-soft data-focus-visible:ring-inset-focus"
      >
        {renderSpot}
      </GridList>
    </div>
  )
}

/** Stands outside of the component, so that unchanged cards stay unchanged elements. */
function renderSpot({ id, card, at }: Spot<Card>) {
  return (
    <GridListItem
      id={id}
      textValue={`${card.shortId} ${card.title}`}
      style={{ height: CARD_HEIGHT, transform: `translateY(${topAt(at)}px)` }}
      className="group absolute inset-x-2 top-0 cursor-default rounded-md border border-line bg-surface shadow-lift transition-[transform,border-color] data-dragging:opacity-40 data-focus-visible:ring-focus data-hovered:border-edge"
    >
      <CardFace card={card} />
    </GridListItem>
  )
}

/** The line where a card would land. */
function Indicator({ target, spots }: { target: DropTarget; spots: readonly Spot<Card>[] }) {
  const at = target.type === 'item' ? (spots.find(({ id }) => id === target.key)?.at ?? 0) + (target.dropPosition === 'after' ? 1 : 0) : 0
  return (
    <DropIndicator
      target={target as Extract<DropTarget, { type: 'item' }>}
      style={{ transform: `translateY(${topAt(at) - (PITCH - CARD_HEIGHT) / 2 - 2}px)` }}
      className="absolute inset-x-2 top-0 h-1 rounded-full data-drop-target:bg-accent-solid"
    />
  )
}
