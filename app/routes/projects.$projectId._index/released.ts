import { type Dependent, impactOf, type NamedCard } from '#domain/tasks/dependencies.ts'
import type { Task } from '#domain/tasks/schema.ts'

type Waiting = NamedCard & Pick<Task, 'dependsOn'>

/** So many are named in one sentence; whoever wants all of them looks at the board. */
const MOST_NAMED = 3

/** BOARD-31: what becomes of the cards that waited for some that are done now: which can begin, and which go on waiting, for what. Empty where nothing waited. */
export function sayReleased(done: ReadonlySet<string>, cards: readonly Waiting[], find: (id: string) => NamedCard | undefined): string {
  const dependents = cards
    .filter(({ dependsOn }) => dependsOn.some((id) => done.has(id)))
    .map<Dependent>((card) => ({ ...card, waitsFor: card.dependsOn.filter((id) => !done.has(id)).flatMap((id) => find(id) ?? []) }))
  const { ready, waiting } = impactOf(dependents.filter(({ id }) => !done.has(id)))
  const blockers = new Map(waiting.flatMap(({ waitsFor }) => waitsFor).flatMap((card) => (card.status === 'done' ? [] : [[card.id, card]])))
  return [
    ready.length > 0 ? `${named(ready)} can begin now.` : '',
    waiting.length > 0 ? `${named(waiting)} still ${waiting.length === 1 ? 'waits' : 'wait'} for ${named([...blockers.values()])}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function named(cards: readonly Pick<NamedCard, 'shortId'>[]): string {
  const ids = cards.slice(0, MOST_NAMED).map(({ shortId }) => shortId)
  const more = cards.length - ids.length
  const last = more > 0 ? `${more} more` : ids.pop()
  return ids.length > 0 ? `${ids.join(', ')} and ${last}` : (last ?? '')
}
