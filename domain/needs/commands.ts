import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept } from '#domain/core/refusal.ts'
import { roomOfOwn } from '#domain/core/rooms.ts'
import { looks, mentionLooks } from './schema.ts'

const ownPlace = { projectId: z.uuid(), personId: z.uuid().nullable().default(null) }

/** NEED-5: notes that the actor has seen what came of a card up to a moment. What was seen stays seen. */
export const markSeen = defineCommand({
  name: 'markSeen',
  isNoStep: true,
  input: z.object({ ...ownPlace, taskId: z.string(), upTo: z.number() }),
  rooms: (place) => [roomOfOwn(place)],
  run(tx, { taskId, upTo, ...place }) {
    const own = tx.room(roomOfOwn(place))
    const id = derivedId(taskId, tx.actor)
    const known = own.get(looks, id)
    if (!known) own.create(looks, { id, taskId, memberId: tx.actor, upTo })
    else if (known.upTo < upTo) own.update(looks, id, { upTo })
    return accept()
  },
})

/** NEED-11: notes that the actor has seen comments which mention them. */
export const markMentionsSeen = defineCommand({
  name: 'markMentionsSeen',
  isNoStep: true,
  input: z.object({ ...ownPlace, commentIds: z.array(z.string()) }),
  rooms: (place) => [roomOfOwn(place)],
  run(tx, { commentIds, ...place }) {
    const own = tx.room(roomOfOwn(place))
    for (const commentId of commentIds) own.create(mentionLooks, { id: derivedId(commentId, tx.actor), commentId, memberId: tx.actor })
    return accept()
  },
})
