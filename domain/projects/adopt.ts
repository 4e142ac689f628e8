import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { members } from '#domain/team/schema.ts'
import { projects } from './schema.ts'

/**
 * PROJECT-2: puts a project's row as another server had it into the team's index, stamps and all, and the faces of people in it
 * whom nobody knows here: names without rights. Run by the server alone. Refused where the project is here.
 */
export const adoptProject = defineCommand({
  name: 'adoptProject',
  input: z.object({
    projectId: z.uuid(),
    values: z.record(z.string(), z.json()),
    people: z.array(z.object({ id: z.string(), username: members.schema.shape.username })),
  }),
  rooms: () => [teamRoom],
  run(tx, { projectId, values, people }) {
    const team = tx.room(teamRoom)
    const here = team.get(projects, projectId)
    if (here)
      return refuse('project-here', `This project is here already, as “${here.name}”. An import makes a new project and changes none.`)
    team.restore(projects, projectId, values)
    for (const { id, username } of people) {
      if (!team.get(members, id)) team.create(members, { id, username, role: 'viewer', isActive: false })
    }
    return accept()
  },
})
