import History from 'lucide-react/icons/history'
import { type ReactNode, useMemo, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { later } from '#app/ui/later.tsx'
import { Time } from '#app/ui/time.tsx'
import { WithCode } from '#app/ui/with-code.tsx'
import { sayAgent } from '#app/work/attempt-words.ts'
import { LostLine } from '#app/work/lost-line.tsx'
import { PutBack } from '#app/work/put-back.tsx'
import { sayChange } from '#app/work/say-change.ts'
import { useNames } from '#app/work/use-names.ts'
import { eventsOf } from '#domain/changes/queries.ts'
import type { PastChange } from '#domain/core/history.ts'
import type { LostValue } from '#domain/core/lost-values.ts'
import type { RowIn } from '#domain/core/query.ts'
import { lastMove } from '#domain/tasks/put-back.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { sayAction } from './say-action.ts'
import { WORDS } from './words.ts'

const ChangedWords = later(() => import('#app/work/compare/changed-words.tsx').then((words) => words.ChangedWords))

type Entry = { key: string; at: number; content: ReactNode }
type TimelineProps = {
  projectId: string
  taskId: string
  history: readonly PastChange[]
  lost: readonly LostValue[]
  isReadOnly: boolean
}

/** What happened to the card, what of it was changed from what to what, and who or what did it, the newest first; and what somebody set that lost to what somebody else set at once. */
export function Timeline({ projectId, taskId, history, lost, isReadOnly }: TimelineProps) {
  const rows = useQuery(eventsOf(projectId, taskId))
  // A card moved by a fact is told once: from where to where, and why.
  const moves = useMemo(
    () => new Map((rows ?? []).filter(({ action }) => action === 'card.moved').map((event) => [event.at, event])),
    [rows],
  )
  const changedAt = useMemo(() => new Set(history.map(({ at }) => at)), [history])
  const entries = useMemo(
    () =>
      [
        ...(rows ?? [])
          .filter(({ action, at }) => action !== 'card.moved' || !changedAt.has(at))
          .map((event): Entry => ({ key: event.id, at: event.at, content: <Happened event={event} /> })),
        ...history.map((change, at): Entry => {
          const why = moves.get(change.at)?.message
          const isLastMove = why !== undefined && change === lastMove(history)
          const content = (
            <>
              <Changed projectId={projectId} change={change} why={why ?? ''} />
              {isLastMove && !isReadOnly && <PutBack {...{ projectId, taskId }} move={change} />}
            </>
          )
          return { key: `change ${at}`, at: change.at, content }
        }),
        ...lost.map((value): Entry => {
          const line = (
            <LostLine key={value.field} projectId={projectId} of={{ kind: 'card', id: taskId }} lost={value} isReadOnly={isReadOnly} />
          )
          return { key: `${value.field} ${value.by} ${value.at}`, at: value.at, content: line }
        }),
      ].sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1)),
    [rows, moves, changedAt, history, lost, projectId, taskId, isReadOnly],
  )
  if (!rows) {
    return (
      <div className="mx-auto max-w-3xl p-4">
        <LoadingRows label="Loading what happened" />
      </div>
    )
  }
  if (entries.length === 0)
    return (
      <EmptyState icon={<History className="size-8" />} title={WORDS.noEvents}>
        {WORDS.eventsComing}
      </EmptyState>
    )
  return (
    <ol aria-label="Timeline" className="mx-auto flex max-w-3xl flex-col p-4">
      {entries.map(({ key, content }) => (
        <li key={key} className="relative border-l border-line pb-4 pl-4 last:pb-0">
          <span aria-hidden className="absolute top-1.5 -left-[4.5px] size-2 rounded-full bg-edge" />
          {content}
        </li>
      ))}
    </ol>
  )
}

function Happened({ event }: { event: RowIn<typeof eventsOf> }) {
  return <Line by={event.actor} at={event.at} did={sayAction(event.action)} why={event.message} />
}

function Changed({ projectId, change, why }: { projectId: string; change: PastChange; why: string }) {
  const names = useNames(projectId, Object.keys(change.fields))
  const { before, after } = change.fields.description ?? {}
  return (
    <>
      <Line by={change.by} at={change.at} did={sayChange(change, names)} why={why} />
      {typeof before === 'string' && typeof after === 'string' && <Words before={before} after={after} />}
    </>
  )
}

/** How a text was changed, for whoever wants to see it. */
function Words(change: { before: string; after: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <>
      <Button look="quiet" size="small" aria-expanded={isShown} onPress={() => setShown(!isShown)} className="-ml-2">
        {isShown ? 'Hide the words' : 'Show the words'}
      </Button>
      {isShown && <ChangedWords {...change} />}
    </>
  )
}

function Line({ by, at, did, why }: { by: string; at: number; did: string; why: string }) {
  const face = usePeople()
  return (
    <>
      <p className="text-sm break-words">
        <span className="font-medium">{by.startsWith('agent:') ? sayAgent(by) : face(by).name}</span>{' '}
        <span className="text-muted">{did}</span> <Time at={at} className="text-xs text-faint" />
      </p>
      {why && (
        <p className="text-sm break-words text-muted">
          <WithCode text={why} />
        </p>
      )}
    </>
  )
}
