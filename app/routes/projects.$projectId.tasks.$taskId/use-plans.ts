import { useQuery } from '#app/replica/react.tsx'
import { plansOf, revisionsOf } from '#domain/card-plans/queries.ts'
import type { RowIn } from '#domain/core/query.ts'

export type PlanRow = RowIn<typeof plansOf>
export type RevisionRow = RowIn<typeof revisionsOf>

/** The plans of a card in the order they were added, and all that was approved of them; undefined while it is not known. */
export function usePlans(projectId: string, taskId: string): { plans: PlanRow[]; revisions: RevisionRow[] } | undefined {
  const plans = useQuery(plansOf(projectId, taskId))
  const revisions = useQuery(revisionsOf(projectId, taskId))
  if (!plans || !revisions) return undefined
  return { plans: [...plans].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)), revisions }
}
