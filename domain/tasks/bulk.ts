import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { moveAll } from './moving.ts'
import { label, PRIORITIES, tasks } from './schema.ts'
import { together } from './together.ts'

/** As many as a project can hold in sight: what is selected is changed in one step, whatever its size. */
const MOST_CARDS = 10_000

const someCards = {
  projectId: z.uuid(),
  taskIds: z.array(z.string()).min(1).max(MOST_CARDS, `At most ${MOST_CARDS} cards can be changed at once.`),
}
const room = ({ projectId }: { projectId: string }): string[] => [projectRoom(projectId)]

/** Moves cards to one place of a column, said as for `moveTask`, in the order given: all of them or none (TASK-10), in one step. */
export const moveTasks = defineCommand({
  name: 'moveTasks',
  input: z.object({
    ...someCards,
    columnId: z.string(),
    afterId: z.string().nullable().default(null),
    beforeId: z.string().nullable().default(null),
  }),
  rooms: room,
  run: (tx, { projectId, taskIds, columnId, ...place }) => moveAll(tx, projectRoom(projectId), taskIds, columnId, place),
})

/** Changes the same fields of all the cards or of none (TASK-10), in one step. Labels are added and taken away, so that each card keeps its others. */
export const editTasks = defineCommand({
  name: 'editTasks',
  input: z.object({
    ...someCards,
    patch: z
      .object({
        priority: z.enum(PRIORITIES),
        assignee: z.string().nullable(),
        dueAt: z.number().nullable(),
        archived: z.boolean(),
        promptId: z.uuid().nullable(),
      })
      .partial()
      .default({}),
    addLabels: z.array(label).default([]),
    removeLabels: z.array(z.string()).default([]),
  }),
  rooms: room,
  run(tx, { projectId, taskIds, patch, addLabels, removeLabels }) {
    const board = tx.room(projectRoom(projectId))
    const found = together(board, taskIds, 'changed')
    if (!found.ok) return found
    for (const { id, labels } of found.value) {
      const kept = labels.filter((each) => !removeLabels.includes(each))
      board.update(tasks, id, { ...patch, labels: [...kept, ...addLabels.filter((each) => !kept.includes(each))] })
    }
    return accept()
  },
})

/** Deletes the cards for everybody, all of them or none (TASK-10), in one step. Their attempts and commits stay in the record. */
export const deleteTasks = defineCommand({
  name: 'deleteTasks',
  input: z.object(someCards),
  rooms: room,
  run(tx, { projectId, taskIds }) {
    const board = tx.room(projectRoom(projectId))
    const found = together(board, taskIds, 'deleted')
    if (!found.ok) return found
    for (const { id } of found.value) board.remove(tasks, id)
    return accept()
  },
})
