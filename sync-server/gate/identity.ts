import type { Role } from '#domain/team/schema.ts'

/** Who is speaking: a member, or a runner (a machine, with no member behind it). */
export type Identity = {
  memberId: string
  name: string
  email: string | null
  role: Role
  /** By what it was proven; a session cookie alone never proves a request from another site. */
  by: 'session' | 'token' | 'ticket'
  /** The hash of the session or token; when that ends, what it opened ends too. Empty for a ticket, which ends by being used. */
  pass: string
}
