import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { listRows } from '#domain/core/query.ts'
import { accept } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { settings } from './schema.ts'

const KEY = 'team.name'

/** What a team may be called. */
export const teamName = z.string().trim().min(1, 'A team needs a name.').max(100, 'The name of a team can have at most 100 characters.')

/** TEAM-4: shows everybody what the team is called now. Run by the server alone, which keeps it. */
export const showTeamName = defineCommand({
  name: 'showTeamName',
  input: z.object({ name: teamName }),
  rooms: () => [teamRoom],
  run(tx, { name }) {
    const team = tx.room(teamRoom)
    if (team.get(settings, KEY)) team.update(settings, KEY, { value: name })
    else team.create(settings, { id: KEY, key: KEY, value: name, description: 'What the team is called.' })
    return accept()
  },
})

/** What the team was called last, as a list of at most one: none while it has the name it began with. */
export const teamNameShown = () => listRows(settings, ['value'], { id: KEY })
