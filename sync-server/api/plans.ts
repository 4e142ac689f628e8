import { z } from 'zod'
import { planText } from '#domain/card-plans/schema.ts'
import { approvePlan } from '#server/record/plans.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

export const plansRouter = router({
  /** Approves a plan with the words given: those that were read. The revision's id comes from the browser; the same one twice is one revision. */
  approve: procedure
    .input(z.object({ projectId: z.uuid(), taskId: z.string(), planId: z.string(), revisionId: z.uuid(), text: planText }))
    .mutation(async ({ ctx, input }) => granted(await approvePlan(ctx.parts.documents, speaker(ctx), input))),
})
