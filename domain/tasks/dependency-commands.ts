import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { createTasks } from './commands.ts'
import { decideBlocker } from './dependencies.ts'
import { tasks, taskTitle } from './schema.ts'
import { gone } from './together.ts'

const inProject = { projectId: z.uuid() }
const room = ({ projectId }: { projectId: string }): string[] => [projectRoom(projectId)]

/** Lets a card wait for others, and for others no more. Refused, whole, where a loop would close; what is asked for twice is as asked for once. */
export const changeBlockers = defineCommand({
  name: 'changeBlockers',
  input: z.object({ ...inProject, taskId: z.string(), add: z.array(z.string()).default([]), remove: z.array(z.string()).default([]) }),
  rooms: room,
  run(tx, { projectId, taskId, add, remove }) {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    const cards = new Map((add.length === 0 ? [] : board.pick(tasks, ['shortId', 'title', 'dependsOn'])).map((card) => [card.id, card]))
    let dependsOn = task.dependsOn.filter((id) => !remove.includes(id))
    for (const id of add) {
      if (dependsOn.includes(id)) continue
      cards.set(taskId, { ...task, dependsOn })
      const allowed = decideBlocker(cards, taskId, id)
      if (!allowed.ok) return allowed
      dependsOn = [...dependsOn, id]
    }
    board.update(tasks, taskId, { dependsOn })
    return accept()
  },
})

/** SUB-3: adds a card that is part of another one, as a subtask of one of its attempts. It stands on the board like any other. Answers its id. */
export const addSubtask = defineCommand({
  name: 'addSubtask',
  input: z.object({ ...inProject, key: z.string().default('APP'), id: z.uuid(), title: taskTitle, parentAttemptId: z.uuid() }),
  rooms: room,
  run(tx, { projectId, key, id, title, parentAttemptId }) {
    const made = createTasks.run(tx, createTasks.input.parse({ projectId, key, tasks: [{ id, title }] }))
    if (!made.ok) return made
    tx.room(projectRoom(projectId)).update(tasks, id, { parentAttemptId })
    return accept(id)
  },
})
