import { type ReactNode, useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayAgent } from '#app/work/attempt-words.ts'
import { LostLine } from '#app/work/lost-line.tsx'
import { eventsOf } from '#domain/changes/queries.ts'
import type { LostValue } from '#domain/core/lost-values.ts'
import { sayAction } from './say-action.ts'
import type { RowIn } from './use-task.ts'
import { WORDS } from './words.ts'

type Entry = { key: string; at: number; content: ReactNode }
type TimelineProps = { projectId: string; taskId: string; lost: readonly LostValue[]; isReadOnly: boolean }

/** What happened to the card, and who or what did it, the newest first; and what somebody set that lost to what somebody else set at once. */
export function Timeline({ projectId, taskId, lost, isReadOnly }: TimelineProps) {
  const rows = useQuery(eventsOf(projectId, taskId))
  const entries = useMemo(
    () =>
      [
        ...(rows ?? []).map((event): Entry => ({ key: event.id, at: event.at, content: <Happened event={event} /> })),
        ...lost.map((value): Entry => {
          const line = (
            <LostLine key={value.field} projectId={projectId} of={{ kind: 'card', id: taskId }} lost={value} isReadOnly={isReadOnly} />
          )
          return { key: `${value.field} ${value.by} ${value.at}`, at: value.at, content: line }
        }),
      ].sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1)),
    [rows, lost, projectId, taskId, isReadOnly],
  )
  if (rows && entries.length === 0) return <p className="py-12 text-center text-sm text-muted">{WORDS.noEvents}</p>
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

function Happened({ event }: { event: RowIn<ReturnType<typeof eventsOf>> }) {
  const face = usePeople()
  return (
    <>
      <p className="text-sm">
        <span className="font-medium">{event.actor.startsWith('agent:') ? sayAgent(event.actor) : face(event.actor).name}</span>{' '}
        <span className="text-muted">{sayAction(event.action)}</span> <Time at={event.at} className="text-xs text-faint" />
      </p>
      {event.message && <p className="text-sm break-words text-muted">{event.message}</p>}
    </>
  )
}
