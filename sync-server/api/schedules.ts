import { z } from 'zod'
import { REPEATS } from '#domain/schedules/schema.ts'
import { cancelSchedule, setSchedule } from '#server/schedules/schedules.ts'
import { branch } from './attempts.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

const ofCard = z.object({ projectId: z.uuid(), taskId: z.string(), scheduleId: z.uuid() })

export const schedulesRouter = router({
  /** Has work at a card begin later, once or again and again. The id comes from the browser; the same one again is another time for it. */
  set: procedure
    .input(
      ofCard.extend({
        modelId: z.string(),
        targetBranch: branch.nullable().default(null),
        at: z.number().int(),
        repeats: z.enum(REPEATS).default('never'),
        timeZone: z.string().max(100).default('UTC'),
      }),
    )
    .mutation(async ({ ctx, input }) => granted(await setSchedule(ctx.parts, speaker(ctx), input))),
  /** Takes a schedule off its card. */
  cancel: procedure.input(ofCard).mutation(async ({ ctx, input }) => {
    granted(await cancelSchedule(ctx.parts, speaker(ctx), input))
    return {}
  }),
})
