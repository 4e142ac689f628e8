import { procedure, router } from './trpc.ts'

export const picturesRouter = router({
  /** What pictures take here, and how much was let go because nothing showed it. */
  kept: procedure.query(async ({ ctx }) => await ctx.parts.register.kept()),
  /** Removed pictures that are shown again: whoever still has one is to store it. */
  wanted: procedure.query(async ({ ctx }) => await ctx.parts.register.wanted()),
})
