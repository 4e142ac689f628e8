import type { InterviewStatus } from '#domain/interviews/schema.ts'

type Facts = { status: InterviewStatus; canWrite: boolean; hasContradictions: boolean; hasAnswers: boolean }

/** Why no prompts can be made of an interview now, and what would change that; null where they can. */
export function whyNoPrompts({ status, canWrite, hasContradictions, hasAnswers }: Facts): string | null {
  if (!canWrite) return 'You can read here; members make prompts.'
  if (hasContradictions) return 'First settle what contradicts itself, above.'
  if (hasAnswers) return null
  const missing = 'Prompts are made of answers, and nothing was answered'
  return status === 'active' ? `${missing} yet.` : `${missing}. Reopen the interview and answer a question.`
}
