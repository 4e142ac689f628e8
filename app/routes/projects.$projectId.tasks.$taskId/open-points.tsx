import { useQuery } from '#app/replica/react.tsx'
import { columnsOf } from '#domain/tasks/queries.ts'
import { columnFor, openPoints } from '#domain/tasks/rules.ts'
import type { TaskRow } from './use-task.ts'

type OpenPointsProps = { projectId: string; task: Pick<TaskRow, 'checklist' | 'status'> }

/** What nobody has ticked of a card's “Done when”, before the merge that moves the card on all the same; nothing where all is ticked. */
export function OpenPoints({ projectId, task: { checklist, status } }: OpenPointsProps) {
  const done = columnFor(useQuery(columnsOf(projectId)) ?? [], 'done')
  const open = openPoints(checklist)
  if (open.length === 0) return null
  const one = open.length === 1
  return (
    <section aria-label="Not ticked" className="mb-3">
      <p className="font-medium text-warn">
        {open.length} of {checklist.length} points of “Done when” {one ? 'is' : 'are'} not ticked:
      </p>
      <ul className="my-1 max-h-40 list-disc overflow-y-auto pl-5 text-ink scroll-thin">
        {open.map(({ id, text }) => (
          <li key={id} className="break-words">
            {text}
          </li>
        ))}
      </ul>
      {done && status !== 'done' && status !== 'cancelled' && (
        <p>
          With the merge the card goes to “{done.name}” all the same, and {one ? 'this stays' : 'these stay'} open on it.
        </p>
      )}
    </section>
  )
}
