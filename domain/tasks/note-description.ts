import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { tasks } from './schema.ts'
import { gone } from './together.ts'

/**
 * Notes what somebody typed into a card's description since a moment, for its history: the words themselves are in the shared text. `change` is null
 * where it reads again as it did then.
 */
export const noteDescription = defineCommand({
  name: 'noteDescription',
  input: z.object({
    projectId: z.uuid(),
    taskId: z.string(),
    since: z.number(),
    change: z.object({ before: z.string(), after: z.string() }).nullable(),
  }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  isNoStep: true,
  run(tx, { projectId, taskId, since, change }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(tasks, taskId)) return gone()
    board.typed(tasks, taskId, 'description', since, change)
    return accept()
  },
})
