// biome-ignore-all lint/a11y/useSemanticElements: a table cannot scroll and place its rows like this
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the keyboard, their one cell does not
import Check from 'lucide-react/icons/check'
import { memo } from 'react'
import { Avatar, AvatarStack } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { PriorityIcon } from '#app/work/priority.tsx'
import { useFace } from '../board-context.ts'
import { Counts, Due, Labels, LiveMark, Signs, StartMark } from '../card-parts.tsx'
import { CardTools, KEYS_HINT } from '../card-row.tsx'
import { sayLoad } from '../load.ts'
import { Rename } from '../rename/rename-field.tsx'
import { useSelected } from '../selection/use-selected.ts'
import { useAround } from '../use-around.ts'
import type { Card } from '../use-board.ts'

type Placed = { line: number; top: number; height: number }

const place = ({ top, height }: Placed) => ({ height, transform: `translateY(${top}px)` })

type HeadProps = Placed & { name: string; count: number; total: number; limit: number | null }

/** The head of a column within the list: how many of its cards are shown, of how many there are or may be. */
export const HeadRow = memo(function HeadRow({ name, count, total, limit, ...placed }: HeadProps) {
  return (
    <div role="row" aria-rowindex={placed.line + 1} style={place(placed)} className="absolute inset-x-0 top-0 bg-sunken">
      <div role="rowheader" className="flex size-full items-center gap-2 px-4 text-sm">
        <span className="font-semibold">{name}</span>
        <span className="text-xs text-faint tabular">{count === total ? sayLoad(total, limit) : `${count} of ${total}`}</span>
      </div>
    </div>
  )
})

/** A card as one line. */
export const ListRow = memo(function ListRow({
  card,
  isStop,
  isInHand,
  canMove,
  ...placed
}: Placed & { card: Card; isStop: boolean; isInHand: boolean; canMove: boolean }) {
  const isSelected = useSelected(card.id)
  return (
    <div
      role="row"
      data-key={card.id}
      aria-label={`${card.shortId} ${card.title}`}
      aria-rowindex={placed.line + 1}
      aria-selected={isSelected}
      {...(canMove ? { 'aria-describedby': KEYS_HINT } : {})}
      tabIndex={isStop ? 0 : -1}
      style={place(placed)}
      className={classes(
        'group absolute inset-x-0 top-0 cursor-default touch-manipulation border-b border-line select-none [-webkit-touch-callout:none] focus-visible:ring-inset-focus',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
        isInHand && 'opacity-40',
      )}
    >
      <div role="gridcell" className="relative flex size-full items-center pr-10 pl-2">
        <Box isSelected={isSelected} />
        <Face card={card} />
        <span className="absolute inset-y-0 right-1 w-8 *:top-1/2 *:-translate-y-1/2">
          <CardTools card={card} isStop={isStop} />
        </span>
        <Rename card={card} isLine />
      </div>
    </div>
  )
})

/** Shows that the row is selected; pressed, it selects. The keyboard and screen readers have the row itself for that. */
const Box = ({ isSelected }: { isSelected: boolean }) => (
  <span aria-hidden data-box className="flex h-full w-7 shrink-0 items-center justify-center">
    <span
      className={classes(
        'flex size-4 items-center justify-center rounded-sm border text-on-solid',
        isSelected
          ? 'border-accent-solid bg-accent-solid'
          : 'border-edge bg-surface opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {isSelected && <Check className="size-3" strokeWidth={3} />}
    </span>
  </span>
)

const Face = memo(function Face({ card }: { card: Card }) {
  const around = useAround(card.id)
  const { marks, people } = around
  const face = useFace()
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 text-xs text-faint">
      <span className="flex w-4 shrink-0 justify-center">{card.priority !== 'none' && <PriorityIcon priority={card.priority} />}</span>
      <span className="w-16 shrink-0 truncate tabular max-md:hidden">{card.shortId}</span>
      <p className="min-w-0 truncate text-sm text-ink">{card.title}</p>
      <Signs {...around} />
      <LiveMark marks={marks} />
      <StartMark start={marks?.start} />
      <span className="ml-auto flex shrink-0 items-center gap-3">
        {people.length > 0 && <AvatarStack faces={people} size={16} most={3} label="On this card now" isLive />}
        <span className="flex items-center gap-3 max-md:hidden">
          <Labels labels={card.labels} />
          <Counts card={card} marks={marks} />
        </span>
        {card.dueAt !== null && <Due at={card.dueAt} status={card.status} />}
        <span className="flex w-4">
          {card.assignee !== null && <Avatar face={face(card.assignee)} size={16} label={`Assigned to ${face(card.assignee).name}`} />}
        </span>
      </span>
    </div>
  )
})
