import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { comments, tasks } from './schema.ts'
import { gone } from './together.ts'

const inProject = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]
const { body } = comments.schema.shape
const mentions = z.array(z.string()).default([])

/** Adds a comment to a card, with those whom its words mention (`mentionedIn`): names are the page's to know, a project's document has none. */
export const addComment = defineCommand({
  name: 'addComment',
  input: z.object({ ...inProject, id: z.uuid(), taskId: z.string(), body, mentions }),
  rooms: room,
  run(tx, { projectId, id, taskId, ...said }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(tasks, taskId)) return gone()
    board.create(comments, { id, taskId, author: tx.actor, ...said })
    return accept(id)
  },
})
