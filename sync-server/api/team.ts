import { z } from 'zod'
import { teamName } from '#domain/team/team-name.ts'
import { renameTeam } from '#server/gate/team.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

export const teamRouter = router({
  /** Gives the team another name. */
  rename: procedure
    .input(z.object({ name: teamName }))
    .mutation(async ({ ctx, input }) => void granted(await renameTeam(ctx.parts, speaker(ctx).memberId, input.name))),
})
