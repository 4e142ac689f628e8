import type { Answer } from './refusal.ts'
import { accept, refuse } from './refusal.ts'

/** The kinds of room: the unit of sync, access and size. */
export type RoomKind = 'team' | 'project' | 'record' | 'chat' | 'person'

/** A room's name as it stands in the sync URL: `team`, `project/<uuid>`, `record/<uuid>`, `chat/<uuid>`, `person/<uuid>`. */
export type RoomName = string

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a lower-case UUID of any version. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

export const teamRoom: RoomName = 'team'
export const projectRoom = (projectId: string): RoomName => `project/${projectId}`
export const recordRoom = (projectId: string): RoomName => `record/${projectId}`
export const chatRoom = (chatId: string): RoomName => `chat/${chatId}`
/** A member's own room: nobody else is in it. */
export const personRoom = (memberId: string): RoomName => `person/${memberId}`

/** Where somebody keeps what is theirs about a project: `personId` null in its room, else (viewers write nothing there) in that person's own. */
export type OwnPlace = { projectId: string; personId: string | null }
export const roomOfOwn = ({ projectId, personId }: OwnPlace): RoomName =>
  personId === null ? projectRoom(projectId) : personRoom(personId)

/** Splits a room's name into its kind and the id it carries (`''` for the team), or refuses a name no room can have. */
export function parseRoom(name: string): Answer<{ kind: RoomKind; id: string }> {
  if (name === teamRoom) return accept({ kind: 'team' as const, id: '' })
  const slash = name.indexOf('/')
  const kind = name.slice(0, slash)
  const id = name.slice(slash + 1)
  if ((kind === 'project' || kind === 'record' || kind === 'chat' || kind === 'person') && isId(id)) return accept({ kind, id })
  return refuse(
    'room-unknown',
    `There is no room "${name.slice(0, 80)}". Rooms are team, project/<uuid>, record/<uuid>, chat/<uuid> and person/<uuid>.`,
  )
}
