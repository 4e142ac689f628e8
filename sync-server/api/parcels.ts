import { z } from 'zod'
import { granted, procedure, router } from './trpc.ts'

export const parcelsRouter = router({
  /** Whether a project can be exported now; refused with the reason where it cannot. The file itself is at `/parcels/<id>`. */
  look: procedure.input(z.object({ projectId: z.uuid() })).query(async ({ ctx, input }) => {
    granted(await ctx.parts.parcels.look(input.projectId))
    return { url: `/parcels/${input.projectId}` }
  }),
})
