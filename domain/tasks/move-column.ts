import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { orderBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { decideGap } from './rules.ts'
import { columns } from './schema.ts'

/** COLUMN-3: puts a column before another one, or, with `beforeId` null or gone, at the right end. Its cards come along as they stand. */
export const moveColumn = defineCommand({
  name: 'moveColumn',
  input: z.object({ projectId: z.uuid(), columnId: z.string(), beforeId: z.string().nullable() }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, columnId, beforeId }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(columns, columnId)) return refuse('column-not-found', 'That column is gone.')
    if (columnId === beforeId) return accept()
    const gap = decideGap(board.all(columns), new Set([columnId]), beforeId)
    board.update(columns, columnId, { order: orderBetween(...gap, tx.random) })
    return accept()
  },
})
