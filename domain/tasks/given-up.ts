import type { Task } from './schema.ts'

/** How a card was given up, and by whom, where that is known. */
export type GivenUp = { how: 'cancelled' | 'archived' | 'deleted'; by: string | null }

/** TASK-17: nobody is to work any longer at a card that is cancelled, archived or gone; null for any other. */
export function givenUp(card: Pick<Task, 'status' | 'statusBy' | 'archived' | 'history'> | undefined): GivenUp | null {
  // Who deleted a row stands nowhere.
  if (!card) return { how: 'deleted', by: null }
  if (card.status === 'cancelled') return { how: 'cancelled', by: card.statusBy }
  if (!card.archived) return null
  return { how: 'archived', by: card.history.findLast(({ fields }) => fields.archived?.after === true)?.by ?? null }
}
