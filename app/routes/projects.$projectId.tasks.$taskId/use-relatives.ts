import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { type Relative, relativesOf } from '#domain/attempts/relatives.ts'
import { impactOf } from '#domain/tasks/dependencies.ts'

export type Relatives = {
  blockers: Relative[]
  dependents: Relative[]
  subtasks: Relative[]
  parent: Relative | undefined
  /** What the end of the card brings for those that wait for it. */
  impact: ReturnType<typeof impactOf<Relative>>
}

/** The cards that have to do with this one; all empty while they are loading. */
export function useRelatives(projectId: string, taskId: string): Relatives {
  const rows = useQuery(relativesOf(projectId, taskId))
  return useMemo(() => {
    const of = (relation: Relative['relation']) => (rows ?? []).filter((row) => row.relation === relation).sort(byNumber)
    const dependents = of('dependent')
    return { blockers: of('blocker'), dependents, subtasks: of('subtask'), parent: of('parent')[0], impact: impactOf(dependents) }
  }, [rows])
}

/** `SHOP-9` before `SHOP-10`. */
const byNumber = (a: Relative, b: Relative): number => a.shortId.localeCompare(b.shortId, 'en', { numeric: true })
