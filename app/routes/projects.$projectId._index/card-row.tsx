// biome-ignore-all lint/a11y/useSemanticElements: a table cannot scroll and place its rows like this
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the keyboard, their one cell does not
import { memo } from 'react'
import { classes } from '#app/ui/classes.ts'
import { useMoves } from './board-context.ts'
import { CardFace } from './card.tsx'
import { Rename } from './rename/rename-field.tsx'
import { withCard } from './selection/acted-on.ts'
import { useSelected } from './selection/use-selected.ts'
import type { Card } from './use-board.ts'
import { CARD_HEIGHT, topAt } from './window-of.ts'

/** The id of the sentence that says what the keys do with a card; it stands once on the board. */
export const KEYS_HINT = 'card-keys'

type CardRowProps = { card: Card; at: number; isStop: boolean; isInHand: boolean; canMove: boolean }

/** One card in its list. Another place draws this frame again, never the face in it. */
export const CardRow = memo(function CardRow({ card, at, isStop, isInHand, canMove }: CardRowProps) {
  const isSelected = useSelected(card.id)
  return (
    <div
      role="row"
      data-key={card.id}
      aria-label={`${card.shortId} ${card.title}`}
      aria-rowindex={at + 1}
      aria-selected={isSelected}
      {...(canMove ? { 'aria-describedby': KEYS_HINT } : {})}
      tabIndex={isStop ? 0 : -1}
      style={{ height: CARD_HEIGHT, transform: `translateY(${topAt(at)}px)` }}
      className={classes(
        'group absolute inset-x-2 top-0 cursor-default touch-manipulation rounded-md border shadow-lift select-none [-webkit-touch-callout:none] focus-visible:ring-focus',
        isSelected ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:border-edge',
        isInHand && 'opacity-40',
      )}
    >
      <div role="gridcell" className="relative size-full">
        <CardFace card={card} />
        <CardTools card={card} isStop={isStop} />
        <Rename card={card} />
      </div>
    </div>
  )
})

/** The menu: in sight when pointed at, focused, or on a touch screen. Tab leads to it from its own row only. */
export const CardTools = memo(function CardTools({ card, isStop }: { card: Card; isStop: boolean }) {
  const moves = useMoves()
  return (
    <button
      type="button"
      aria-label={`Actions for ${card.shortId}`}
      aria-haspopup="menu"
      tabIndex={isStop ? 0 : -1}
      className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-md text-transparent group-focus-within:bg-surface group-focus-within:text-muted group-hover:bg-surface group-hover:text-muted hover:bg-hover! pointer-coarse:size-7 pointer-coarse:text-muted"
      onClick={({ currentTarget }) => moves.ask({ what: 'menu', cards: withCard(card, moves), anchor: currentTarget })}
    >
      {/* Three dots in one element: an icon is four, and every card in sight has them. */}
      <span
        aria-hidden
        className="h-[5px] w-[15px] bg-[radial-gradient(circle,currentColor_1.25px,transparent_1.75px)] bg-size-[5px_5px]"
      />
    </button>
  )
})
