import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { ordersBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { columns, type TaskStatus } from '#domain/tasks/schema.ts'
import { projectKey } from './rules.ts'
import { projectName, projects } from './schema.ts'

/** What a new board looks like. */
const FIRST_COLUMNS: readonly (readonly [string, TaskStatus])[] = [
  ['Backlog', 'backlog'],
  ['To do', 'todo'],
  ['In progress', 'in_progress'],
  ['Review', 'review'],
  ['Done', 'done'],
]

/** Makes a project with its first columns. Answers its id. */
export const createProject = defineCommand({
  name: 'createProject',
  input: z.object({ id: z.uuid(), name: projectName, description: z.string().max(10_000).default('') }),
  rooms: ({ id }) => [teamRoom, projectRoom(id)],
  run(tx, { id, name, description }) {
    const orders = ordersBetween(null, null, FIRST_COLUMNS.length, tx.random)
    FIRST_COLUMNS.forEach(([columnName, status], at) => {
      tx.room(projectRoom(id)).create(columns, { projectId: id, name: columnName, status, order: orders[at] ?? '' })
    })
    const key = projectKey(name, tx.room(teamRoom).all(projects).map((project) => project.key))
    tx.room(teamRoom).create(projects, { id, name, description, key })
    return accept(id)
  },
})

/** Renames, describes, archives or restores a project. */
export const editProject = defineCommand({
  name: 'editProject',
  input: z.object({
    projectId: z.uuid(),
    patch: z.object({ name: projectName, description: z.string().max(10_000, 'A description can have at most 10,000 characters.'), archived: z.boolean() }).partial(),
  }),
  rooms: () => [teamRoom],
  run(tx, { projectId, patch }) {
    const team = tx.room(teamRoom)
    if (!team.get(projects, projectId)) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
    team.update(projects, projectId, patch)
    return accept()
  },
})
