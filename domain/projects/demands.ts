import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { projectDemands } from './schema.ts'

/** Writes down what a project demands from now on. Run by the server alone. */
export const recordDemands = defineCommand({
  name: 'recordDemands',
  input: z.object({ projectId: z.uuid(), approvedPrompts: z.boolean() }),
  rooms: ({ projectId }) => [recordRoom(projectId)],
  run(tx, { projectId, ...demands }) {
    const record = tx.room(recordRoom(projectId))
    record.create(projectDemands, { id: projectId })
    record.update(projectDemands, projectId, { ...demands, by: tx.actor, at: tx.now })
    return accept()
  },
})
