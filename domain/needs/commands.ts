import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { looks } from './schema.ts'

/** NEED-5: notes that the actor has seen what came of a card up to a moment. What was seen stays seen. */
export const markSeen = defineCommand({
  name: 'markSeen',
  isNoStep: true,
  input: z.object({ projectId: z.uuid(), taskId: z.string(), upTo: z.number() }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, taskId, upTo }) {
    const board = tx.room(projectRoom(projectId))
    const id = derivedId(taskId, tx.actor)
    const known = board.get(looks, id)
    if (!known) board.create(looks, { id, taskId, memberId: tx.actor, upTo })
    else if (known.upTo < upTo) board.update(looks, id, { upTo })
    return accept()
  },
})
