import { useMemo } from 'react'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { activeInterviews, cardsInQuestion, mentionsOf, missedStarts, promptsToApprove } from '#domain/needs/queries.ts'
import { inOrder, type Need, needOfCard, needOfInterview, needOfMention, needOfMissed, needOfPrompt } from '#domain/needs/rules.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { APPROVERS } from '#domain/team/schema.ts'

/** What waits for the person here, or for anybody (mentions for them alone), in every project on this device; undefined while it is loading, or not `isAsked`. */
export function useNeedsOf(whose: 'mine' | 'everyones', isAsked = true): readonly Need[] | undefined {
  const { member } = useSession()
  const me = member?.id
  const asked = useMemo(
    () =>
      me && isAsked
        ? {
            cards: cardsInQuestion(me, whose),
            interviews: activeInterviews(me, whose),
            mentions: mentionsOf(me),
            missed: missedStarts(me, whose),
          }
        : null,
    [me, whose, isAsked],
  )
  const cards = useQuery(asked?.cards ?? null)
  const interviews = useQuery(asked?.interviews ?? null)
  const mentions = useQuery(asked?.mentions ?? null)
  const missed = useQuery(asked?.missed ?? null)
  const mayApprove = member !== undefined && APPROVERS.includes(member.role)
  const toApprove = useQuery(useMemo(() => (isAsked && mayApprove ? promptsToApprove() : null), [isAsked, mayApprove]))
  const projects = useQuery(projectsList())
  return useMemo(() => {
    if (!me || !cards || !interviews || !mentions || !missed || !projects) return undefined
    const here = new Set(projects.map(({ id }) => id))
    const needs = [
      ...cards.map((card) => needOfCard(card, me)),
      ...interviews.map(needOfInterview),
      ...mentions.map((one) => needOfMention(one, me)),
      ...missed.map((one) => needOfMissed(one, me)),
      ...(toApprove ?? []).map((one) => needOfPrompt(one, me)),
    ]
    const present = needs.flatMap((need) => (need && here.has(need.projectId) ? need : []))
    return inOrder(present)
  }, [me, cards, interviews, mentions, missed, toApprove, projects])
}
