import AlarmClock from 'lucide-react/icons/alarm-clock'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import CloudUpload from 'lucide-react/icons/cloud-upload'
import FilePenLine from 'lucide-react/icons/file-pen-line'
import GitBranch from 'lucide-react/icons/git-branch'
import GitCommitHorizontal from 'lucide-react/icons/git-commit-horizontal'
import ListChecks from 'lucide-react/icons/list-checks'
import MessageSquare from 'lucide-react/icons/message-square'
import OctagonPause from 'lucide-react/icons/octagon-pause'
import { classes } from '#app/ui/classes.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { ATTEMPT_LOOKS, sayPlace } from '#app/work/attempt-words.ts'
import { sayDay, sayDue } from '#app/work/deeds/due-days.ts'
import { sayStart, sayStartShort } from '#app/work/say-start.ts'
import { sayCost } from '#app/work/say-usage.ts'
import { dueStanding } from './filter/due.ts'
import type { Marks, Start } from './marks.ts'
import type { AroundCard } from './surroundings.ts'
import type { Card } from './use-board.ts'
import { WORDS } from './words.ts'

/** What is worth knowing before the card is opened: that it cannot begin yet, rests on something that changed, or is only here. */
export function Signs({ blocked, isSourceChanged, isUnsaved }: Pick<AroundCard, 'blocked' | 'isSourceChanged' | 'isUnsaved'>) {
  const icon = 'size-3.5'
  return (
    <>
      {blocked !== '' && <Sign label={blocked} icon={<OctagonPause className={icon} />} />}
      {isSourceChanged && <Sign label={WORDS.sourceChanged} icon={<FilePenLine className={icon} />} />}
      {isUnsaved && <Sign label={WORDS.unsaved} icon={<CloudUpload className={icon} />} />}
    </>
  )
}

const Sign = ({ label, icon }: { label: string; icon: React.ReactNode }) => (
  <span role="img" aria-label={label} title={label} className="shrink-0 text-warn">
    {icon}
  </span>
)

/** What becomes of the card's attempt, while that is worth saying. */
export function LiveMark({ marks }: { marks: Marks | undefined }) {
  const live = marks?.status && marks.status !== 'succeeded' ? ATTEMPT_LOOKS[marks.status] : null
  if (!live) return null
  const place = marks?.place ? sayPlace(marks.place) : null
  return (
    <span
      title={place?.whole}
      className={classes(
        'flex min-w-0 items-center gap-1',
        live.tone === 'danger' ? 'text-danger' : live.tone === 'warn' ? 'text-warn' : 'text-muted',
      )}
    >
      <StatusDot tone={live.tone} isLive={live.isLive && !place} className="size-1.5" />
      <span className="truncate">{place?.short ?? live.label}</span>
    </span>
  )
}

/** When work at the card is to begin by itself, or that its time was missed. */
export function StartMark({ start }: { start: Start | null | undefined }) {
  if (!start) return null
  const label = start.isMissed ? `Was to start ${sayStart(start.at)}, and was missed` : `Starts ${sayStart(start.at)}`
  return (
    <span title={label} className={classes('flex shrink-0 items-center gap-0.5 tabular', start.isMissed && 'text-warn')}>
      <AlarmClock aria-hidden className="size-3.5" />
      <span aria-hidden>{start.isMissed ? 'missed' : sayStartShort(start.at, Date.now())}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}

/** The day a card is due; in red once that is over and the card is not. */
export function Due({ at, status }: { at: number; status: Card['status'] }) {
  const standing = dueStanding(at, status, new Date())
  const label = `Due ${sayDue(at)}${standing === 'overdue' ? ', overdue' : standing === 'today' ? ', today' : ''}`
  return (
    <span
      title={label}
      className={classes(
        'flex shrink-0 items-center gap-0.5',
        standing === 'overdue' ? 'text-danger' : standing === 'today' && 'text-warn',
      )}
    >
      <CalendarClock aria-hidden className="size-3.5" />
      <span aria-hidden>{sayDay(at)}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}

/** The first two labels, and how many more there are. */
export function Labels({ labels }: { labels: readonly string[] }) {
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

/** What stands behind a card: its checklist, attempts, comments, commits and cost. */
export function Counts({ card, marks }: { card: Card; marks: Marks | undefined }) {
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
      {marks && marks.comments > 0 && (
        <Count
          icon={<MessageSquare className="size-3.5" />}
          label={marks.comments === 1 ? '1 comment' : `${marks.comments} comments`}
          value={marks.comments}
        />
      )}
      {marks && marks.commits > 0 && (
        <Count
          icon={<GitCommitHorizontal className="size-3.5" />}
          label={marks.commits === 1 ? '1 commit' : `${marks.commits} commits`}
          value={marks.commits}
        />
      )}
      {marks && marks.cost !== null && (
        <span title="What its attempts cost, as far as prices are known">
          <span className="sr-only">Cost </span>
          {sayCost(marks.cost)}
        </span>
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
