import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { tasks } from './schema.ts'
import { gone } from './together.ts'
import { shortTitle } from './written.ts'

/** TASK-16: gives a card that nobody gave a title one. A title that a person typed is never replaced, whatever was asked for before. Run by the server alone; answers whether it did. */
export const titleCard = defineCommand({
  name: 'titleCard',
  input: z.object({ projectId: z.uuid(), taskId: z.string(), title: z.string() }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, taskId, title }) {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    const short = shortTitle(title)
    if (!task.isUntitled || short === '') return accept(false)
    board.update(tasks, taskId, { title: short, isUntitled: false })
    return accept(true)
  },
})
