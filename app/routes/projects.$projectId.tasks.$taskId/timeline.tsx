import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayAgent } from '#app/work/attempt-words.ts'
import { eventsOf } from '#domain/changes/queries.ts'
import { sayAction } from './say-action.ts'
import { WORDS } from './words.ts'

/** What happened to the card, and who or what did it, the newest first. */
export function Timeline({ projectId, taskId }: { projectId: string; taskId: string }) {
  const rows = useQuery(eventsOf(projectId, taskId))
  const face = usePeople()
  const events = useMemo(() => [...(rows ?? [])].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)), [rows])
  if (rows && events.length === 0) return <p className="py-12 text-center text-sm text-muted">{WORDS.noEvents}</p>
  return (
    <ol aria-label="Timeline" className="mx-auto flex max-w-3xl flex-col p-4">
      {events.map((event) => (
        <li key={event.id} className="relative border-l border-line pb-4 pl-4 last:pb-0">
          <span aria-hidden className="absolute top-1.5 -left-[4.5px] size-2 rounded-full bg-edge" />
          <p className="text-sm">
            <span className="font-medium">{event.actor.startsWith('agent:') ? sayAgent(event.actor) : face(event.actor).name}</span>{' '}
            <span className="text-muted">{sayAction(event.action)}</span> <Time at={event.at} className="text-xs text-faint" />
          </p>
          {event.message && <p className="text-sm break-words text-muted">{event.message}</p>}
        </li>
      ))}
    </ol>
  )
}
