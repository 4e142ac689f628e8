import type { Attempt } from '#domain/attempts/schema.ts'
import { WORDS } from './words.ts'

/** Why a change cannot be had: the server cannot be reached, it gives it to nobody who is not signed in, it fails at it, or it has it no more. */
export type NoPatch = 'away' | 'signed-out' | 'failed' | 'gone'

/** DIFF-3: of the server's answer, why it is not the change. */
export function whyNoPatch(status: number): NoPatch {
  if (status === 404 || status === 410) return 'gone'
  return status === 401 || status === 403 ? 'signed-out' : 'failed'
}

/** DIFF-3: what happened and what to do about it; of a change that is gone also what shows it in the repository, where the work itself is. */
export function sayNoPatch(why: NoPatch, { baseCommit, headCommit }: Pick<Attempt, 'baseCommit' | 'headCommit'>) {
  switch (why) {
    case 'away':
      return { sentence: WORDS.diffOffline, command: null }
    case 'signed-out':
      return { sentence: WORDS.diffSignedOut, command: null }
    case 'failed':
      return { sentence: WORDS.diffFailed, command: null }
    case 'gone':
      return baseCommit && headCommit
        ? { sentence: `${WORDS.diffGone} ${WORDS.diffInRepo}`, command: `git diff ${baseCommit.slice(0, 10)} ${headCommit.slice(0, 10)}` }
        : { sentence: WORDS.diffGone, command: null }
  }
}
