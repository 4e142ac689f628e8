import { z } from 'zod'
import { approvePrompt } from '#server/record/prompts.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

export const promptsRouter = router({
  /** Approves a version of a prompt as it reads now, or takes the approval back. */
  approve: procedure
    .input(z.object({ projectId: z.uuid(), promptId: z.string(), approved: z.boolean() }))
    .mutation(async ({ ctx, input }) => granted(await approvePrompt(ctx.parts.documents, speaker(ctx), input))),
})
