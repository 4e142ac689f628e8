import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

/** The roles a person can hold, weakest first; `owner` is whoever started the server, `runner` is a machine's. */
export const ROLES = ['viewer', 'member', 'approver', 'admin', 'owner', 'runner'] as const
export type Role = (typeof ROLES)[number]

/** Those whose word approves. */
export const APPROVERS: readonly Role[] = ['approver', 'admin', 'owner']

/** A member's public face. Written by the server; passwords and tokens are elsewhere. */
export const members = defineCollection({
  name: 'members',
  room: 'team',
  schema: z.object({
    username: z.string().trim().min(1, 'A name is needed.').max(100, 'A name can have at most 100 characters.'),
    role: z.enum(ROLES),
    isActive: z.boolean().default(true),
  }),
  indexes: [['username']],
})
export type Member = RowOf<typeof members>

/** Text people insert with @ (markdown). */
export const tags = defineCollection({
  name: 'tags',
  room: 'team',
  schema: z.object({
    tagName: z.string().trim().min(1, 'A tag needs a name.').max(100, 'A tag name can have at most 100 characters.'),
    content: z.string().default(''),
    version: z.number().default(1),
  }),
  longText: ['content'],
  indexes: [['tagName']],
})
export type Tag = RowOf<typeof tags>

/** A setting of the whole team; its id is its key. */
export const settings = defineCollection({
  name: 'settings',
  room: 'team',
  schema: z.object({
    key: z.string().min(1, 'A setting needs a key.').max(100, 'A setting key can have at most 100 characters.'),
    value: z.json().nullable(),
    description: z.string().default(''),
  }),
  indexes: [['key']],
})
export type Setting = RowOf<typeof settings>

/** How somebody likes the pages: one row a choice, its id is its key. It stands in that person's own room and goes to all their browsers, and nobody else's. */
export const choices = defineCollection({
  name: 'choices',
  room: 'person',
  schema: z.object({
    value: z
      .union([z.string().max(2000), z.number(), z.boolean()])
      .nullable()
      .default(null),
  }),
})
