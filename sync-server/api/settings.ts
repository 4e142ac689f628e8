import { z } from 'zod'
import { saveSettings } from '#server/settings/stored-settings.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

export const settingsRouter = router({
  /** Changes many settings at once, all of them or none; null gives one its default back. */
  save: procedure
    .input(z.object({ changes: z.record(z.string(), z.json()) }))
    .mutation(async ({ ctx, input }) => void granted(await saveSettings(ctx.parts, speaker(ctx), input.changes))),
})
