import type { FoundThing, FoundWords } from '#domain/search/find.ts'

export type Found = { things: readonly FoundThing[]; said: readonly FoundWords[] }

/** What is known by now of what is looked for; `isTyped`: these are the words that stand in the box. */
type Newly = { isTyped: boolean; things: Found['things'] | undefined; said: Found['said'] | undefined }

/**
 * FIND-4: what the list shows next; `undefined` is not known yet. It changes once for what is typed, and rows below the first ones are added later: a list
 * whose first row is exchanged after the last letter has no row that Enter would take.
 */
export function nextFound(before: Found, { isTyped, things, said }: Newly): Found {
  if (!isTyped || !things || (things.length === 0 && !said)) return before
  return { things, said: said ?? before.said }
}
