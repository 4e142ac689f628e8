import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import { linkRepo } from '#domain/projects/links.ts'
import type { Repo } from '#domain/projects/schema.ts'
import type { TurnResults } from '#domain/sessions/protocol.ts'
import { call } from '#server/documents/documents.ts'
import { readProject } from '#server/record/read-task.ts'
import { findRepo, keepRepo } from '#server/repos/stored-repos.ts'
import { Refused } from './refused.ts'
import { type Context, granted, procedure, router, speaker } from './trpc.ts'

type Found = TurnResults['inspectRepo'] | TurnResults['createRepo']

/** Writes what the runner found: the server's own table first, then the faces people see. */
async function keepFound(ctx: Context, projectId: string, found: Found): Promise<Repo> {
  const { db, documents } = ctx.parts
  const { path, name, defaultBranch, remoteUrl, headCommit } = found
  const repo = await keepRepo(db, { path, name, defaultBranch })
  const info = { path, remoteUrl, defaultBranch, headCommit }
  const [row] = granted(await documents.edit([call(linkRepo, { projectId, repoId: repo.id, name, info }, speaker(ctx).memberId)]))
  return row as Repo
}

export const reposRouter = router({
  /** Links a repository on the runner's machine to a project. */
  link: procedure
    .input(z.object({ projectId: z.uuid(), path: z.string().trim().min(1, 'A folder is needed.').max(4_000, 'That path is too long.') }))
    .mutation(async ({ ctx, input }) => {
      granted(await readProject(ctx.parts.documents, input.projectId))
      const turnId = await ctx.parts.turns.enqueue({
        payload: { kind: 'inspectRepo', path: input.path },
        askedBy: speaker(ctx).memberId,
        projectId: input.projectId,
      })
      const found = await ctx.parts.turns.result<'inspectRepo'>(turnId)
      // What the runner says of a folder is said where the folder was typed.
      if (!found.ok && found.code === 'turn-failed') throw new Refused(refuse(found.code, found.message, 'path'))
      return await keepFound(ctx, input.projectId, granted(found))
    }),
  /** Makes a new repository on the runner's machine and links it. */
  create: procedure
    .input(
      z.object({
        projectId: z.uuid(),
        name: z.string().trim().min(1, 'A repository needs a name.').max(100, 'A repository name can have at most 100 characters.'),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      granted(await readProject(ctx.parts.documents, input.projectId))
      const turnId = await ctx.parts.turns.enqueue({
        payload: { kind: 'createRepo', name: input.name },
        askedBy: speaker(ctx).memberId,
        projectId: input.projectId,
      })
      return await keepFound(ctx, input.projectId, granted(await ctx.parts.turns.result<'createRepo'>(turnId)))
    }),
  /** How a linked repository stands now. */
  branches: procedure.input(z.object({ repoId: z.string() })).query(async ({ ctx, input }) => {
    const repo = await findRepo(ctx.parts.db, input.repoId)
    if (!repo) throw new Refused(refuse('repo-not-found', 'That repository is not linked here. Link it again.'))
    const turnId = await ctx.parts.turns.enqueue({ payload: { kind: 'inspectRepo', path: repo.path }, askedBy: speaker(ctx).memberId })
    const { defaultBranch, branches, headCommit, dirty } = granted(await ctx.parts.turns.result<'inspectRepo'>(turnId))
    return { defaultBranch, branches, headCommit, dirty }
  }),
})
