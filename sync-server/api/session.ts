import { z } from 'zod'
import { accept } from '#domain/core/refusal.ts'
import { COOKIE } from '#server/gate/gate.ts'
import { countGuess } from '#server/gate/limits.ts'
import { readCookie } from '#server/gate/origin.ts'
import { endSession, makeTicket, SESSION_SECONDS } from '#server/gate/passes.ts'
import { readTeam } from '#server/gate/team.ts'
import { type Context, granted, procedure, router, speaker } from './trpc.ts'

/** Hands the session to the browser in a cookie no script can read and no other site can send. */
export function setSession(ctx: Context, session: string): void {
  ctx.answerHeaders.append('set-cookie', `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${SESSION_SECONDS}`)
}

export const sessionRouter = router({
  /** Who is signed in here, or null. */
  me: procedure.query(async ({ ctx }) => {
    const { identity, parts } = ctx
    if (!identity) return null
    // Asked for each time: it may have another name since this server started.
    const team = (await readTeam(parts.db)) ?? parts.team
    return { member: { id: identity.memberId, username: identity.name, role: identity.role }, team, version: parts.version }
  }),
  /** Signs in with the token of the printed URL, or with an API token. */
  signIn: procedure.input(z.object({ token: z.string().max(500) })).mutation(async ({ ctx, input }) => {
    granted(await countGuess(ctx.parts.db, `sign in ${ctx.address}`))
    const { session, member } = granted(await ctx.parts.gate.signIn(input.token))
    setSession(ctx, session)
    return { member: { id: member.id, username: member.username, role: member.role } }
  }),
  /** Ends this session. */
  signOut: procedure.mutation(async ({ ctx }) => {
    const cookie = readCookie(ctx.headers, COOKIE)
    if (cookie) await endSession(ctx.parts.db, cookie)
    ctx.answerHeaders.append('set-cookie', `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
    return granted(accept({}))
  }),
  /** A one-time ticket, good for a minute, that may stand in a socket's URL. */
  ticket: procedure.mutation(async ({ ctx }) => ({ ticket: await makeTicket(ctx.parts.db, speaker(ctx).memberId) })),
})
