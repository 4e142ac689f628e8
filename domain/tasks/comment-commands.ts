import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { comments, reactions, tasks } from './schema.ts'
import { gone } from './together.ts'

const inProject = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]
const goneComment = () => refuse('comment-not-found', 'That comment is gone. Somebody deleted it.')
const notYours = () => refuse('comment-not-yours', 'Only who wrote a comment can change it.')
const { body } = comments.schema.shape
const { emoji } = reactions.schema.shape
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

/** COMMENT-4: writes other words into one's own comment; everybody sees that they are. Who is mentioned now and was not before hears of it. */
export const editComment = defineCommand({
  name: 'editComment',
  input: z.object({ ...inProject, id: z.string(), body, mentions }),
  rooms: room,
  run(tx, { projectId, id, ...said }) {
    const board = tx.room(projectRoom(projectId))
    const comment = board.get(comments, id)
    if (!comment) return goneComment()
    if (comment.author !== tx.actor) return notYours()
    if (comment.body !== said.body) board.update(comments, id, { ...said, editedAt: tx.now })
    return accept()
  },
})

/** COMMENT-4: deletes one's own comment, with what people reacted to it. */
export const removeComment = defineCommand({
  name: 'removeComment',
  input: z.object({ ...inProject, id: z.string() }),
  rooms: room,
  run(tx, { projectId, id }) {
    const board = tx.room(projectRoom(projectId))
    const comment = board.get(comments, id)
    if (!comment) return goneComment()
    if (comment.author !== tx.actor) return notYours()
    for (const one of board.pick(reactions, ['commentId'])) if (one.commentId === id) board.remove(reactions, one.id)
    board.remove(comments, id)
    return accept()
  },
})

/** COMMENT-3: reacts to a comment in the actor's own name, or no longer. */
export const react = defineCommand({
  name: 'react',
  input: z.object({ ...inProject, commentId: z.string(), emoji, isOn: z.boolean() }),
  rooms: room,
  run(tx, { projectId, commentId, emoji, isOn }) {
    const board = tx.room(projectRoom(projectId))
    const comment = board.get(comments, commentId)
    if (!comment) return goneComment()
    const id = derivedId(commentId, `${tx.actor} ${emoji}`)
    if (isOn) board.create(reactions, { id, taskId: comment.taskId, commentId, memberId: tx.actor, emoji })
    else board.remove(reactions, id)
    return accept()
  },
})
