import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { projects } from './schema.ts'

/** PROJECT-7: for so many days a deleted project can be restored. */
export const RESTORABLE_DAYS = 30
const DAY = 24 * 60 * 60 * 1000

/** When a deleted project goes for good, in milliseconds since 1970. */
export const endOf = (deletedAt: number): number => deletedAt + RESTORABLE_DAYS * DAY

/** The days left to restore it, a day that has begun counted whole. */
export const daysLeft = (deletedAt: number, now: number): number => Math.max(0, Math.ceil((endOf(deletedAt) - now) / DAY))

const which = z.object({ projectId: z.uuid() })

/** PROJECT-6: marks a project as deleted; everything in it stays as it is. One that is deleted stays so since when it was. Run by the server alone. */
export const removeProject = defineCommand({
  name: 'removeProject',
  input: which,
  rooms: () => [teamRoom],
  run(tx, { projectId }) {
    const team = tx.room(teamRoom)
    const project = team.get(projects, projectId)
    if (!project) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
    if (project.deletedAt === null) team.update(projects, projectId, { deletedAt: tx.now, deletedBy: tx.actor })
    return accept()
  },
})

/** PROJECT-6: takes the mark away again. Run by the server alone. */
export const restoreProject = defineCommand({
  name: 'restoreProject',
  input: which,
  rooms: () => [teamRoom],
  run(tx, { projectId }) {
    const team = tx.room(teamRoom)
    if (!team.get(projects, projectId)) return refuse('project-not-found', 'That project is gone. It was deleted for good.')
    team.update(projects, projectId, { deletedAt: null, deletedBy: null })
    return accept()
  },
})

/** PROJECT-7: takes the row of a deleted project out of the team's index. Run by the server alone, when nobody can restore it any more. */
export const forgetProject = defineCommand({
  name: 'forgetProject',
  input: which,
  rooms: () => [teamRoom],
  run(tx, { projectId }) {
    tx.room(teamRoom).remove(projects, projectId)
    return accept()
  },
})
