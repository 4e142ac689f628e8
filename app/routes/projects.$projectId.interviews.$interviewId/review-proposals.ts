import type { ProposedPrompt } from '#domain/prompts/proposal.ts'

/** Proposals shown one by one; nothing of it is saved but what was accepted. */
export type Review = {
  proposals: readonly ProposedPrompt[]
  at: number
  accepted: readonly { at: number; promptId: string }[]
  skipped: number
}

/** Starts at the first proposal. */
export const beginReview = (proposals: readonly ProposedPrompt[]): Review => ({ proposals, at: 0, accepted: [], skipped: 0 })

/** The proposal to decide about now; none when all are decided. */
export const current = (review: Review): ProposedPrompt | undefined => review.proposals[review.at]

/** Notes that the current proposal was saved under an id, and goes on. */
export const acceptCurrent = (review: Review, promptId: string): Review => ({
  ...review,
  at: review.at + 1,
  accepted: [...review.accepted, { at: review.at, promptId }],
})

/** Goes on without saving the current proposal. */
export const skipCurrent = (review: Review): Review => ({ ...review, at: review.at + 1, skipped: review.skipped + 1 })

/**
 * The prompts the current proposal is composed with: those of type "context" accepted before it, so that what is built
 * stands on what was asked for.
 */
export function componentsOfCurrent(review: Review): string[] {
  const proposal = current(review)
  if (!proposal || proposal.type === 'context') return []
  return review.accepted.filter(({ at }) => review.proposals[at]?.type === 'context').map(({ promptId }) => promptId)
}
