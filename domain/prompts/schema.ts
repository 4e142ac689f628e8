import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'
import { criterion } from '#domain/interviews/criteria.ts'

/**
 * One version of a prompt. Versions form a chain by `parentId`; saving never overwrites, so two people saving at once
 * yield two children. `familyId` is the id of the first version and names the chain.
 */
export const prompts = defineCollection({
  name: 'prompts',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    familyId: z.string(),
    title: z.string().trim().min(1, 'A prompt needs a title.').max(255, 'A title can have at most 255 characters.'),
    interviewId: z.string().nullable().default(null),
    parentId: z.string().nullable().default(null),
    version: z.number().int().default(1),
    content: z.string(),
    type: z.string().max(50, 'A type can have at most 50 characters.').default('feature'),
    isReusable: z.boolean().default(false),
    /** Ids of prompts whose text goes in front, in order. */
    components: z.array(z.string()).default([]),
    variables: z.record(z.string(), z.string()).default({}),
    /** What versions wrote to whom an approval was no fact yet; what counts now is in `promptApprovals`. */
    label: z.enum(['draft', 'approved']).default('draft'),
    /** Ids of the interview messages it was made from. */
    sources: z.array(z.string()).default([]),
    /** Which answers the points under "Done when" came from. The text says what is to be checked: a point that was rewritten in it has none here. */
    criteria: z.array(criterion).default([]),
    /** Ids of what changed beneath it (answers, merges) that somebody has looked at since. */
    seen: z.array(z.string()).default([]),
  }),
  indexes: [['projectId'], ['interviewId'], ['parentId'], ['type']],
})
export type Prompt = RowOf<typeof prompts>

/** Whether a version is approved, by its id. A fact: only the server writes it, for somebody who may approve. */
export const promptApprovals = defineCollection({
  name: 'promptApprovals',
  room: 'record',
  schema: z.object({
    projectId: z.string(),
    approved: z.boolean(),
    /** sha256 of the text that was approved, its components in it. */
    seal: z.string(),
    by: z.string(),
    at: z.number(),
  }),
  indexes: [['projectId']],
})
export type PromptApproval = RowOf<typeof promptApprovals>
