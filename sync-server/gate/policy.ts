import type { RoomKind } from '#domain/core/rooms.ts'
import { APPROVERS, ROLES, type Role } from '#domain/team/schema.ts'

/**
 * Who may do what: the one table. What is not listed is refused. `tests` are generated from it, so a new right is a
 * change here and nowhere else.
 */
const VIEWERS: readonly Role[] = ['viewer', 'member', 'approver', 'admin', 'owner']
const MEMBERS: readonly Role[] = ['member', 'approver', 'admin', 'owner']
const ADMINS: readonly Role[] = ['admin', 'owner']
const RUNNERS: readonly Role[] = ['runner']
const ANYONE = 'anyone'

/** Rooms by what a message does: read (join, presence) or write (document updates). */
export const ROOM_RIGHTS: Readonly<Record<RoomKind, { read: readonly Role[]; write: readonly Role[] }>> = {
  team: { read: VIEWERS, write: MEMBERS },
  project: { read: VIEWERS, write: MEMBERS },
  chat: { read: VIEWERS, write: MEMBERS },
  // Facts: only the server itself writes them.
  record: { read: VIEWERS, write: [] },
  // What is somebody's own: in theirs viewers write too (`mayEnter`).
  person: { read: VIEWERS, write: VIEWERS },
}

/** Procedures of the API by their path, and the HTTP doors beside it. */
export const PROCEDURE_RIGHTS: Readonly<Record<string, readonly Role[] | typeof ANYONE>> = {
  'session.me': ANYONE,
  'session.signIn': ANYONE,
  'session.signOut': ANYONE,
  'session.ticket': VIEWERS,
  'invites.look': ANYONE,
  'invites.accept': ANYONE,
  'invites.create': ADMINS,
  'members.list': VIEWERS,
  'members.rename': VIEWERS,
  'members.setRole': ADMINS,
  'members.deactivate': ADMINS,
  'tokens.create': ADMINS,
  'tokens.list': ADMINS,
  'tokens.revoke': ADMINS,
  'models.save': ADMINS,
  'models.remove': ADMINS,
  'models.test': ADMINS,
  'settings.save': ADMINS,
  'team.rename': ADMINS,
  'repos.link': ADMINS,
  'repos.create': ADMINS,
  'repos.branches': VIEWERS,
  'attempts.start': MEMBERS,
  'attempts.cancel': MEMBERS,
  'attempts.followUp': MEMBERS,
  'attempts.resume': MEMBERS,
  'attempts.merge': MEMBERS,
  'schedules.set': MEMBERS,
  'schedules.cancel': MEMBERS,
  'plans.approve': MEMBERS,
  'logs.read': VIEWERS,
  'logs.tail': VIEWERS,
  'interviews.ask': MEMBERS,
  'interviews.stop': MEMBERS,
  'prompts.approve': APPROVERS,
  'projects.demand': ADMINS,
  'projects.remove': ADMINS,
  'projects.restore': ADMINS,
  'proposals.prompts': MEMBERS,
  'proposals.tasks': MEMBERS,
  'proposals.title': MEMBERS,
  'turns.wait': MEMBERS,
  'runner.hello': RUNNERS,
  'runner.claim': RUNNERS,
  'runner.renew': RUNNERS,
  'runner.report': RUNNERS,
  'runner.finish': RUNNERS,
  'POST /blobs': [...MEMBERS, ...RUNNERS],
  'GET /blobs': [...VIEWERS, ...RUNNERS],
  'pictures.kept': VIEWERS,
  // Who may store one is asked for it.
  'pictures.wanted': MEMBERS,
  'GET /metrics': ADMINS,
  // A project leaves the server whole, or comes in with its record.
  'parcels.look': ADMINS,
  'GET /parcels': ADMINS,
  'POST /parcels': ADMINS,
}

/** May this role read, or write, a room of this kind? */
export function mayRoom(role: Role, kind: RoomKind, right: 'read' | 'write'): boolean {
  return ROOM_RIGHTS[kind][right].includes(role)
}

/** May they read, or write, this very room? GATE-9: a person's own room is nobody else's, whatever their role. */
export function mayEnter(who: { memberId: string; role: Role }, room: { kind: RoomKind; id: string }, right: 'read' | 'write'): boolean {
  return mayRoom(who.role, room.kind, right) && (room.kind !== 'person' || room.id === who.memberId)
}

/** True for rooms that nobody but the server itself writes. */
export const isServersOwn = (kind: RoomKind): boolean => ROOM_RIGHTS[kind].write.length === 0

/** May this role (null: nobody signed in) call this procedure? One that is not in the table: no. */
export function mayCall(role: Role | null, procedure: string): boolean {
  const right = Object.hasOwn(PROCEDURE_RIGHTS, procedure) ? PROCEDURE_RIGHTS[procedure] : undefined
  if (right === undefined) return false
  return right === ANYONE || (role !== null && right.includes(role))
}

/** Whether a person may change somebody's name: everybody their own, admins those of all but the owner. */
export const mayRename = (giver: { id: string; role: Role }, member: { id: string; role: Role }): boolean =>
  giver.id === member.id || (ADMINS.includes(giver.role) && member.role !== 'owner')

/** GATE-1: nobody hands out a role above his own, nor changes somebody above him; the owner's role is nobody's to give. */
export function mayGrant(granter: Role, role: Role): boolean {
  return role !== 'owner' && role !== 'runner' && ADMINS.includes(granter) && ROLES.indexOf(role) <= ROLES.indexOf(granter)
}
