import { type Answer, accept, type Refusal, refuse } from './refusal.ts'

/** Which states may follow which; one table per entity, shared by browser, server and runner. */
export type Lifecycle<S extends string> = { what: string; next: Readonly<Record<S, readonly S[]>> }

/** VERSION-2: the refusal to go on from a word this version does not have (`RoomTx.knows`): what may follow it, only the one that set it can tell. */
export const refuseNewerWord = (): Refusal =>
  refuse('newer-word', 'This is in a state that only a newer Slipway knows. Reload the page to get it.')

/** Yes when the state may follow; else a refusal that lists the legal ones. Staying is always allowed. */
export function decideTransition<S extends string>(lifecycle: Lifecycle<S>, from: S, to: S): Answer {
  if (from === to || lifecycle.next[from].includes(to)) return accept()
  const legal = lifecycle.next[from].map(inWords)
  const may = legal.length ? `From ${inWords(from)} it can go to ${listInWords(legal)}.` : `${capital(inWords(from))} is final.`
  return refuse('illegal-transition', `${lifecycle.what} in ${inWords(from)} can't go to ${inWords(to)}. ${may}`)
}

/** `in_progress` as people say it. */
export const inWords = (state: string): string => state.replaceAll('_', ' ')

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function listInWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`
}
