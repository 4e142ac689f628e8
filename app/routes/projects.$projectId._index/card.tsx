import CloudUpload from 'lucide-react/icons/cloud-upload'
import GitBranch from 'lucide-react/icons/git-branch'
import GitCommitHorizontal from 'lucide-react/icons/git-commit-horizontal'
import ListChecks from 'lucide-react/icons/list-checks'
import { memo } from 'react'
import { Avatar, AvatarStack } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { ATTEMPT_LOOKS } from '#app/work/attempt-words.ts'
import { PriorityIcon } from '#app/work/priority.tsx'
import { useFace } from './board-context.ts'
import type { Marks } from './marks.ts'
import { useAround } from './surroundings-source.tsx'
import type { Card } from './use-board.ts'
import { WORDS } from './words.ts'

/** A card on the board. Only cards whose own fields or surroundings changed are drawn again. */
export const CardFace = memo(function CardFace({ card }: { card: Card }) {
  const { marks, isUnsaved, people } = useAround(card.id)
  const face = useFace()
  const live = marks?.status && marks.status !== 'succeeded' ? ATTEMPT_LOOKS[marks.status] : null
  return (
    <div className="flex size-full flex-col px-2.5 py-2">
      <div className="flex h-4 items-center gap-1.5 text-xs text-faint">
        <span className="shrink-0 tabular">{card.shortId}</span>
        {card.priority !== 'none' && <PriorityIcon priority={card.priority} />}
        {live && (
          <span
            className={classes(
              'flex min-w-0 items-center gap-1',
              live.tone === 'danger' ? 'text-danger' : live.tone === 'warn' ? 'text-warn' : 'text-muted',
            )}
          >
            <StatusDot tone={live.tone} isLive={live.isLive} className="size-1.5" />
            <span className="truncate">{live.label}</span>
          </span>
        )}
        {isUnsaved && (
          <span role="img" aria-label={WORDS.unsaved} title={WORDS.unsaved} className="text-warn">
            <CloudUpload className="size-3.5" />
          </span>
        )}
        {people.length > 0 && (
          <span className="ml-auto flex shrink-0 transition-opacity group-hover:opacity-0 pointer-coarse:mr-6 pointer-coarse:opacity-100">
            <AvatarStack faces={people} size={16} most={3} label="On this card now" isLive />
          </span>
        )}
      </div>
      <p className="mt-1 line-clamp-2 text-sm leading-[18px] break-words text-ink">{card.title}</p>
      <div className="mt-auto flex h-4 items-center gap-2 overflow-hidden text-xs text-faint">
        <Labels labels={card.labels} />
        <Counts card={card} marks={marks} />
        {card.assignee !== null && (
          <Avatar face={face(card.assignee)} size={16} label={`Assigned to ${face(card.assignee).name}`} className="ml-auto" />
        )}
      </div>
    </div>
  )
})

function Labels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null
  const rest = labels.slice(2)
  return (
    <span className="flex min-w-0 shrink items-center gap-1">
      {labels.slice(0, 2).map((label) => (
        <span key={label} className="max-w-24 truncate rounded-sm bg-hover px-1 leading-4 text-muted">
          {label}
        </span>
      ))}
      {rest.length > 0 && <span title={rest.join(', ')}>+{rest.length}</span>}
    </span>
  )
}

function Counts({ card, marks }: { card: Card; marks: Marks | undefined }) {
  const done = card.checklist.filter((item) => item.done).length
  return (
    <span className="flex shrink-0 items-center gap-2 tabular">
      {card.checklist.length > 0 && (
        <Count
          icon={<ListChecks className="size-3.5" />}
          label={`${done} of ${card.checklist.length} checked`}
          value={`${done}/${card.checklist.length}`}
        />
      )}
      {marks && marks.attempts > 0 && (
        <Count
          icon={<GitBranch className="size-3.5" />}
          label={marks.attempts === 1 ? '1 attempt' : `${marks.attempts} attempts`}
          value={marks.attempts}
        />
      )}
      {marks && marks.commits > 0 && (
        <Count
          icon={<GitCommitHorizontal className="size-3.5" />}
          label={marks.commits === 1 ? '1 commit' : `${marks.commits} commits`}
          value={marks.commits}
        />
      )}
    </span>
  )
}

function Count({ icon, label, value }: { icon: React.ReactNode; label: string; value: React.ReactNode }) {
  return (
    <span className="flex items-center gap-0.5" title={label}>
      <span aria-hidden className="contents">
        {icon}
        {value}
      </span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
