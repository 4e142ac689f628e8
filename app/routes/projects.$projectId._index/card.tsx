import { memo } from 'react'
import { Avatar, AvatarStack } from '#app/ui/avatar.tsx'
import { PriorityIcon } from '#app/work/priority.tsx'
import { useFace } from './board-context.ts'
import { Counts, Due, Labels, LiveMark, Signs, StartMark } from './card-parts.tsx'
import { useAround } from './use-around.ts'
import type { Card } from './use-board.ts'

/** A card on the board. Only cards whose own fields or surroundings changed are drawn again. */
export const CardFace = memo(function CardFace({ card }: { card: Card }) {
  const around = useAround(card.id)
  const { marks, people } = around
  const face = useFace()
  return (
    <div className="flex size-full flex-col px-2.5 py-2">
      <div className="flex h-4 items-center gap-1.5 text-xs text-faint">
        <span className="shrink-0 tabular">{card.shortId}</span>
        {card.priority !== 'none' && <PriorityIcon priority={card.priority} />}
        <LiveMark marks={marks} />
        <StartMark start={marks?.start} />
        <Signs {...around} />
        {people.length > 0 && (
          <span className="ml-auto flex shrink-0 transition-opacity group-hover:opacity-0 pointer-coarse:mr-6 pointer-coarse:opacity-100">
            <AvatarStack faces={people} size={16} most={3} label="On this card now" isLive />
          </span>
        )}
      </div>
      <p className="mt-1 line-clamp-2 text-sm leading-[18px] break-words text-ink">{card.title}</p>
      <div className="mt-auto flex h-4 items-center gap-2 overflow-hidden text-xs text-faint">
        {card.dueAt !== null && <Due at={card.dueAt} status={card.status} />}
        <Labels labels={card.labels} />
        <Counts card={card} marks={marks} />
        {card.assignee !== null && (
          <Avatar face={face(card.assignee)} size={16} label={`Assigned to ${face(card.assignee).name}`} className="ml-auto" />
        )}
      </div>
    </div>
  )
})
