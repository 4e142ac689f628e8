import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

export const ATTEMPT_STATUSES = ['queued', 'preparing', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number]

/** One try at a task, on its own branch in its own worktree. A fact: only the server writes it. */
export const attempts = defineCollection({
  name: 'attempts',
  room: 'record',
  schema: z.object({
    projectId: z.string(),
    taskId: z.string(),
    agent: z.string(),
    modelId: z.string().nullable().default(null),
    modelLabel: z.string().default(''),
    branch: z.string(),
    targetBranch: z.string(),
    containerRef: z.string().nullable().default(null),
    agentWorkingDir: z.string().nullable().default(null),
    setupCompletedAt: z.number().nullable().default(null),
    archived: z.boolean().default(false),
    pinned: z.boolean().default(false),
    name: z.string().default(''),
    status: z.enum(ATTEMPT_STATUSES),
    /** One sentence for people: why it failed, was interrupted, or ended without a change. */
    reason: z.string().nullable().default(null),
    /** The version of the prompt it started from. */
    promptId: z.string().nullable().default(null),
    promptSnapshot: z.string().nullable().default(null),
    /** sha256 of the patch blob, base to head. */
    patch: z.string().nullable().default(null),
    /** sha256 of the same patch with all lines of its files, as far as they are small enough. */
    patchInFull: z.string().nullable().default(null),
    baseCommit: z.string().nullable().default(null),
    headCommit: z.string().nullable().default(null),
    filesChanged: z.number().default(0),
    linesAdded: z.number().default(0),
    linesRemoved: z.number().default(0),
    chosen: z.boolean().default(false),
    /** It was started while the column of cards in progress was full: no runner gets it before there is room. */
    waitsForRoom: z.boolean().default(false),
    startedAt: z.number().nullable().default(null),
    endedAt: z.number().nullable().default(null),
  }),
  indexes: [['taskId'], ['projectId'], ['status']],
})
export type Attempt = RowOf<typeof attempts>

export const attemptRepos = defineCollection({
  name: 'attemptRepos',
  room: 'record',
  schema: z.object({ attemptId: z.string(), repoId: z.string(), targetBranch: z.string() }),
  indexes: [['attemptId']],
})
export type AttemptRepo = RowOf<typeof attemptRepos>
