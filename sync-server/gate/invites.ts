import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Role } from '#domain/team/schema.ts'
import { type Db, inTransaction } from '#server/postgres/pool.ts'
import { addMember, type StoredMember } from './members.ts'
import { hashSecret, newSecret } from './secret-text.ts'

const INVITE_MS = 7 * 24 * 60 * 60_000

export type Invite = { name: string; role: Role; invitedBy: string }
type Row = Invite & { expires_at: number; accepted_at: number | null }

/** Makes an invitation: good for one person, for seven days. */
export async function makeInvite(db: Db, invite: Invite): Promise<{ token: string; expiresAt: number }> {
  const token = newSecret()
  const now = Date.now()
  await db.query('insert into invites (hash, name, role, invited_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)', [
    hashSecret(token),
    invite.name,
    invite.role,
    invite.invitedBy,
    now,
    now + INVITE_MS,
  ])
  return { token, expiresAt: now + INVITE_MS }
}

/** What an invitation says, while it is good. */
export async function lookAtInvite(db: Db, token: string): Promise<Answer<Invite>> {
  const { rows } = await db.query<Row>(
    'select name, role, invited_by as "invitedBy", expires_at, accepted_at from invites where hash = $1',
    [hashSecret(token)],
  )
  return decideInvite(rows[0], Date.now())
}

/** Accepts an invitation: makes the member, once. */
export async function acceptInvite(db: Db, token: string): Promise<Answer<StoredMember>> {
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<Row>(
      'select name, role, invited_by as "invitedBy", expires_at, accepted_at from invites where hash = $1 for update',
      [hashSecret(token)],
    )
    const invite = decideInvite(rows[0], Date.now())
    if (!invite.ok) return invite
    const member = await addMember(client, invite.value.name, invite.value.role)
    await client.query('update invites set accepted_by = $2, accepted_at = $3 where hash = $1', [
      hashSecret(token),
      member.id,
      member.createdAt,
    ])
    return accept(member)
  })
}

/** GATE-2: an invitation is good once and for seven days. */
export function decideInvite(row: Row | undefined, now: number): Answer<Invite> {
  if (!row)
    return refuse(
      'invite-unknown',
      'There is no such invitation: it was taken back, or the link was not copied whole. Ask whoever invited you.',
    )
  if (row.accepted_at !== null)
    return refuse('invite-used', 'This invitation was already used, and each is for one person. Ask whoever invited you for a new one.')
  if (row.expires_at <= now)
    return refuse('invite-expired', 'This invitation has expired: links are good for seven days. Ask whoever invited you for a new one.')
  return accept({ name: row.name, role: row.role, invitedBy: row.invitedBy })
}
