import { z } from 'zod'
import { askNext, stopAsking } from '#server/record/asking.ts'
import { proposePrompts, proposeTasks, proposeTitle } from '#server/record/proposals.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

const inProject = z.object({ projectId: z.uuid() })

export const interviewsRouter = router({
  /** Lets the interview's model ask its next question; it appears in the chat. */
  ask: procedure
    .input(inProject.extend({ interviewId: z.uuid() }))
    .mutation(async ({ ctx, input }) => granted(await askNext(ctx.parts, speaker(ctx), input))),
  /** Stops the model that thinks of the next question, in the turn that is seen. */
  stop: procedure
    .input(inProject.extend({ interviewId: z.uuid(), turnId: z.uuid() }))
    .mutation(async ({ ctx, input }) => granted(await stopAsking(ctx.parts, speaker(ctx), input))),
})

export const proposalsRouter = router({
  /** Lets a model propose prompts from an interview; `turns.wait` brings them. */
  prompts: procedure
    .input(inProject.extend({ interviewId: z.uuid(), modelId: z.string().optional() }))
    .mutation(async ({ ctx, input }) => granted(await proposePrompts(ctx.parts, speaker(ctx), input))),
  /** Lets a model propose cards from a prompt; `turns.wait` brings them. */
  tasks: procedure
    .input(inProject.extend({ promptId: z.string(), modelId: z.string().optional() }))
    .mutation(async ({ ctx, input }) => granted(await proposeTasks(ctx.parts, speaker(ctx), input))),
  /** Lets a model give a card a title that has none of a person's. It is on the card when it comes. */
  title: procedure
    .input(inProject.extend({ taskId: z.string() }))
    .mutation(async ({ ctx, input }) => granted(await proposeTitle(ctx.parts, speaker(ctx), input))),
})
