import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

export const planTitle = z.string().trim().min(1, 'A plan needs a name.').max(100, 'The name of a plan can have at most 100 characters.')

/** More than this no model reads with care, and no person approves with care. */
export const planText = z
  .string()
  .trim()
  .min(1, 'There is nothing in it to approve yet.')
  .max(100_000, 'A plan can have at most 100,000 characters.')

/** How a card is to be worked at, as people write it together. A card may have several. What is written here no agent reads before somebody approves it. */
export const cardPlans = defineCollection({
  name: 'cardPlans',
  room: 'project',
  schema: z.object({ taskId: z.string(), title: planTitle.default('Plan'), text: z.string().default('') }),
  longText: ['text'],
  indexes: [['taskId']],
})
export type CardPlan = RowOf<typeof cardPlans>

/** A plan as somebody approved it, word for word; it never changes again. A fact: only the server writes it, for somebody who may approve. */
export const planRevisions = defineCollection({
  name: 'planRevisions',
  room: 'record',
  schema: z.object({
    taskId: z.string(),
    planId: z.string(),
    /** 1, 2, 3 … in the order they were approved. */
    number: z.number().int(),
    title: z.string(),
    text: z.string(),
    by: z.string(),
    at: z.number(),
  }),
  indexes: [['taskId']],
})
export type PlanRevision = RowOf<typeof planRevisions>
