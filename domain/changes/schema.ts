import { z } from 'zod'
import { fileChange } from '#domain/attempts/file-change.ts'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

export const COMMIT_TYPES = ['feat', 'fix', 'docs', 'style', 'refactor', 'test', 'chore', 'perf', 'build', 'ci', 'revert'] as const
export type CommitType = (typeof COMMIT_TYPES)[number]

export const commits = defineCollection({
  name: 'commits',
  room: 'record',
  schema: z.object({
    taskId: z.string(),
    projectId: z.string(),
    attemptId: z.string(),
    turnId: z.string().nullable().default(null),
    sha: z.string(),
    type: z.enum(COMMIT_TYPES),
    scope: z.string().nullable().default(null),
    breaking: z.boolean().default(false),
    message: z.string(),
    changes: z.array(fileChange).default([]),
    createdByAiModel: z.string().nullable().default(null),
    author: z.string().default('AI System'),
    coAuthors: z.array(z.string()).default([]),
    timestamp: z.number(),
  }),
  indexes: [['taskId'], ['projectId'], ['attemptId'], ['type'], ['timestamp']],
})
export type Commit = RowOf<typeof commits>

export const merges = defineCollection({
  name: 'merges',
  room: 'record',
  schema: z.object({
    attemptId: z.string(),
    repoId: z.string(),
    targetBranchName: z.string(),
    kind: z.enum(['direct', 'pr']),
    mergeCommit: z.string().nullable().default(null),
    number: z.number().nullable().default(null),
    url: z.string().nullable().default(null),
    status: z.enum(['open', 'merged', 'closed']).default('merged'),
    mergedAt: z.number().nullable().default(null),
    mergeCommitSha: z.string().nullable().default(null),
  }),
  indexes: [['attemptId']],
})
export type Merge = RowOf<typeof merges>

/** What somebody has to say about one line of an attempt's change: a draft for all to see, until it goes to the agent with the others. */
export const reviewNotes = defineCollection({
  name: 'reviewNotes',
  room: 'project',
  schema: z.object({
    taskId: z.string(),
    attemptId: z.string(),
    path: z.string(),
    side: z.enum(['old', 'new']),
    line: z.number().int(),
    /** The line as it was read. */
    quote: z.string(),
    body: z.string().trim().min(1, 'A note needs words.').max(5_000, 'A note can have at most 5,000 characters.'),
    author: z.string(),
    /** The turn it goes to the agent with, and who sent it. */
    turnId: z.string().nullable().default(null),
    sentBy: z.string().nullable().default(null),
  }),
  contested: ['body'],
  indexes: [['attemptId']],
})
export type ReviewNote = RowOf<typeof reviewNotes>

const patchName = z.string().regex(/^[0-9a-f]{64}$/, 'A patch is named by its SHA-256.')

/** What somebody last looked at of an attempt's change. One row a person and attempt, wherever that person reads. */
export const changeLooks = defineCollection({
  name: 'changeLooks',
  room: 'project',
  isPersonal: true,
  schema: z.object({
    attemptId: z.string(),
    memberId: z.string(),
    /** The patch that was seen last, and the other one seen before it. */
    patch: patchName,
    before: patchName.nullable().default(null),
  }),
  indexes: [['attemptId']],
})

/** A file that somebody marked as viewed, as it stood in this patch. */
export const viewedFiles = defineCollection({
  name: 'viewedFiles',
  room: 'project',
  isPersonal: true,
  schema: z.object({ attemptId: z.string(), memberId: z.string(), path: z.string(), patch: patchName }),
  indexes: [['attemptId']],
})

/** The timeline: who did what to which card, and why. */
export const events = defineCollection({
  name: 'events',
  room: 'record',
  schema: z.object({
    taskId: z.string(),
    actor: z.string(),
    action: z.string(),
    target: z.string().default(''),
    message: z.string().default(''),
    at: z.number(),
    reversible: z.boolean().default(false),
    reversed: z.boolean().default(false),
  }),
  indexes: [['taskId']],
})
export type Event = RowOf<typeof events>
