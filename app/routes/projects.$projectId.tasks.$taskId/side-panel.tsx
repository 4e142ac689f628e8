import Circle from 'lucide-react/icons/circle'
import ExternalLink from 'lucide-react/icons/external-link'
import { type ReactNode, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { Select } from '#app/ui/select.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { PRIORITY_LABELS, PriorityIcon } from '#app/work/priority.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import type { Answer } from '#domain/core/refusal.ts'
import { modelsList } from '#domain/models/queries.ts'
import { editTask, setTaskStatus } from '#domain/tasks/commands.ts'
import { PRIORITIES, TASK_STATUSES, type TaskStatus } from '#domain/tasks/schema.ts'
import { membersList } from '#domain/team/queries.ts'
import { askerName } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { FinishCard } from './finish-card.tsx'
import { isWorthAsking } from './is-worth-asking.ts'
import { Labels } from './labels.tsx'
import { PromptField } from './prompt-field.tsx'
import { useRelatives } from './use-relatives.ts'
import type { TaskRow } from './use-task.ts'

const NOBODY = 'nobody'
const sayWhenRefused = (answer: Answer<unknown>) => {
  if (!answer.ok) sayRefusal(answer.message)
}

type SidePanelProps = { projectId: string; task: TaskRow; isReadOnly: boolean; pickPrompt: () => void }

/** The fields of the card. */
export function SidePanel({ projectId, task, isReadOnly, pickPrompt }: SidePanelProps) {
  const edit = useCommand(editTask)
  const setStatus = useCommand(setTaskStatus)
  const members = useQuery(membersList())
  const face = usePeople()
  const patch = (change: Parameters<typeof edit>[0]['patch']) =>
    void edit({ projectId, taskId: task.id, patch: change ?? {} }).then(sayWhenRefused)
  const put = (status: TaskStatus) => void setStatus({ projectId, taskId: task.id, status }).then(sayWhenRefused)
  const { impact } = useRelatives(projectId, task.id)
  const isAsked = isWorthAsking(task, impact)
  const [isFinishing, setFinishing] = useState(false)
  const people = (members ?? []).filter(({ isActive, role, id }) => (isActive && role !== 'runner') || id === task.assignee)
  return (
    <section aria-label="Fields" className="flex flex-col gap-0.5">
      <Select
        label="Status"
        {...ROW}
        isDisabled={isReadOnly}
        value={task.status}
        onChange={(status) => (status === 'done' && task.status === 'review' && isAsked ? setFinishing(true) : put(status))}
        choices={TASK_STATUSES.map((status) => ({ id: status, label: STATUS_LABELS[status] }))}
      />
      <Select
        label="Priority"
        {...ROW}
        isDisabled={isReadOnly}
        value={task.priority}
        onChange={(priority) => patch({ priority })}
        choices={PRIORITIES.map((priority) => ({
          id: priority,
          label: PRIORITY_LABELS[priority],
          icon: <PriorityIcon priority={priority} isDecor />,
        }))}
      />
      <Select
        label="Assignee"
        {...ROW}
        isDisabled={isReadOnly}
        value={task.assignee ?? NOBODY}
        onChange={(id) => patch({ assignee: id === NOBODY ? null : id })}
        choices={[
          { id: NOBODY, label: 'Nobody', icon: <Circle aria-hidden className="size-4 text-faint" /> },
          ...people.map(({ id }) => ({ id, label: face(id).name, icon: <Avatar face={face(id)} size={16} label="" /> })),
        ]}
      />
      <Field label="Labels">
        <Labels labels={task.labels} isReadOnly={isReadOnly} onChange={(labels) => patch({ labels })} />
      </Field>
      <Field label="Due">
        {isReadOnly && task.dueAt === null ? (
          <span className="px-2 text-sm text-faint">None</span>
        ) : (
          <input
            type="date"
            aria-label="Due date"
            disabled={isReadOnly}
            value={task.dueAt === null ? '' : dayOf(task.dueAt)}
            onChange={(event) => patch({ dueAt: event.target.value === '' ? null : new Date(`${event.target.value}T12:00`).getTime() })}
            className={classes(
              'h-7 w-full rounded-md bg-transparent px-2 text-sm transition-colors hover:bg-hover',
              task.dueAt === null ? 'text-faint' : 'text-ink',
            )}
          />
        )}
      </Field>
      <Field label="Prompt">
        <PromptField projectId={projectId} promptId={task.promptId} isReadOnly={isReadOnly} pickPrompt={pickPrompt} />
      </Field>
      {task.origin !== 'standalone' && (
        <Field label="From">
          <Origin origin={task.origin} link={task.originLink} />
        </Field>
      )}
      {task.size && (
        <Field label="Size">
          <span className="px-2 text-sm">{task.size}</span>
        </Field>
      )}
      {task.suggestedBy !== null && (
        <Field label="Suggested by">
          <SuggestedBy id={task.suggestedBy} />
        </Field>
      )}
      {isFinishing && <FinishCard projectId={projectId} task={task} impact={impact} onClose={() => setFinishing(false)} />}
      <Field label="Created">
        <p className="truncate px-2 text-sm text-muted">
          <Time at={task.createdAt} /> by {face(task.createdBy).name}
        </p>
      </Field>
    </section>
  )
}

/** The model that suggested the card, before somebody accepted it. */
function SuggestedBy({ id }: { id: string }) {
  const models = useQuery(modelsList())
  return <p className="truncate px-2 text-sm text-muted">{models && askerName(id, models)}</p>
}

const ROW = { look: 'quiet', noMessage: true, isRow: true } as const

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-h-8 grid-cols-[84px_minmax(0,1fr)] items-center">
      {/* Where a field has several lines, its name stands beside the first. */}
      <span className="self-start text-sm leading-8 text-muted">{label}</span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}

/** `2026-11-22` in the reader's own time zone. */
function dayOf(at: number): string {
  const day = new Date(at)
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
}

const ORIGIN_WORDS = { standalone: '', issue: 'an issue', review_comment: 'a comment of a review', channel: 'a message' } as const

/** Where the card came from, with the way back there. */
function Origin({ origin, link }: { origin: keyof typeof ORIGIN_WORDS; link: string | null }) {
  if (!link || !/^https?:/.test(link)) return <span className="px-2 text-sm">{ORIGIN_WORDS[origin]}</span>
  return (
    <a
      href={link}
      target="_blank"
      rel="noreferrer"
      title={link}
      className="flex min-w-0 items-center gap-1 px-2 text-sm text-accent underline-offset-2 hover:underline"
    >
      <span className="truncate">{ORIGIN_WORDS[origin]}</span>
      <ExternalLink aria-hidden className="size-3 shrink-0" />
    </a>
  )
}
