import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { members, ROLES } from './schema.ts'

/** Writes a member's public face: new, renamed, with another role, or gone. Run by the server alone. */
export const showMember = defineCommand({
  name: 'showMember',
  input: z.object({ id: z.string(), username: members.schema.shape.username, role: z.enum(ROLES), isActive: z.boolean() }),
  rooms: () => [teamRoom],
  run(tx, { id, ...fields }) {
    const team = tx.room(teamRoom)
    if (team.get(members, id)) team.update(members, id, fields)
    else team.create(members, { id, ...fields })
    return accept()
  },
})
