import type { Role } from '#domain/team/schema.ts'

/** What each role may do, in one line each. */
export const ROLE_WORDS: Readonly<Record<Role, { label: string; may: string }>> = {
  viewer: { label: 'Viewer', may: 'reads everything and changes nothing' },
  member: { label: 'Member', may: 'writes, starts agents and merges' },
  approver: { label: 'Approver', may: 'does what a member does and approves' },
  admin: { label: 'Admin', may: 'also manages members, models and repositories, and exports, imports and deletes projects' },
  owner: { label: 'Owner', may: 'started this server and may do everything' },
  runner: { label: 'Runner', may: 'is a machine that does the work of agents' },
}

/** The roles an invitation can carry. */
export const INVITED_ROLES = ['viewer', 'member', 'approver', 'admin'] as const
export type InvitedRole = (typeof INVITED_ROLES)[number]

/** True for those who manage members, models and repositories. */
export const isAdmin = (role: Role | undefined): boolean => role === 'admin' || role === 'owner'
