import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

export const PROVIDER_TYPES = ['openai_compatible', 'openai', 'anthropic', 'google'] as const
export const USAGE_TYPES = ['general', 'interview', 'prompt_generation', 'commit_generation', 'task_execution'] as const
/** US dollars for a million tokens. */
const price = z
  .number()
  .min(0, 'A price is a number of dollars, 0 or more.')
  .max(100_000, 'A price is for a million tokens; that is too much.')
  .nullable()
  .default(null)
export type UsageType = (typeof USAGE_TYPES)[number]

/** Where a model is reached. The key is a credential on the server and never stands here. */
export const providers = defineCollection({
  name: 'providers',
  room: 'team',
  schema: z.object({
    name: z.string().min(1).max(100),
    type: z.enum(PROVIDER_TYPES),
    baseUrl: z.string().nullable().default(null),
  }),
})
export type Provider = RowOf<typeof providers>

/** How freely a model speaks, as it is given; what documents hold from before may be anything. */
export const temperature = z.number('From 0 to 2.').min(0, 'From 0 to 2.').max(2, 'From 0 to 2.')

/** A model people can choose. Written by the server when an admin saves one; `credentialId` is a reference, never the key. */
export const models = defineCollection({
  name: 'models',
  room: 'team',
  schema: z.object({
    name: z.string().trim().min(1, 'A model needs a name.').max(100, 'A model name can have at most 100 characters.'),
    displayName: z.string().trim().max(100, 'A display name can have at most 100 characters.').default(''),
    providerId: z.string(),
    modelName: z.string().trim().min(1, 'What the provider calls it is needed.').max(200, 'That model name is too long.'),
    credentialId: z.string().nullable().default(null),
    keyEnding: z.string().default(''),
    usageType: z.enum(USAGE_TYPES).default('general'),
    isActive: z.boolean().default(true),
    defaultTemperature: z.number().nullable().default(null),
    contextWindow: z.number().int().positive().nullable().default(null),
    /** Whether it looks at pictures; one that does not is told their names. */
    takesPictures: z.boolean().default(false),
    /** What the provider charges for a million tokens read and written; null: nobody said. */
    inputPrice: price,
    outputPrice: price,
    config: z.record(z.string(), z.json()).default({}),
  }),
  indexes: [['name'], ['providerId'], ['usageType'], ['isActive']],
})
export type Model = RowOf<typeof models>
