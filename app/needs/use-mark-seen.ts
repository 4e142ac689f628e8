import { useEffect } from 'react'
import { useOwnPlace } from '#app/people/use-own-place.ts'
import { useCommand } from '#app/replica/react.tsx'
import { markMentionsSeen, markSeen } from '#domain/needs/commands.ts'
import { useMyNeeds } from './my-needs.tsx'
import { useInSight } from './use-in-sight.ts'

/** Notes that this person sees what came of the card, on every device of theirs, while its page is in sight. */
export function useMarkSeen(projectId: string, taskId: string): void {
  const mark = useCommand(markSeen)
  const markMentions = useCommand(markMentionsSeen)
  const here = useMyNeeds()?.filter(({ id }) => id === taskId) ?? []
  const need = here.find(({ commentId }) => commentId === null)
  const mentions = JSON.stringify(here.flatMap(({ commentId }) => commentId ?? []))
  const { place } = useOwnPlace(projectId)
  const isInSight = useInSight()
  const upTo = need?.isUnseen && isInSight ? need.since : null
  useEffect(() => {
    if (upTo !== null) void mark({ ...place, taskId, upTo })
  }, [mark, place, taskId, upTo])
  useEffect(() => {
    const commentIds: string[] = JSON.parse(mentions)
    if (commentIds.length > 0 && isInSight) void markMentions({ ...place, commentIds })
  }, [markMentions, place, mentions, isInSight])
}
