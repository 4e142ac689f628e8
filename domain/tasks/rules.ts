import type { Lifecycle } from '#domain/core/lifecycle.ts'
import { compareOrder, orderBetween } from '#domain/core/order.ts'
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

/** TASK-2: a card's place in its column is a key between those of its new neighbours. Absent neighbours mean top or bottom. */
export function decidePlace(
  cards: readonly Pick<Task, 'id' | 'order'>[],
  movedId: string,
  beforeId: string | null,
  random: () => number,
): string {
  const rest = cards.filter((card) => card.id !== movedId).sort(compareOrder)
  const at = beforeId === null ? -1 : rest.findIndex((card) => card.id === beforeId)
  if (at < 0) return orderBetween(rest.at(-1)?.order ?? null, null, random)
  const next = rest[at]?.order ?? null
  // Equal keys (two people, one spot, a foreign client) leave no room between: step back to the last smaller one.
  const previous = rest.slice(0, at).findLast((card) => next === null || card.order < next)
  return orderBetween(previous?.order ?? null, next, random)
}

/** TASK-3: the next short id of a board: the project's key and one more than the highest number taken. */
export function nextShortId(key: string, taken: readonly string[]): string {
  const numbers = taken.map((shortId) => Number(/-(\d+)$/.exec(shortId)?.[1] ?? 0))
  return `${key}-${numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1}`
}

/** TASK-4: the column a fact moves a card to: the first one of that status, or none where the team has none. */
export function columnFor(columns: readonly Column[], status: TaskStatus): Column | undefined {
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
