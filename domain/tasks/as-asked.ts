import type { Task } from './schema.ts'

const flat = (words: string) => words.replace(/\s+/g, ' ').trim()

/** B24: the words a card was asked for in, where the card says something else by now. */
export function askedOtherwise({ title, description, userRequest }: Pick<Task, 'title' | 'description' | 'userRequest'>): string | null {
  if (userRequest === null) return null
  const asked = flat(userRequest)
  return asked === flat(description) || asked === flat(`${title} ${description}`) ? null : userRequest
}
