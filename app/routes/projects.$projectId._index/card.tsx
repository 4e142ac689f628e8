import { CloudUpload, Ellipsis, GitBranch, GitCommitHorizontal, GripVertical, ListChecks } from 'lucide-react'
import { memo } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Avatar, AvatarStack, type Face } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { ATTEMPT_LOOKS } from '#app/work/attempt-words.ts'
import { PriorityIcon } from '#app/work/priority.tsx'
import { useMoves, useSurroundings } from './board-context.ts'
import type { Marks } from './marks.ts'
import type { Card } from './use-board.ts'
import { WORDS } from './words.ts'

const NOBODY: readonly Face[] = []

/** A card on the board. Only cards whose own fields or surroundings changed are drawn again. */
export const CardFace = memo(function CardFace({ card }: { card: Card }) {
  const { marks, unsaved, people, face } = useSurroundings()
  return (
    <Drawn
      card={card}
      marks={marks.get(card.id)}
      isUnsaved={unsaved.has(card.id)}
      people={people.get(card.id) ?? NOBODY}
      assigneeName={card.assignee === null ? null : face(card.assignee).name}
    />
  )
})

type DrawnProps = { card: Card; marks: Marks | undefined; isUnsaved: boolean; people: readonly Face[]; assigneeName: string | null }

const Drawn = memo(function Drawn({ card, marks, isUnsaved, people, assigneeName }: DrawnProps) {
  const live = marks?.status && marks.status !== 'succeeded' ? ATTEMPT_LOOKS[marks.status] : null
  return (
    <div className="relative flex h-full w-full flex-col px-2.5 py-2">
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
        <span className="ml-auto flex shrink-0 transition-opacity group-data-hovered:opacity-0 pointer-coarse:mr-6 pointer-coarse:opacity-100">
          <AvatarStack faces={people} size={16} most={3} label="On this card now" isLive />
        </span>
      </div>
      <p className="mt-1 line-clamp-2 text-sm leading-[18px] break-words text-ink">{card.title}</p>
      <div className="mt-auto flex h-4 items-center gap-2 overflow-hidden text-xs text-faint">
        <Labels labels={card.labels} />
        <Counts card={card} marks={marks} />
        {card.assignee !== null && assigneeName !== null && (
          <Avatar face={{ id: card.assignee, name: assigneeName }} size={16} label={`Assigned to ${assigneeName}`} className="ml-auto" />
        )}
      </div>
      <CardTools card={card} />
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

/** What the button takes must not also press the card under it. */
const stop = (event: { stopPropagation: () => void }) => event.stopPropagation()
const KEEP = { onPointerDown: stop, onMouseDown: stop, onPointerUp: stop, onTouchStart: stop, onKeyDown: stop, onKeyUp: stop }

/** The handle for dragging by keyboard, and the menu: in sight when pointed at, focused, or on a touch screen. */
function CardTools({ card }: { card: Card }) {
  const { openMenu } = useMoves()
  return (
    <div className="absolute top-1 right-1 flex rounded-md bg-surface opacity-0 transition-opacity group-focus-within:opacity-100 group-data-hovered:opacity-100 pointer-coarse:opacity-100">
      <AriaButton
        slot="drag"
        aria-label={`Drag ${card.shortId}`}
        className="flex h-6 w-5 cursor-grab items-center justify-center rounded-sm text-faint data-focus-visible:ring-focus pointer-coarse:hidden"
      >
        <GripVertical aria-hidden className="size-3.5" />
      </AriaButton>
      {/* A plain button: react-aria's costs more than all else on a card, and there are hundreds. */}
      <button
        type="button"
        aria-label={`Actions for ${card.shortId}`}
        aria-haspopup="menu"
        className="flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover pointer-coarse:size-7"
        {...KEEP}
        onClick={(event) => {
          event.stopPropagation()
          openMenu(card, event.currentTarget)
        }}
      >
        <Ellipsis aria-hidden className="size-4" />
      </button>
    </div>
  )
}
