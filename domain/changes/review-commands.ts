import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { followUpTurn } from '#domain/sessions/queue.ts'
import { reviewNotes } from './schema.ts'

const inProject = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]
const gone = () => refuse('note-not-found', 'That note is gone. Somebody deleted it.')
const notYours = () => refuse('note-not-yours', 'Only who wrote a note can change it.')
const { taskId, attemptId, path, side, line, quote, body } = reviewNotes.schema.shape

/** Writes a note on a line of an attempt's change. Everybody sees it; the agent does not yet. */
export const addReviewNote = defineCommand({
  name: 'addReviewNote',
  input: z.object({ ...inProject, id: z.uuid(), taskId, attemptId, path, side, line, quote, body }),
  rooms: room,
  run(tx, { projectId, ...fields }) {
    tx.room(projectRoom(projectId)).create(reviewNotes, { ...fields, author: tx.actor })
    return accept(fields.id)
  },
})

/** Writes other words into one's own note, while the agent has not read it. */
export const editReviewNote = defineCommand({
  name: 'editReviewNote',
  input: z.object({ ...inProject, id: z.string(), body }),
  rooms: room,
  run(tx, { projectId, id, body }) {
    const board = tx.room(projectRoom(projectId))
    const note = board.get(reviewNotes, id)
    if (!note) return gone()
    if (note.author !== tx.actor) return notYours()
    board.update(reviewNotes, id, { body })
    return accept()
  },
})

/** Deletes one's own note. */
export const removeReviewNote = defineCommand({
  name: 'removeReviewNote',
  input: z.object({ ...inProject, id: z.string() }),
  rooms: room,
  run(tx, { projectId, id }) {
    const board = tx.room(projectRoom(projectId))
    const note = board.get(reviewNotes, id)
    if (!note) return gone()
    if (note.author !== tx.actor) return notYours()
    board.remove(reviewNotes, id)
    return accept()
  },
})

/** Writes down that these notes go to the agent together, with the message of that id. */
export const sendReview = defineCommand({
  name: 'sendReview',
  input: z.object({ ...inProject, messageId: z.uuid(), noteIds: z.array(z.string()).min(1) }),
  rooms: room,
  run(tx, { projectId, messageId, noteIds }) {
    const board = tx.room(projectRoom(projectId))
    const turnId = followUpTurn(messageId)
    for (const id of noteIds) if (board.get(reviewNotes, id)) board.update(reviewNotes, id, { turnId, sentBy: tx.actor })
    return accept(turnId)
  },
})
