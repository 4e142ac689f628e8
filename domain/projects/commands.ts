import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { projectName, projects } from './schema.ts'

/** Renames, describes, archives or restores a project. */
export const editProject = defineCommand({
  name: 'editProject',
  input: z.object({
    projectId: z.uuid(),
    patch: z
      .object({
        name: projectName,
        description: z.string().max(10_000, 'A description can have at most 10,000 characters.'),
        archived: z.boolean(),
      })
      .partial(),
  }),
  rooms: () => [teamRoom],
  run(tx, { projectId, patch }) {
    const team = tx.room(teamRoom)
    if (!team.get(projects, projectId)) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
    team.update(projects, projectId, patch)
    return accept()
  },
})
