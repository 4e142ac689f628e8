import type { IncomingMessage } from 'node:http'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { isSignInOfSomeone } from '#server/instances/membership.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { Identity } from './identity.ts'
import { countGuess, countKnock } from './limits.ts'
import { findMember, type StoredMember } from './members.ts'
import { isFromOurPage, isKnownHost, readBearer, readCookie } from './origin.ts'
import { isPassGood, openSession, readApiToken, readSession, takeTicket } from './passes.ts'
import { hashSecret, newSecret, sameSecret } from './secret-text.ts'

export const COOKIE = 'slipway_session'

/** The headers of any request, whichever server library carried them. */
export type Headers = IncomingMessage['headers']

/** Who is speaking, found out the same way for sockets, calls and files. */
export class Gate {
  /** Stands in the printed URL; good while this process runs, at every server on the database. */
  readonly signInToken: string = newSecret()
  readonly #db: Db
  readonly #ownerId: string

  constructor(db: Db, ownerId: string) {
    this.#db = db
    this.#ownerId = ownerId
  }

  /** What the other servers may know of that token. */
  get signInHash(): string {
    return hashSecret(this.signInToken)
  }

  /** The speaker of an HTTP request; null for nobody. A cookie counts only from our own page. */
  async identify(headers: Headers, isChange: boolean): Promise<Identity | null> {
    const bearer = readBearer(headers)
    if (bearer) return await this.#byToken(bearer)
    const cookie = readCookie(headers, COOKIE)
    if (!cookie || !isFromOurPage(headers, isChange)) return null
    const memberId = await readSession(this.#db, cookie)
    return memberId ? await this.#asMember(memberId, 'session', hashSecret(cookie)) : null
  }

  /** The speaker of a socket, or why it is not let in. */
  async identifySocket(request: IncomingMessage, url: URL): Promise<Answer<Identity>> {
    const { headers } = request
    if (!isKnownHost(headers)) return refuse('forbidden', 'This server answers to names of this machine only.')
    const ticket = url.searchParams.get('ticket')
    const memberId = ticket ? await takeTicket(this.#db, ticket) : null
    const identity = memberId ? await this.#asMember(memberId, 'ticket', '') : await this.identify(headers, true)
    if (identity) {
      const knock = await countKnock('socket', identity.memberId)
      return knock.ok ? accept(identity) : knock
    }
    if (readCookie(headers, COOKIE) && !isFromOurPage(headers, true))
      return refuse('forbidden', 'A page of another site may not use your session.')
    const knock = await countGuess(this.#db, `socket ${request.socket.remoteAddress ?? ''}`)
    return knock.ok
      ? refuse('unauthenticated', 'Sign in first: this socket needs a session, a token or a ticket that is still good.')
      : knock
  }

  /** The identity as it is now; null where the member or the machine may no longer speak. */
  async recheck(identity: Identity): Promise<Identity | null> {
    if (!(await isPassGood(this.#db, identity.by, identity.pass))) return null
    return identity.role === 'runner' ? identity : await this.#asMember(identity.memberId, identity.by, identity.pass)
  }

  /** Opens a session for whoever shows the printed URL's token, or an API token of a member. */
  async signIn(token: string): Promise<Answer<{ session: string; member: StoredMember }>> {
    const isPrinted = sameSecret(token, this.signInToken) || (await isSignInOfSomeone(this.#db, hashSecret(token)))
    const memberId = isPrinted ? this.#ownerId : ((await readApiToken(this.#db, token))?.memberId ?? null)
    const member = memberId ? await findMember(this.#db, memberId) : undefined
    if (!member?.isActive)
      return refuse('token-unknown', 'This sign-in link is no longer valid. Use the one the server printed when it started last.')
    return accept({ session: await openSession(this.#db, member.id), member })
  }

  async #byToken(token: string): Promise<Identity | null> {
    const bearer = await readApiToken(this.#db, token)
    if (!bearer) return null
    const pass = hashSecret(token)
    if (bearer.memberId) return await this.#asMember(bearer.memberId, 'token', pass)
    return { memberId: `runner:${bearer.name}`, name: bearer.name, email: null, role: bearer.role, by: 'token', pass }
  }

  async #asMember(memberId: string, by: Identity['by'], pass: string): Promise<Identity | null> {
    const member = await findMember(this.#db, memberId)
    return member?.isActive ? { memberId, name: member.username, email: member.email, role: member.role, by, pass } : null
  }
}
