import ArrowRight from 'lucide-react/icons/arrow-right'
import GitMerge from 'lucide-react/icons/git-merge'
import Play from 'lucide-react/icons/play'
import ScrollText from 'lucide-react/icons/scroll-text'
import Square from 'lucide-react/icons/square'
import { useMemo, useState } from 'react'
import { useConsequence, useQuery } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Select } from '#app/ui/select.tsx'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { ATTEMPT_LOOKS, sayPlace } from '#app/work/attempt-words.ts'
import { attemptsOf } from '#domain/attempts/queries.ts'
import { isUnderWay, lineForRoom } from '#domain/attempts/rules.ts'
import { mergesOf } from '#domain/changes/queries.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { decideMergeWithSubtasks } from '#domain/tasks/dependencies.ts'
import { openPoints } from '#domain/tasks/rules.ts'
import { Counts } from './counts.tsx'
import { Impact } from './impact.tsx'
import { AfterMerge, OpenPoints } from './open-points.tsx'
import { Told } from './told.tsx'
import { useRelatives } from './use-relatives.ts'
import type { AttemptRow, TaskRow } from './use-task.ts'
import { WORDS } from './words.ts'

type Numbered = AttemptRow & { number: number }
type AttemptBarProps = {
  projectId: string
  task: TaskRow
  attempt: Numbered
  attempts: readonly Numbered[]
  choose: (id: string) => void
  /** Procedures that were asked for this attempt and wait for an answer. */
  waiting: ReadonlySet<string>
  isReadOnly: boolean
}

const TOLD_ICON = <ScrollText aria-hidden className="size-4" />

/** Which attempt one looks at, how it stands, and what can be done about it. */
export function AttemptBar({ projectId, task, attempt, attempts, choose, waiting, isReadOnly }: AttemptBarProps) {
  const look = ATTEMPT_LOOKS[attempt.status]
  const [isTold, setTold] = useState(false)
  useActions(
    'Attempt',
    useMemo(() => [{ id: 'told', label: 'Show what the attempt was told', icon: TOLD_ICON, run: () => setTold(true) }], []),
  )
  return (
    <section aria-label={`Attempt ${attempt.number}`} className="flex shrink-0 flex-col gap-1 border-b border-line px-4 py-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 max-md:gap-x-2">
        {attempts.length > 1 ? (
          <Select
            label="Attempt"
            hideLabel
            noMessage
            look="quiet"
            value={attempt.id}
            onChange={choose}
            className="-ml-2 w-auto"
            choices={attempts.map((each) => ({
              id: each.id,
              label: `Attempt ${each.number} · ${each.modelLabel || each.agent}`,
              hint: ATTEMPT_LOOKS[each.status].label,
            }))}
          />
        ) : (
          // Where it is narrow a long name of a model gives way, and what can be done stays on its line.
          <span className="truncate text-sm max-md:max-w-28">
            Attempt {attempt.number} · {attempt.modelLabel || attempt.agent}
          </span>
        )}
        <Badge tone={look.tone} icon={<StatusDot tone={look.tone} isLive={look.isLive} className="size-1.5" />}>
          {look.label}
        </Badge>
        <IconButton label="What it was told" onPress={() => setTold(true)} className="-ml-2">
          {TOLD_ICON}
        </IconButton>
        {attempt.filesChanged > 0 && (
          <span className="max-md:hidden">
            <Counts added={attempt.linesAdded} removed={attempt.linesRemoved} />
          </span>
        )}
        <span
          className="hidden min-w-0 flex-1 basis-0 items-center gap-1 font-mono text-xs text-faint lg:flex"
          title={`${attempt.branch} into ${attempt.targetBranch}${attempt.containerRef ? `, in ${attempt.containerRef}` : ''}`}
        >
          <span className="truncate">{attempt.branch}</span>
          <ArrowRight aria-label="into" className="size-3 shrink-0" />
          <span className="max-w-2/5 shrink-0 truncate">{attempt.targetBranch}</span>
        </span>
        {!isReadOnly && (
          <Actions
            key={`${attempt.id} ${isUnderWay(attempt.status)}`}
            projectId={projectId}
            task={task}
            attempt={attempt}
            waiting={waiting}
          />
        )}
      </div>
      {isTold && <Told projectId={projectId} task={task} attempt={attempt} onClose={() => setTold(false)} />}
      {attempt.reason && <p className={look.tone === 'danger' ? 'text-sm text-danger' : 'text-sm text-muted'}>{attempt.reason}</p>}
      {attempt.waitsForRoom && attempt.status === 'queued' && <Place projectId={projectId} attempt={attempt} />}
      {attempt.status === 'interrupted' && !attempt.reason && <p className="text-sm text-muted">{WORDS.interrupted}</p>}
    </section>
  )
}

/** Into what is named once: where it is wide it stands beside. */
function Merged({ into, commit }: { into: string; commit: string | undefined }) {
  const as = commit ? ` as ${commit}` : ''
  return (
    <span title={`merged into ${into}${as}`}>
      merged<span className="lg:hidden"> into {into}</span>
      {as}
    </span>
  )
}

function Place({ projectId, attempt }: { projectId: string; attempt: Numbered }) {
  const all = useQuery(useMemo(() => attemptsOf(projectId), [projectId]))
  const at = lineForRoom(all ?? []).findIndex(({ id }) => id === attempt.id)
  return at < 0 ? null : <p className="text-sm text-muted">{sayPlace(at + 1).whole}</p>
}

type ActionsProps = Pick<AttemptBarProps, 'projectId' | 'task' | 'attempt' | 'waiting'>

function Actions({ projectId, task, attempt, waiting }: ActionsProps) {
  const ask = useConsequence()
  const [isMerging, setMerging] = useState(false)
  // The agent hears of it some seconds later; what was asked for must not look as if it had not been.
  const [isStopping, setStopping] = useState(false)
  const merges = useQuery(useMemo(() => mergesOf(projectId, attempt.id), [projectId, attempt.id]))
  const { impact, subtasks } = useRelatives(projectId, attempt.taskId)
  const allowed = decideMergeWithSubtasks(subtasks)
  const merged = merges?.find(({ status }) => status === 'merged')
  const send = (what: 'cancel' | 'resume') =>
    ask(`attempts.${what}`, { projectId, attemptId: attempt.id }, { rooms: [recordRoom(projectId)] })
  const stop = async () => {
    setStopping(true)
    const answer = await send('cancel')
    if (!answer.ok) setStopping(false)
  }
  const canMerge = attempt.headCommit !== null && attempt.headCommit !== attempt.baseCommit && !isUnderWay(attempt.status)
  const icon = 'size-3.5'
  return (
    <>
      <div className="ml-auto flex max-w-full min-w-0 flex-wrap items-center justify-end gap-2">
        {isUnderWay(attempt.status) && (
          <Button
            size="small"
            icon={<Square aria-hidden className={icon} />}
            isPending={isStopping || waiting.has('attempts.cancel')}
            onPress={() => void stop()}
          >
            Cancel
          </Button>
        )}
        {attempt.status === 'interrupted' && (
          <Button size="small" isPending={waiting.has('attempts.cancel')} onPress={() => void send('cancel')}>
            Discard
          </Button>
        )}
        {(attempt.status === 'interrupted' || attempt.status === 'failed') && (
          <Button
            size="small"
            icon={<Play aria-hidden className={icon} />}
            isPending={waiting.has('attempts.resume')}
            onPress={() => void send('resume')}
          >
            Resume
          </Button>
        )}
        {merged && (
          <Badge tone="ok" icon={<GitMerge aria-hidden className="size-3 shrink-0" />} className="md:max-w-60">
            <Merged into={merged.targetBranchName} commit={merged.mergeCommit?.slice(0, 7)} />
          </Badge>
        )}
        {canMerge && !merged && (
          <Button
            look="primary"
            size="small"
            icon={<GitMerge aria-hidden className={icon} />}
            isPending={waiting.has('attempts.merge')}
            isDisabled={!allowed.ok}
            onPress={() => setMerging(true)}
          >
            Merge…
          </Button>
        )}
        <Confirm
          title={`Merge attempt ${attempt.number} into ${attempt.targetBranch}?`}
          verb="Merge"
          isOpen={isMerging}
          onClose={() => setMerging(false)}
          onConfirm={() => {
            setMerging(false)
            void ask(
              'attempts.merge',
              { projectId, attemptId: attempt.id, headCommit: attempt.headCommit },
              { rooms: [recordRoom(projectId)] },
            )
          }}
        >
          <OpenPoints task={task} />
          <AfterMerge projectId={projectId} task={task} />
          {openPoints(task.checklist).length === 0 && <Impact impact={impact} />}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
            <dt>From</dt>
            <dd className="font-mono text-xs leading-5 break-all text-ink">{attempt.branch}</dd>
            <dt>Into</dt>
            <dd className="font-mono text-xs leading-5 break-all text-ink">{attempt.targetBranch}</dd>
            <dt>Commit</dt>
            <dd className="font-mono text-xs leading-5 text-ink">{attempt.headCommit?.slice(0, 12)}</dd>
          </dl>
          <p className="mt-2">
            Exactly this commit is merged. When the branch has moved on since, the merge is refused and nothing is changed.
          </p>
        </Confirm>
      </div>
      {canMerge && !merged && !allowed.ok && <p className="w-full text-sm text-warn">{allowed.message}</p>}
    </>
  )
}
