import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { ordersBetween } from '#domain/core/order.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { projectKey } from '#domain/projects/rules.ts'
import { projectName, projects } from '#domain/projects/schema.ts'
import { columns, type TaskStatus } from './schema.ts'

/** What a new board looks like. */
const FIRST_COLUMNS: readonly (readonly [string, TaskStatus])[] = [
  ['Backlog', 'backlog'],
  ['To do', 'todo'],
  ['In progress', 'in_progress'],
  ['Review', 'review'],
  ['Done', 'done'],
]

/** Makes a project: a project is born with its board, so this stands with the tasks. Answers its id. */
export const createProject = defineCommand({
  name: 'createProject',
  input: z.object({ id: z.uuid(), name: projectName, description: z.string().max(10_000).default('') }),
  rooms: ({ id }) => [teamRoom, projectRoom(id)],
  run(tx, { id, name, description }) {
    const orders = ordersBetween(null, null, FIRST_COLUMNS.length, tx.random)
    FIRST_COLUMNS.forEach(([columnName, status], at) => {
      tx.room(projectRoom(id)).create(columns, { projectId: id, name: columnName, status, order: orders[at] ?? '' })
    })
    const taken = tx.room(teamRoom).pick(projects, ['key'])
    const key = projectKey(
      name,
      taken.map((project) => project.key),
    )
    tx.room(teamRoom).create(projects, { id, name, description, key })
    return accept(id)
  },
})
