import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

/** Up to which moment somebody has seen what came of a card. One row a person and card, wherever that person reads. */
export const looks = defineCollection({
  name: 'looks',
  room: 'project',
  isPersonal: true,
  schema: z.object({
    taskId: z.string(),
    memberId: z.string(),
    /** The `since` of the newest thing that was in sight: compared with no clock of the reader's. */
    upTo: z.number(),
  }),
  indexes: [['taskId']],
})
export type Look = RowOf<typeof looks>

/**
 * That somebody has seen a comment which mentions them. By the comment and not by a moment: one written on a train may be older than what was seen meanwhile.
 * It stays when the comment goes, so that one that is put back is not told again.
 */
export const mentionLooks = defineCollection({
  name: 'mentionLooks',
  room: 'project',
  isPersonal: true,
  schema: z.object({ commentId: z.string(), memberId: z.string() }),
  indexes: [['memberId']],
})
