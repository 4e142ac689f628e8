import { v7 as newId } from 'uuid'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Role } from '#domain/team/schema.ts'
import type { Db, Queries } from '#server/postgres/pool.ts'
import { mayGrant, mayRename } from './policy.ts'

/** A member as the server's own table knows him; the row in the team's document is only his public face. */
export type StoredMember = { id: string; username: string; email: string | null; role: Role; isActive: boolean; createdAt: number }

const COLUMNS = 'id, username, email, role, is_active as "isActive", created_at as "createdAt"'

/** Everybody, the gone ones too, in the order they came. */
export async function listMembers(db: Queries): Promise<StoredMember[]> {
  return (await db.query<StoredMember>(`select ${COLUMNS} from members order by created_at, id`)).rows
}

/** One member, or undefined. */
export async function findMember(db: Queries, id: string): Promise<StoredMember | undefined> {
  return (await db.query<StoredMember>(`select ${COLUMNS} from members where id = $1`, [id])).rows[0]
}

/** Adds a member. Answers the new row. */
export async function addMember(db: Queries, username: string, role: Role, email: string | null = null): Promise<StoredMember> {
  const member = { id: newId(), username, email, role, isActive: true, createdAt: Date.now() }
  await db.query('insert into members (id, username, email, role, created_at) values ($1, $2, $3, $4, $5)', [
    member.id,
    username,
    email,
    role,
    member.createdAt,
  ])
  return member
}

/** The owner: made on the first start, named after whoever started it. */
export async function ensureOwner(db: Db, name: string, email: string | null): Promise<StoredMember> {
  const { rows } = await db.query<StoredMember>(`select ${COLUMNS} from members where role = 'owner' order by created_at limit 1`)
  return rows[0] ?? (await addMember(db, name, 'owner', email))
}

/** Gives a member another role, as far as the giver may. */
export async function setRole(db: Db, giver: { id: string; role: Role }, memberId: string, role: Role): Promise<Answer<StoredMember>> {
  const member = await changeable(db, giver, memberId)
  if (!member.ok) return member
  if (!mayGrant(giver.role, role))
    return refuse('role-not-grantable', `With the role ${giver.role} you can't make somebody ${role}.`, 'role')
  await db.query('update members set role = $2 where id = $1', [memberId, role])
  return accept({ ...member.value, role })
}

/** Gives a member another name: everybody their own, an admin those of others. What was written stays the member's and shows the new one. */
export async function rename(db: Db, giver: { id: string; role: Role }, memberId: string, username: string): Promise<Answer<StoredMember>> {
  const member = await findMember(db, memberId)
  if (!member) return refuse('member-not-found', 'There is no such member. Load the page again.')
  if (!mayRename(giver, member))
    return refuse(
      'member-not-renamable',
      'You can change your own name. That of others is for admins to change, the owner’s for the owner alone.',
    )
  await db.query('update members set username = $2 where id = $1', [memberId, username])
  return accept({ ...member, username })
}

/** Shuts a member out: sessions, tokens and tickets end with it. */
export async function deactivate(db: Db, giver: { id: string; role: Role }, memberId: string): Promise<Answer<StoredMember>> {
  const member = await changeable(db, giver, memberId)
  if (!member.ok) return member
  await db.query('update members set is_active = false where id = $1', [memberId])
  for (const table of ['login_sessions', 'tickets']) await db.query(`delete from ${table} where member_id = $1`, [memberId])
  await db.query('update api_tokens set revoked_at = $2 where member_id = $1 and revoked_at is null', [memberId, Date.now()])
  return accept({ ...member.value, isActive: false })
}

async function changeable(db: Db, giver: { id: string; role: Role }, memberId: string): Promise<Answer<StoredMember>> {
  const member = await findMember(db, memberId)
  if (!member) return refuse('member-not-found', 'There is no such member. Load the page again.')
  if (member.id === giver.id) return refuse('member-is-you', 'You cannot change your own role or shut yourself out. Ask another admin.')
  if (member.role === 'owner') return refuse('member-is-owner', "The owner's role cannot be changed.")
  return accept(member)
}
