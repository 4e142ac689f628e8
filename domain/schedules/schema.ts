import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

export const REPEATS = ['never', 'day', 'weekday', 'week'] as const
export type Repeats = (typeof REPEATS)[number]

/**
 * That work at a card is to begin later, by itself. A fact: only the server writes it, for somebody who may start attempts. It is there while it waits, or
 * was missed and nobody has said yet what is to become of it; of one that began the attempt tells.
 */
export const schedules = defineCollection({
  name: 'schedules',
  room: 'record',
  schema: z.object({
    projectId: z.string(),
    taskId: z.string(),
    modelId: z.string(),
    modelLabel: z.string().default(''),
    /** null: where such an attempt goes by itself. */
    targetBranch: z.string().nullable().default(null),
    /** When it begins next. */
    at: z.number(),
    repeats: z.enum(REPEATS).default('never'),
    /** In whose zone its hour is meant, as IANA names it. */
    timeZone: z.string().default('UTC'),
    /** The time that passed last without a beginning, and one sentence why. */
    missedAt: z.number().nullable().default(null),
    reason: z.string().nullable().default(null),
  }),
  indexes: [['taskId'], ['projectId']],
})
export type Schedule = RowOf<typeof schedules>
