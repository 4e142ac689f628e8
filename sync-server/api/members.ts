import { z } from 'zod'
import { members, ROLES } from '#domain/team/schema.ts'
import { deactivate, listMembers, rename, type StoredMember, setRole } from '#server/gate/members.ts'
import { showMembers } from '#server/gate/team.ts'
import { type Context, granted, procedure, router, speaker } from './trpc.ts'

const publicFace = ({ id, username, role, isActive, createdAt }: StoredMember) => ({ id, username, role, isActive, createdAt })

/** Shows the change in the team's document, and ends or renews the member's open sockets at once. */
async function changed(ctx: Context, member: StoredMember) {
  await showMembers(ctx.parts.documents, [member])
  await ctx.parts.door.recheck(member.id)
  return publicFace(member)
}

const giver = (ctx: Context) => ({ id: speaker(ctx).memberId, role: speaker(ctx).role })

export const membersRouter = router({
  /** Everybody, the shut out ones too. */
  list: procedure.query(async ({ ctx }) => (await listMembers(ctx.parts.db)).map(publicFace)),
  /** Gives a member another role. */
  setRole: procedure
    .input(z.object({ memberId: z.string(), role: z.enum(ROLES) }))
    .mutation(async ({ ctx, input }) => await changed(ctx, granted(await setRole(ctx.parts.db, giver(ctx), input.memberId, input.role)))),
  /** Gives a member another name. */
  rename: procedure
    .input(z.object({ memberId: z.string(), username: members.schema.shape.username }))
    .mutation(
      async ({ ctx, input }) => await changed(ctx, granted(await rename(ctx.parts.db, giver(ctx), input.memberId, input.username))),
    ),
  /** Shuts a member out. */
  deactivate: procedure
    .input(z.object({ memberId: z.string() }))
    .mutation(async ({ ctx, input }) => await changed(ctx, granted(await deactivate(ctx.parts.db, giver(ctx), input.memberId)))),
})
