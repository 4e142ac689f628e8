import { QUESTION_LIST } from './question-list.ts'

/** The answers of the built-in list that say so, without a full stop. */
const OFFERED = new Set(QUESTION_LIST.flatMap(({ nothing }) => (nothing ? [nothing.toLowerCase()] : [])))
const TYPED = /^(?:no|none|nothing|n\/a|not applicable)(?: in particular| special| at all)?$/

/** INTERVIEW-11: whether the whole of an answer says that there is nothing of what was asked. The sheet keeps it; there is nothing in it to build or to check. */
export function saysNothing(answer: string): boolean {
  const said = answer.trim().replace(/[.!]$/, '').toLowerCase()
  return OFFERED.has(said) || TYPED.test(said)
}
