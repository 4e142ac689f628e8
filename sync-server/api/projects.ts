import { z } from 'zod'
import { recordDemands } from '#domain/projects/demands.ts'
import { call } from '#server/documents/documents.ts'
import { readProject } from '#server/record/read-task.ts'
import { remove, restore } from '#server/removed-projects/remove.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

export const projectsRouter = router({
  /** Says what a project demands before an attempt may start. */
  demand: procedure.input(z.object({ projectId: z.uuid(), approvedPrompts: z.boolean() })).mutation(async ({ ctx, input }) => {
    const { documents } = ctx.parts
    granted(await readProject(documents, input.projectId))
    granted(await documents.edit([call(recordDemands, input, speaker(ctx).memberId)]))
  }),
  /** Deletes a project, which can be restored for thirty days. */
  remove: procedure
    .input(z.object({ projectId: z.uuid() }))
    .mutation(async ({ ctx, input }) => granted(await remove(ctx.parts, speaker(ctx), input.projectId))),
  /** Brings a deleted project back. */
  restore: procedure
    .input(z.object({ projectId: z.uuid() }))
    .mutation(async ({ ctx, input }) => granted(await restore(ctx.parts, speaker(ctx), input.projectId))),
})
