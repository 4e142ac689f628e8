import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import { members } from '#domain/team/schema.ts'
import { makeTokenFor } from '#server/gate/new-token.ts'
import { listApiTokens, revokeApiToken } from '#server/gate/passes.ts'
import { mayGrant } from '#server/gate/policy.ts'
import { showMembers } from '#server/gate/team.ts'
import { Refused } from './refused.ts'
import { procedure, router, speaker } from './trpc.ts'

export const tokensRouter = router({
  /** Makes an API token; it is shown this once. */
  create: procedure
    .input(z.object({ name: members.schema.shape.username, role: z.enum(['viewer', 'member', 'approver', 'admin', 'runner']) }))
    .mutation(async ({ ctx, input }) => {
      const { role } = speaker(ctx)
      if (input.role !== 'runner' && !mayGrant(role, input.role))
        throw new Refused(refuse('role-not-grantable', `With the role ${role} you can't make a token for ${input.role}.`, 'role'))
      const { token, member } = await makeTokenFor(ctx.parts.db, input.name, input.role)
      if (member) await showMembers(ctx.parts.documents, [member])
      return { token }
    }),
  /** Every token by name, never the token itself. */
  list: procedure.query(async ({ ctx }) => await listApiTokens(ctx.parts.db)),
  /** Ends a token. */
  revoke: procedure.input(z.object({ id: z.string() })).mutation(async ({ ctx, input }) => {
    await revokeApiToken(ctx.parts.db, input.id)
    await ctx.parts.door.recheck()
    return {}
  }),
})
