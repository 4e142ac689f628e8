import { useEffect } from 'react'
import { useOwnPlace } from '#app/people/use-own-place.ts'
import { useCommand } from '#app/replica/react.tsx'
import { markSeen } from '#domain/needs/commands.ts'
import { useMyNeeds } from './my-needs.tsx'
import { useInSight } from './use-in-sight.ts'

/** Notes that this person sees what came of the card, on every device of theirs, while its page is in sight. */
export function useMarkSeen(projectId: string, taskId: string): void {
  const mark = useCommand(markSeen)
  const need = useMyNeeds()?.find(({ id }) => id === taskId)
  const { place } = useOwnPlace(projectId)
  const isInSight = useInSight()
  const upTo = need?.isUnseen && isInSight ? need.since : null
  useEffect(() => {
    if (upTo !== null) void mark({ ...place, taskId, upTo })
  }, [mark, place, taskId, upTo])
}
