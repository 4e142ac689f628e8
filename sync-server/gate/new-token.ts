import type { Role } from '#domain/team/schema.ts'
import type { Db } from '#server/postgres/pool.ts'
import { addMember, listMembers, type StoredMember } from './members.ts'
import { makeApiToken } from './passes.ts'

export type NewToken = { token: string; member: StoredMember | null }

/** Makes an API token for the member of this name and role, who is added where there is none; a runner's token belongs to no member. */
export async function makeTokenFor(db: Db, name: string, role: Role): Promise<NewToken> {
  if (role === 'runner') return { token: await makeApiToken(db, { memberId: null, name, role }), member: null }
  const known = (await listMembers(db)).find((member) => member.username === name && member.role === role && member.isActive)
  const member = known ?? (await addMember(db, name, role))
  return { token: await makeApiToken(db, { memberId: member.id, name, role }), member }
}
