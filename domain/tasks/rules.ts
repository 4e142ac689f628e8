import { decideTransition, type Lifecycle } from '#domain/core/lifecycle.ts'
import { compareOrder } from '#domain/core/order.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Column, Task, TaskStatus } from './schema.ts'

/** TASK-1: forward one step at a time, back to any open state; done reopens into review, cancelled into backlog or to do. */
export const taskLifecycle: Lifecycle<TaskStatus> = {
  what: 'A card',
  next: {
    backlog: ['todo', 'cancelled'],
    todo: ['backlog', 'in_progress', 'cancelled'],
    in_progress: ['backlog', 'todo', 'review', 'cancelled'],
    review: ['backlog', 'todo', 'in_progress', 'done', 'cancelled'],
    done: ['review'],
    cancelled: ['backlog', 'todo'],
  },
}

/** The keys a place in a column lies between; null: an end of it. */
export type Gap = readonly [above: string | null, below: string | null]

/** TASK-2: the gap above the card `beforeId`, as if those that move were gone; where it is absent, the gap at the bottom. */
export function decideGap(cards: readonly Pick<Task, 'id' | 'order'>[], moved: ReadonlySet<string>, beforeId: string | null): Gap {
  const rest = cards.filter((card) => !moved.has(card.id)).sort(compareOrder)
  const at = beforeId === null ? -1 : rest.findIndex((card) => card.id === beforeId)
  if (at < 0) return [rest.at(-1)?.order ?? null, null]
  const next = rest[at]?.order ?? null
  // Equal keys (two people, one spot, a foreign client) leave no room between: step back to the last smaller one.
  const previous = rest.slice(0, at).findLast((card) => next === null || card.order < next)
  return [previous?.order ?? null, next]
}

/** TASK-3: the next short id of a board: the project's key and one more than the highest number taken. */
export function nextShortId(key: string, taken: readonly string[]): string {
  // A number of more digits, which a foreign client made, cannot be counted on from.
  const numbers = taken.map((shortId) => Number(/-(\d{1,15})$/.exec(shortId)?.[1] ?? 0))
  return `${key}-${numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1}`
}

/** A card among those that have the same short id. `isKnown`: its branch carries the id, or it gave way before. `arrived`: its place among those that were heard of just now; -1: earlier. */
export type Holder = { id: string; createdAt: number; isKnown: boolean; arrived: number }

/** TASK-14: of cards with the same short id the first in this order keeps it: the one by which people know it. */
export const compareHolders = (a: Holder, b: Holder): number =>
  Number(b.isKnown) - Number(a.isKnown) || a.arrived - b.arrived || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** TASK-4: the column a fact moves a card to: the first one of that status, or none where the team has none. */
export function columnFor<C extends Pick<Column, 'id' | 'order' | 'status'>>(columns: readonly C[], status: TaskStatus): C | undefined {
  return [...columns].sort(compareOrder).find((column) => column.status === status)
}

/** TASK-5: the legal path by which a fact (an attempt started, a merge done) brings a card to a status; the shortest chain of legal steps. */
export function pathTo(from: TaskStatus, to: TaskStatus): TaskStatus[] {
  const seen = new Map<TaskStatus, TaskStatus[]>([[from, []]])
  const queue: TaskStatus[] = [from]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const path = seen.get(at) ?? []
    if (at === to) return path
    for (const next of taskLifecycle.next[at]) {
      if (next === 'cancelled' && to !== 'cancelled') continue
      if (!seen.has(next)) {
        seen.set(next, [...path, next])
        queue.push(next)
      }
    }
  }
  return []
}

/** TASK-12: what is still to be shown before a card can be called done, in the card's own order. */
export const openPoints = (checklist: Task['checklist']): Task['checklist'] => checklist.filter(({ done }) => !done)

/** TASK-13: a card whose “Done when” is not all ticked becomes done only by somebody who says why. */
export function decideDone({ status, checklist }: Pick<Task, 'status' | 'checklist'>, next: TaskStatus): Answer {
  const open = next === 'done' && status !== 'done' ? openPoints(checklist) : []
  const [first] = open
  if (!first) return accept()
  const [what, them] = open.length === 1 ? [`“${first.text}” is`, 'it'] : [`${open.length} points of “Done when” are`, 'them']
  return refuse(
    'points-open',
    `${what} not ticked. Tick ${them}, or set the status on the card’s own page and say why it is done without ${them}.`,
  )
}

/** Whether a person may bring a card to a status just so. */
export function decideStep(task: Pick<Task, 'status' | 'checklist'>, next: TaskStatus): Answer {
  const legal = decideTransition(taskLifecycle, task.status, next)
  return legal.ok ? decideDone(task, next) : legal
}

/** TASK-11: whether a column takes one more card by a fact; a person may put more there than its limit says. */
export function decideRoom({ name, wipLimit }: Pick<Column, 'name' | 'wipLimit'>, standing: number): Answer {
  if (wipLimit === null || standing < wipLimit) return accept()
  return refuse('column-full', `The column ${name} is full: ${standing} of ${wipLimit}.`)
}
