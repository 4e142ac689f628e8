/** What went wrong while storing, in words, and whether trying again can help. */
export type Failure = { sentence: string; passing: boolean }

/** Reads a database error: a full disk, a lost connection or a restart pass by themselves; a refused value does not. */
export function readFailure(thrown: unknown): Failure {
  const error = thrown as { code?: string; message?: string }
  const code = error.code ?? ''
  const detail = error.message ?? String(thrown)
  if (code === '53100' || /No space left/i.test(detail)) {
    return { passing: true, sentence: 'The disk is full, so nothing can be saved. Free some space; saving goes on by itself.' }
  }
  if (code === '' || /^(E[A-Z]+|08|57P|53|58|25006|40)/.test(code)) {
    return { passing: true, sentence: `The database cannot be reached, so nothing can be saved. It is tried again by itself. (${detail})` }
  }
  return { passing: false, sentence: `The database refused to store a change. (${detail})` }
}
