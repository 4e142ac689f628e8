import { type NamedCard, openBlockers } from '#domain/tasks/dependencies.ts'
import type { Task } from '#domain/tasks/schema.ts'

/** What others did to the ground a card stands on. */
export type Standing = {
  /** What it is blocked by, in words; empty: nothing. */
  blocked: string
  /** An answer beneath the prompt version it was made of has changed. */
  isSourceChanged: boolean
}

type Waiting = Pick<Task, 'status' | 'dependsOn' | 'promptId'>

/** BOARD-28: how a card stands, worked out when it is looked at: a board has thousands, and a few are in sight. */
export function standingOf(
  card: Waiting | undefined,
  find: (id: string) => NamedCard | undefined,
  changed: { has: (promptId: string) => boolean },
): Standing {
  if (!card) return FIRM
  return {
    blocked: sayBlocked(openBlockers(card, find)),
    isSourceChanged: card.promptId !== null && changed.has(card.promptId),
  }
}

export const FIRM: Standing = { blocked: '', isSourceChanged: false }

/** So many are named; nobody reads more of them in a title. */
const MOST_NAMED = 3

function sayBlocked(blockers: readonly NamedCard[]): string {
  if (blockers.length === 0) return ''
  const named = blockers.slice(0, MOST_NAMED).map(({ shortId, title }) => `${shortId} “${title}”`.trim())
  const more = blockers.length - named.length
  return `Blocked by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** The ids that open cards wait for and that are not on the board: put away, or gone. */
export function blockersElsewhere(cards: { rows: readonly Waiting[]; byId: { has: (id: string) => boolean } }): string[] {
  const ids = new Set<string>()
  for (const { status, dependsOn } of cards.rows) {
    if (dependsOn.length === 0 || status === 'done' || status === 'cancelled') continue
    for (const id of dependsOn) if (!cards.byId.has(id)) ids.add(id)
  }
  return [...ids].sort()
}
