import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { createTasks, editTask } from './commands.ts'
import { columnFor } from './rules.ts'
import { columns, TASK_STATUSES, tasks } from './schema.ts'
import { gone } from './together.ts'

/**
 * TASK-19: adds a card that asks for the same as another one: its words, prompt, labels, priority and assignee, and what it is done when, with nothing of that
 * ticked. What became of the other stays with the other. The same id twice is one card.
 */
export const copyTask = defineCommand({
  name: 'copyTask',
  input: z.object({ projectId: z.uuid(), key: z.string(), taskId: z.string(), id: z.uuid(), status: z.enum(TASK_STATUSES) }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, key, taskId, id, status }) {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    if (board.get(tasks, id)) return accept([id])
    const { title, description, promptId, size, userRequest, priority, labels, assignee } = task
    const checklist = task.checklist.map((item) => ({ ...item, done: false }))
    const known = board.all(columns).filter((column) => board.knows(columns, column.id, 'status'))
    const columnId = columnFor(known, status)?.id ?? null
    const made = createTasks.run(tx, {
      projectId, key, columnId, tasks: [{ id, title, description, promptId, checklist, dependsOn: [], size, userRequest, suggestedBy: null, isUntitled: false, origin: 'standalone', originLink: null }],
    }) // biome-ignore format: what belongs together stands together
    if (!made.ok) return made
    editTask.run(tx, { projectId, taskId: id, patch: { priority, labels, assignee } })
    return made
  },
})
