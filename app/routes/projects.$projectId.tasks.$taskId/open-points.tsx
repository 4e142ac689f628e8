import { useQuery } from '#app/replica/react.tsx'
import { columnsOf } from '#domain/tasks/queries.ts'
import { columnFor, openPoints } from '#domain/tasks/rules.ts'
import type { TaskRow } from './use-task.ts'

/** What nobody has ticked of a card's “Done when”; nothing where all is ticked. */
export function OpenPoints({ task: { checklist } }: { task: Pick<TaskRow, 'checklist'> }) {
  const open = openPoints(checklist)
  if (open.length === 0) return null
  return (
    <section aria-label="Not ticked" className="mb-3">
      <p className="font-medium text-warn">
        {checklist.length === 1 ? 'The one point' : `${open.length} of ${checklist.length} points`} of “Done when”{' '}
        {open.length === 1 ? 'is' : 'are'} not ticked:
      </p>
      <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5 text-ink scroll-thin">
        {open.map(({ id, text }) => (
          <li key={id} className="break-words">
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}

type AfterMergeProps = { projectId: string; task: Pick<TaskRow, 'checklist' | 'status'> }

/** Where a merge leaves a card with open points: not in the column of what is done. */
export function AfterMerge({ projectId, task: { checklist, status } }: AfterMergeProps) {
  const done = columnFor(useQuery(columnsOf(projectId)) ?? [], 'done')
  if (!done || status === 'done' || status === 'cancelled' || openPoints(checklist).length === 0) return null
  return (
    <p className="mb-3">
      The merge is made all the same. The card does not go to “{done.name}” before all is ticked, or somebody says why it is done without.
    </p>
  )
}
