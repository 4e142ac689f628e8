import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import { members } from '#domain/team/schema.ts'
import { acceptInvite, lookAtInvite, makeInvite } from '#server/gate/invites.ts'
import { countGuess } from '#server/gate/limits.ts'
import { addressOfPage } from '#server/gate/origin.ts'
import { openSession } from '#server/gate/passes.ts'
import { mayGrant } from '#server/gate/policy.ts'
import { showMembers } from '#server/gate/team.ts'
import { Refused } from './refused.ts'
import { setSession } from './session.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

const token = z.object({ token: z.string().max(500) })

export const invitesRouter = router({
  /** Makes a link for one person, with a name and a role, good for seven days. */
  create: procedure
    .input(z.object({ name: members.schema.shape.username, role: z.enum(['viewer', 'member', 'approver', 'admin']) }))
    .mutation(async ({ ctx, input }) => {
      const inviter = speaker(ctx)
      if (!mayGrant(inviter.role, input.role))
        throw new Refused(refuse('role-not-grantable', `With the role ${inviter.role} you can't invite somebody as ${input.role}.`, 'role'))
      const invite = await makeInvite(ctx.parts.db, { ...input, invitedBy: inviter.name })
      return { url: `${addressOfPage(ctx.headers)}/join?token=${invite.token}`, expiresAt: invite.expiresAt }
    }),
  /** What an invitation says. */
  look: procedure.input(token).query(async ({ ctx, input }) => {
    granted(await countGuess(ctx.parts.db, `invite ${ctx.address}`))
    return granted(await lookAtInvite(ctx.parts.db, input.token))
  }),
  /** Accepts an invitation and signs in. */
  accept: procedure.input(token).mutation(async ({ ctx, input }) => {
    granted(await countGuess(ctx.parts.db, `invite ${ctx.address}`))
    const { db, documents } = ctx.parts
    const member = granted(await acceptInvite(db, input.token))
    await showMembers(documents, [member])
    setSession(ctx, await openSession(db, member.id))
    return { member: { id: member.id, username: member.username, role: member.role } }
  }),
})
