import { type MutableRefObject, useMemo } from 'react'
import { DropIndicator, GridList, GridListItem, ListLayout, useDragAndDrop, Virtualizer } from 'react-aria-components'
import { classes } from '#app/ui/classes.ts'
import { useMoves } from './board-context.ts'
import { CARD_HEIGHT, CardFace } from './card.tsx'
import type { BoardColumn, Card } from './use-board.ts'

const CARD_TYPE = 'application/x-slipway-card'
const LAYOUT = { rowSize: CARD_HEIGHT, gap: 6, padding: 8, dropIndicatorThickness: 4 }

/** What is in somebody's hand now: one hand a tab. */
const inHand: MutableRefObject<readonly string[]> = { current: [] }

type CardListProps = { column: BoardColumn; cards: readonly Card[]; note: string | null; listRef: (element: HTMLDivElement | null) => void }

/** The cards of one column: a list one can walk with the arrows and drag in and out of, drawn only where it is in sight. */
export function CardList({ column, cards, note, listRef }: CardListProps) {
  const moves = useMoves()
  const { dragAndDropHooks } = useDragAndDrop<Card>({
    isDisabled: !moves.canWrite,
    getItems: (keys, items) => [...keys].map((key, at) => ({ [CARD_TYPE]: String(key), 'text/plain': items[at]?.title ?? '' })),
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
    onRootDrop: () => moves.drop(inHand.current, column.id, null),
    renderDropIndicator: (target) => (
      <DropIndicator target={target} className="h-1 rounded-full data-drop-target:bg-accent-solid data-drop-target:outline-none" />
    ),
  })
  const drop = (ids: readonly string[], target: { key: string | number; dropPosition: string }) =>
    moves.drop(ids, column.id, { id: String(target.key), side: target.dropPosition === 'after' ? 'after' : 'before' })
  const layout = useMemo(() => new ListLayout<Card>(LAYOUT), [])

  return (
    <Virtualizer layout={layout} layoutOptions={LAYOUT}>
      <GridList
        ref={listRef}
        aria-label={`Cards in ${column.name}`}
        data-column={column.id}
        items={cards}
        dependencies={DEPENDENCIES}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
        disallowTypeAhead
        selectionMode="none"
        onAction={(key) => {
          const card = cards.find(({ id }) => id === key)
          if (card) moves.open(card)
        }}
        renderEmptyState={() => <p className="px-3 py-4 text-center text-xs text-faint">{note ?? ''}</p>}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto rounded-lg outline-none scroll-thin data-drop-target:bg-accent-soft data-focus-visible:ring-inset-focus"
      >
        {renderCard}
      </GridList>
    </Virtualizer>
  )
}

const DEPENDENCIES: readonly unknown[] = []

/** Stands outside of the component, so that a list of unchanged cards stays a list of unchanged elements. */
function renderCard(card: Card) {
  return (
    <GridListItem
      id={card.id}
      textValue={`${card.shortId} ${card.title}`}
      className={classes(
        'h-full cursor-default rounded-md border border-line bg-surface shadow-lift transition-[border-color,opacity]',
        'data-hovered:border-edge data-focus-visible:ring-focus data-dragging:opacity-40',
      )}
    >
      <CardFace card={card} />
    </GridListItem>
  )
}
