import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { v7 as newId } from 'uuid'
import type { Answer } from '#domain/core/refusal.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { showMember } from '#domain/team/commands.ts'
import { showTeamName } from '#domain/team/team-name.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { Db, Queries } from '#server/postgres/pool.ts'
import { ensureOwner, listMembers, type StoredMember } from './members.ts'

export type Team = { id: string; name: string }

const run = promisify(execFile)

/** The team and its owner, made on the first start and named after whoever started it. */
export async function ensureTeam(db: Db): Promise<{ team: Team; owner: StoredMember }> {
  const known = await readTeam(db)
  const name = known ? '' : (await fromGit('user.name')) || systemName() || 'Owner'
  const owner = await ensureOwner(db, name.slice(0, 100), known ? null : (await fromGit('user.email')) || null)
  if (known) return { team: known, owner }
  const team = { id: newId(), name: teamOf(owner.username) }
  await db.query("insert into facts (key, value) values ('team', $1) on conflict do nothing", [JSON.stringify(team)])
  return { team, owner }
}

/** The team as it is called now; null before the first start. */
export async function readTeam(db: Queries): Promise<Team | null> {
  const { rows } = await db.query<{ value: Team }>("select value from facts where key = 'team'")
  return rows[0]?.value ?? null
}

/** TEAM-4: gives the team another name, and shows everybody. */
export async function renameTeam(
  { documents, team }: { documents: Documents; team: Team },
  actor: string,
  name: string,
): Promise<Answer<unknown>> {
  return await documents.edit([call(showTeamName, { name }, actor)], async (client) => {
    await client.query("update facts set value = $1 where key = 'team'", [JSON.stringify({ ...team, name })])
    return true
  })
}

/** `Ada’s team`, `Maintainers’ team`. */
export function teamOf(owner: string): string {
  const end = '’s team'
  const name = owner.slice(0, 100 - end.length)
  return /s$/i.test(name) ? `${name}’ team` : `${name}${end}`
}

/** The name of the user the system runs us as; empty for a bare number without a name. */
function systemName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

async function fromGit(setting: string): Promise<string> {
  return await run('git', ['config', '--get', setting]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}

/** Writes the public face of these members into the team's document, where it differs. */
export async function showMembers(documents: Documents, members: readonly StoredMember[]): Promise<void> {
  await documents.edit(members.map(({ id, username, role, isActive }) => call(showMember, { id, username, role, isActive }, SYSTEM)))
}

/** The same for everybody, where anything changed since it was last shown: what a command line wrote while no server ran becomes visible. */
export async function showAllMembers(db: Db, documents: Documents): Promise<void> {
  const members = await listMembers(db)
  const digest = createHash('sha256').update(JSON.stringify(members)).digest('hex')
  const { rows } = await db.query<{ value: string }>("select value from facts where key = 'members shown'")
  if (rows[0]?.value === digest) return
  await showMembers(documents, members)
  await db.query("insert into facts (key, value) values ('members shown', $1) on conflict (key) do update set value = excluded.value", [
    JSON.stringify(digest),
  ])
}
