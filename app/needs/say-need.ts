import type { Need, Why } from '#domain/needs/rules.ts'

/** What stands above the needs of one kind. */
export const WHY_WORDS: Readonly<Record<Why, string>> = {
  failed: 'Failed',
  missed: 'Missed its time',
  question: 'Waiting for an answer',
  mention: 'You were mentioned',
  approval: 'Waiting for approval',
  review: 'Waiting for review',
}

/** Why it waits, in one line: the words of whoever stopped where there are any. */
export function sayWhy(
  { why, kind, said, by, open }: Pick<Need, 'why' | 'kind' | 'said' | 'by' | 'open'>,
  person: (id: string) => string,
): string {
  if (kind === 'interview') return open === 1 ? 'One topic is still open.' : `${open} topics are still open.`
  if (why === 'approval') return open === 1 ? 'One card waits to start from it.' : `${open} cards wait to start from it.`
  const words = said.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim()
  if (why === 'mention') return `${person(by ?? '')}: ${words}`
  if (words !== '') return words
  if (why === 'missed') return 'It did not start at its time.'
  if (why === 'failed') return 'The attempt did not get to its end.'
  return by ? `${person(by)} put it into review.` : 'The agent has finished.'
}
