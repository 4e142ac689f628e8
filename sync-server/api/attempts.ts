import { z } from 'zod'
import { spokenText } from '#domain/interviews/agent-messages.ts'
import { cancelAttempt, mergeAttempt, resumeAttempt, startAttempt } from '#server/record/attempts.ts'
import { followUp } from '#server/record/queue.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

const inAttempt = z.object({ projectId: z.uuid(), attemptId: z.uuid() })
/** The name of a branch that git would take. */
export const branch = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^(?!-)[^\s~^:?*[\\]+$/, 'That is no name a branch can have.')
const commit = z.string().regex(/^[0-9a-f]{40,64}$/, 'That is no commit.')

export const attemptsRouter = router({
  /** Starts an attempt at a card. The ids come from the browser; the same one twice is one attempt. `waiting`: what waited in the card's chat by then. */
  start: procedure
    .input(
      inAttempt.extend({
        taskId: z.string(),
        modelId: z.string(),
        targetBranch: branch.optional(),
        waiting: z.array(z.uuid()).default([]),
      }),
    )
    .mutation(async ({ ctx, input }) => granted(await startAttempt(ctx.parts, speaker(ctx), input))),
  /** Stops an attempt. */
  cancel: procedure.input(inAttempt).mutation(async ({ ctx, input }) => granted(await cancelAttempt(ctx.parts, speaker(ctx), input))),
  /** Says something to the agent: the words of the queue, or these. It reads them after what it does now, or, interrupted, at once. */
  followUp: procedure
    .input(inAttempt.extend({ messageId: z.uuid(), text: spokenText.optional(), interrupt: z.boolean().default(false) }))
    .mutation(async ({ ctx, input }) => granted(await followUp(ctx.parts, speaker(ctx), input))),
  /** Lets an attempt that failed or was interrupted go on. */
  resume: procedure.input(inAttempt).mutation(async ({ ctx, input }) => granted(await resumeAttempt(ctx.parts, speaker(ctx), input))),
  /** Merges what was reviewed: the head named, and nothing else. */
  merge: procedure
    .input(inAttempt.extend({ headCommit: commit, message: z.string().max(10_000).optional() }))
    .mutation(async ({ ctx, input }) => granted(await mergeAttempt(ctx.parts, speaker(ctx), input))),
})
