import type { RoomTx } from '#domain/core/document.ts'
import { type Answer, accept, type Refusal, refuse } from '#domain/core/refusal.ts'
import { type Task, tasks } from './schema.ts'

/** The refusal of a card that somebody has deleted meanwhile. */
export const gone = (): Refusal => refuse('task-not-found', 'That card is gone. Somebody may have deleted it.')

/** So many short ids are named in a sentence. */
const MOST_NAMED = 3

/**
 * TASK-10: the cards of the ids, where each of them may be changed. Else why not, for all of them: one card that may not holds
 * the others, and the refusal names those that hold them. `done` is what becomes of none.
 */
export function together(
  board: RoomTx,
  taskIds: readonly string[],
  done: 'moved' | 'changed' | 'deleted',
  decide: (task: Task) => Answer = () => accept(),
): Answer<Task[]> {
  const found = [...new Set(taskIds)].map((id) => board.get(tasks, id))
  const cards = found.filter((task) => task !== undefined)
  if (cards.length < found.length) {
    if (found.length === 1) return gone()
    const missing = found.length - cards.length
    return refuse('task-not-found', `No card was ${done}: ${missing === 1 ? 'one of them is' : `${missing} of them are`} gone. Somebody may have deleted them.`) // biome-ignore format: one sentence
  }
  const held = new Map<string, { refusal: Refusal; names: string[] }>()
  for (const task of cards) {
    const answer = decide(task)
    if (answer.ok) continue
    const names = held.get(answer.message)?.names ?? []
    held.set(answer.message, { refusal: answer, names: [...names, task.shortId] })
  }
  const [first] = held.values()
  if (!first) return accept(cards)
  if (cards.length === 1) return first.refusal
  const why = [...held].map(([message, { names }]) => `${nameSome(names)}: ${message}`)
  return refuse(first.refusal.code, `No card was ${done}. ${why.join(' ')}`)
}

function nameSome(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : names.join(', ')
}
