import type { Role } from '#domain/team/schema.ts'
import type { Queries } from '#server/postgres/pool.ts'
import { hashSecret, newSecret } from './secret-text.ts'

const DAY = 24 * 60 * 60_000
/** A session ends after a month unused, and after a quarter in any case. */
const IDLE_MS = 30 * DAY
const ABSOLUTE_MS = 90 * DAY
const TICKET_MS = 60_000
export const SESSION_SECONDS: number = ABSOLUTE_MS / 1000

/** Whom a pass lets in: a member, or (no member) a machine with a role. */
export type Bearer = { memberId: string | null; name: string; role: Role }

/** Opens a login session. Answers the cookie's value, which nobody can read here again. */
export async function openSession(db: Queries, memberId: string): Promise<string> {
  const token = newSecret()
  const now = Date.now()
  await db.query('insert into login_sessions (hash, member_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)', [
    hashSecret(token),
    memberId,
    now,
    now + ABSOLUTE_MS,
  ])
  return token
}

/** The member of a session that is neither ended nor forgotten. */
export async function readSession(db: Queries, token: string): Promise<string | null> {
  const now = Date.now()
  const { rows } = await db.query<{ member_id: string; seen_at: number }>(
    'select member_id, seen_at from login_sessions where hash = $1 and expires_at > $2 and seen_at > $3',
    [hashSecret(token), now, now - IDLE_MS],
  )
  const [found] = rows
  // On a full disk this cannot be noted: nobody is kept out for that.
  if (found && now - found.seen_at > 60_000)
    await db.query('update login_sessions set seen_at = $2 where hash = $1', [hashSecret(token), now]).catch(() => undefined)
  return found?.member_id ?? null
}

/** Ends a session. */
export async function endSession(db: Queries, token: string): Promise<void> {
  await db.query('delete from login_sessions where hash = $1', [hashSecret(token)])
}

/** Makes an API token for a member, or (no member) for a machine. It is shown once. */
export async function makeApiToken(db: Queries, bearer: Bearer): Promise<string> {
  const token = newSecret()
  await keepApiToken(db, token, bearer)
  return token
}

/** Stores a token that exists already. */
export async function keepApiToken(db: Queries, token: string, { memberId, name, role }: Bearer): Promise<void> {
  await db.query(
    'insert into api_tokens (hash, member_id, name, role, created_at) values ($1, $2, $3, $4, $5) on conflict (hash) do nothing',
    [hashSecret(token), memberId, name, role, Date.now()],
  )
}

/** Whose token this is, while it is not revoked. */
export async function readApiToken(db: Queries, token: string): Promise<Bearer | null> {
  const { rows } = await db.query<Bearer>(
    'select member_id as "memberId", name, role from api_tokens where hash = $1 and revoked_at is null',
    [hashSecret(token)],
  )
  return rows[0] ?? null
}

/** Every token by its hash, without the token. */
export async function listApiTokens(
  db: Queries,
): Promise<{ id: string; name: string; role: Role; memberId: string | null; createdAt: number; revoked: boolean }[]> {
  const { rows } = await db.query(
    'select hash as id, name, role, member_id as "memberId", created_at as "createdAt", revoked_at is not null as revoked from api_tokens order by created_at',
  )
  return rows
}

/** Ends a token. */
export async function revokeApiToken(db: Queries, hash: string): Promise<void> {
  await db.query('update api_tokens set revoked_at = $2 where hash = $1 and revoked_at is null', [hash, Date.now()])
}

/** A ticket opens one socket once, within a minute: it may stand in a URL. */
export async function makeTicket(db: Queries, memberId: string): Promise<string> {
  const ticket = newSecret()
  await db.query('delete from tickets where expires_at < $1', [Date.now()])
  await db.query('insert into tickets (hash, member_id, expires_at) values ($1, $2, $3)', [
    hashSecret(ticket),
    memberId,
    Date.now() + TICKET_MS,
  ])
  return ticket
}

/** Takes a ticket in; the second time it is worth nothing. */
export async function takeTicket(db: Queries, ticket: string): Promise<string | null> {
  const { rows } = await db.query<{ member_id: string }>('delete from tickets where hash = $1 and expires_at > $2 returning member_id', [
    hashSecret(ticket),
    Date.now(),
  ])
  return rows[0]?.member_id ?? null
}

/** Is the session or token behind an open socket still good? A ticket was used up when it opened it. */
export async function isPassGood(db: Queries, by: 'session' | 'token' | 'ticket', pass: string): Promise<boolean> {
  if (by === 'ticket') return true
  const { rowCount } =
    by === 'session'
      ? await db.query('select 1 from login_sessions where hash = $1 and expires_at > $2', [pass, Date.now()])
      : await db.query('select 1 from api_tokens where hash = $1 and revoked_at is null', [pass])
  return rowCount === 1
}
