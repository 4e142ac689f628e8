import type { PatchOf } from '#domain/core/collection.ts'
import type { Tx } from '#domain/core/command.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { refuseNewerWord } from '#domain/core/lifecycle.ts'
import { ordersBetween } from '#domain/core/order.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { decideGap, decideStep, type Gap } from './rules.ts'
import { columns, type Task, tasks } from './schema.ts'
import { together } from './together.ts'

/** The cards above and below a place, as the person saw them who chose it. */
export type Neighbours = { afterId: string | null; beforeId: string | null }

/**
 * Moves cards to one place of a column, in the order given, all of them or none. Each takes the column's status, which must be
 * a legal next one.
 */
export function moveAll(tx: Tx, room: RoomName, taskIds: readonly string[], columnId: string, place: Neighbours): Answer {
  const board = tx.room(room)
  const column = board.get(columns, columnId)
  if (!column) return refuse('column-not-found', 'That column is gone. Choose another one.')
  const isColumnKnown = board.knows(columns, columnId, 'status')
  const isKnown = (id: string): boolean => isColumnKnown && board.knows(tasks, id, 'status')
  const found = together(board, taskIds, 'moved', (task) => {
    if (isKnown(task.id)) return decideStep(task, column.status)
    return task.columnId === columnId ? accept() : refuseNewerWord()
  })
  if (!found.ok) return found
  const gap = gapIn(board, columnId, new Set(taskIds), place)
  const orders = ordersBetween(...gap, found.value.length, tx.random)
  for (const [at, task] of found.value.entries()) {
    board.update(tasks, task.id, { columnId, ...(isKnown(task.id) ? inStatus(task, column.status, tx) : {}), order: orders[at] })
  }
  return accept()
}

/** TASK-9: a card says since when it has its status, and by whom; moving within the status leaves that. */
export const inStatus = (task: Task, status: Task['status'], { now, actor }: Tx): PatchOf<typeof tasks> =>
  status === task.status ? {} : { status, statusAt: now, statusBy: actor }

/** The gap at a place of a column. While the neighbours given stand there still, the cost does not depend on the size of the board. */
export function gapIn(board: RoomTx, columnId: string, moved: ReadonlySet<string>, { afterId, beforeId }: Neighbours): Gap {
  const standing = (id: string | null): Task | undefined => {
    const card = id === null || moved.has(id) ? undefined : board.get(tasks, id)
    return card?.columnId === columnId ? card : undefined
  }
  const above = standing(afterId)
  const below = standing(beforeId)
  if (above && below && above.order < below.order) return [above.order, below.order]
  // An end of the column as the person saw it: what others put there meanwhile may stand on either side.
  if (below && afterId === null) return [null, below.order]
  if (above && beforeId === null) return [above.order, null]
  const cards = board.pick(tasks, ['columnId', 'order', 'archived']).filter((card) => card.columnId === columnId && !card.archived)
  return decideGap(cards, moved, below?.id ?? null)
}
