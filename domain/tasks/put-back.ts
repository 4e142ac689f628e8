import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import type { PastChange } from '#domain/core/history.ts'
import { refuseNewerWord } from '#domain/core/lifecycle.ts'
import { orderBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { gapIn, inStatus } from './moving.ts'
import { columnFor } from './rules.ts'
import { columns, tasks } from './schema.ts'
import { gone } from './together.ts'

/** The latest change of a card's status: the one move that can be put back. */
export const lastMove = (history: readonly PastChange[]): PastChange | undefined => history.findLast(({ fields }) => 'status' in fields)

/**
 * TASK-18: takes back what a fact did to a card: it has the status it had before, in its column of before where that still stands for it. Only the move
 * named by its time, and only while nobody moved the card since. No fact moves it there again: a fact happens once.
 */
export const putBackMove = defineCommand({
  name: 'putBackMove',
  input: z.object({ projectId: z.uuid(), taskId: z.string(), at: z.number() }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, taskId, at }) {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    const move = lastMove(task.history)
    if (!move || move.at !== at) return refuse('moved-since', 'The card was moved again since then. Set its status by hand.')
    const before = tasks.schema.shape.status.safeParse(move.fields.status?.before)
    if (!before.success || !board.knows(tasks, taskId, 'status')) return refuseNewerWord()
    const status = before.data
    const standing = board.all(columns).filter((column) => board.knows(columns, column.id, 'status') && column.status === status)
    const column = standing.find(({ id }) => id === move.fields.columnId?.before) ?? columnFor(standing, status)
    const order = column && orderBetween(...gapIn(board, column.id, new Set([taskId]), { afterId: null, beforeId: null }), tx.random)
    board.update(tasks, taskId, { ...inStatus(task, status, tx), columnId: column?.id, order })
    return accept()
  },
})
