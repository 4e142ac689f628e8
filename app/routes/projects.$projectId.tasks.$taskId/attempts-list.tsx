import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { classes } from '#app/ui/classes.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { Time } from '#app/ui/time.tsx'
import { ATTEMPT_LOOKS } from '#app/work/attempt-words.ts'
import { sayCost } from '#app/work/say-usage.ts'
import { costsOf } from '#domain/sessions/queries.ts'
import { costsBy } from '#domain/sessions/rules.ts'
import { Counts } from './counts.tsx'
import type { AttemptRow } from './use-task.ts'
import { sayNoAttempts } from './words.ts'

/** Every attempt at the card with its outcome; the one in sight is marked. */
export function AttemptsList({
  projectId,
  attempts,
  chosenId,
  choose,
  isReadOnly,
}: {
  projectId: string
  attempts: readonly (AttemptRow & { number: number })[]
  chosenId: string | null
  choose: (id: string) => void
  isReadOnly: boolean
}) {
  const turns = useQuery(useMemo(() => costsOf(projectId), [projectId]))
  const costs = useMemo(() => costsBy(turns ?? []), [turns])
  return (
    <section aria-label="Attempts">
      <h2 className="mb-1 text-sm font-semibold">Attempts</h2>
      {attempts.length === 0 && <p className="text-sm text-muted">{sayNoAttempts(isReadOnly)}</p>}
      <ul className="-mx-2 flex flex-col gap-0.5">
        {attempts.map((attempt) => {
          const look = ATTEMPT_LOOKS[attempt.status]
          return (
            <li key={attempt.id}>
              <button
                type="button"
                aria-current={attempt.id === chosenId}
                onClick={() => choose(attempt.id)}
                className={classes(
                  'flex w-full flex-col gap-0.5 rounded-md px-2 py-1.5 text-left text-sm transition-colors hover:bg-hover',
                  attempt.id === chosenId && 'bg-hover',
                )}
              >
                <span className="flex items-center gap-2">
                  <StatusDot tone={look.tone} isLive={look.isLive} />
                  <span className="min-w-0 truncate font-medium">
                    {attempt.number} · {attempt.modelLabel || attempt.agent}
                  </span>
                  {attempt.filesChanged > 0 && (
                    <span className="ml-auto">
                      <Counts added={attempt.linesAdded} removed={attempt.linesRemoved} />
                    </span>
                  )}
                </span>
                <span className="pl-4 text-xs text-muted">
                  {look.label}, <Time at={attempt.endedAt ?? attempt.startedAt ?? attempt.createdAt} />
                  {costs.has(attempt.id) && <span className="tabular">, {sayCost(costs.get(attempt.id) ?? 0)}</span>}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
