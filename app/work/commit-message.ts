import type { Tone } from '#app/ui/badge.tsx'
import type { CommitType } from '#domain/changes/schema.ts'

/** The colour of a commit's type, where it is worth one. */
export const COMMIT_TONES: Partial<Record<CommitType, Tone>> = { feat: 'accent', fix: 'warn', revert: 'danger', test: 'ok', perf: 'ok' }

/** A commit's message in two: the description after `type(scope):`, and the body. */
export function readMessage(message: string): { subject: string; body: string } {
  const [first = '', ...rest] = message.split('\n')
  return { subject: first.replace(/^[a-z]+(\([^)]*\))?!?:\s*/, ''), body: rest.join('\n').trim() }
}
