import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Task, TaskStatus } from './schema.ts'

/** A card as it is named to people. */
export type NamedCard = Pick<Task, 'id' | 'shortId' | 'title' | 'status'>
type Waiting = Pick<Task, 'id' | 'shortId' | 'title' | 'dependsOn'>

/** DEP-1: a card holds up those that wait for it until it is done; a cancelled one does so until somebody takes it off their lists. */
export const holdsUp = (status: TaskStatus): boolean => status !== 'done'

/** Whether a card is still to be done: what is done or cancelled becomes ready no more. */
const isOpen = (status: TaskStatus): boolean => status !== 'done' && status !== 'cancelled'

/** DEP-5: what a card still waits for, in its own order; one that is over waits for nothing, nor does one wait for what is gone. */
export function openBlockers<C extends Pick<Task, 'status'>>(
  { status, dependsOn }: Pick<Task, 'status' | 'dependsOn'>,
  find: (id: string) => C | undefined,
): C[] {
  if (dependsOn.length === 0 || !isOpen(status)) return []
  return dependsOn.flatMap((id) => find(id) ?? []).filter((blocker) => holdsUp(blocker.status))
}

/**
 * DEP-2: the way from one card to another along what each waits for, both ends included; null where there is none. Two people may close a loop without knowing of each
 * other, so it never goes through a card twice.
 */
export function wayTo(cards: ReadonlyMap<string, Pick<Waiting, 'dependsOn'>>, from: string, to: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at === to) {
      const way: string[] = []
      for (let step: string | null = to; step !== null; step = cameFrom.get(step) ?? null) way.unshift(step)
      return way
    }
    for (const next of cards.get(at)?.dependsOn ?? [])
      if (!cameFrom.has(next)) {
        cameFrom.set(next, at)
        queue.push(next)
      }
  }
  return null
}

/** Nobody overlooks more than this. */
export const MOST_BLOCKERS = 50

/** DEP-3: whether a card may wait for another one: not for itself, nor for one that waits for it; the refusal shows the loop by titles. */
export function decideBlocker(cards: ReadonlyMap<string, Waiting>, taskId: string, blockerId: string): Answer {
  if (taskId === blockerId) return refuse('blocks-itself', 'A card cannot wait for itself.')
  if (!cards.has(blockerId)) return refuse('blocker-not-found', 'That card is gone. Choose another one.')
  if ((cards.get(taskId)?.dependsOn.length ?? 0) >= MOST_BLOCKERS)
    return refuse('too-many-blockers', `A card can wait for at most ${MOST_BLOCKERS} others.`)
  const way = wayTo(cards, blockerId, taskId)
  if (!way) return accept()
  const loop = [taskId, ...way].map((id) => nameOf(cards.get(id))).join(' → ')
  return refuse('blockers-in-a-loop', `That would close a loop, in which no card can begin: ${loop}. Each waits for the next one.`)
}

const nameOf = (card: Pick<Waiting, 'shortId' | 'title'> | undefined): string =>
  card ? `${card.shortId} “${card.title}”`.trim() : 'a card that is gone'

/** A card that waits for the one in question, and for what else. */
export type Dependent<C extends NamedCard = NamedCard> = C & { waitsFor: readonly NamedCard[] }

/** DEP-4: what the end of a card brings for those that wait for it: which can begin then, and which go on waiting, for what. What is done or cancelled is neither. */
export function impactOf<C extends NamedCard>(dependents: readonly Dependent<C>[]): { ready: Dependent<C>[]; waiting: Dependent<C>[] } {
  const open = dependents.filter(({ status }) => isOpen(status))
  const waits = ({ waitsFor }: Dependent<C>) => waitsFor.some(({ status }) => holdsUp(status))
  return { ready: open.filter((card) => !waits(card)), waiting: open.filter(waits) }
}

/** SUB-1: the subtasks that a merge of their parent has to wait for: the open ones. One that was cancelled or archived was given up. */
export const openSubtasks = <C extends Pick<Task, 'status' | 'archived'>>(subtasks: readonly C[]): C[] =>
  subtasks.filter(({ status, archived }) => !archived && isOpen(status))

/** SUB-2: a card's attempt is merged when no subtask of the card is open; the refusal says which are. */
export function decideMergeWithSubtasks(subtasks: readonly Pick<Task, 'shortId' | 'title' | 'status' | 'archived'>[]): Answer {
  const open = openSubtasks(subtasks)
  if (open.length === 0) return accept()
  const names = open.slice(0, 5).map(nameOf).join(', ')
  const more = open.length > 5 ? ` and ${open.length - 5} more` : ''
  const one = open.length === 1
  return refuse(
    'subtasks-open',
    `${names}${more} ${one ? 'is' : 'are'} still open. Finish ${one ? 'it' : 'them'} first, or cancel what is not needed.`,
  )
}
