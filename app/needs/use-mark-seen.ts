import { useEffect } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { markSeen } from '#domain/needs/commands.ts'
import { useMyNeeds } from './my-needs.tsx'
import { useInSight } from './use-in-sight.ts'

/** Notes that this person sees what came of the card, on every device of theirs, while its page is in sight. */
export function useMarkSeen(projectId: string, taskId: string): void {
  const mark = useCommand(markSeen)
  const need = useMyNeeds()?.find(({ id }) => id === taskId)
  const isInSight = useInSight()
  const upTo = need?.isUnseen && isInSight ? need.since : null
  useEffect(() => {
    if (upTo !== null) void mark({ projectId, taskId, upTo })
  }, [mark, projectId, taskId, upTo])
}
