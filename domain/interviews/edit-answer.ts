import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { activeInterview, words } from './commands.ts'
import { answerEdits, interviews, messages } from './schema.ts'

/**
 * INTERVIEW-9: changes what somebody answered, in the actor's name. What was said before stays readable, and whatever was made of the
 * answer is told by it (`changedSources`); no text but the answer's changes.
 */
export const editAnswer = defineCommand({
  name: 'editAnswer',
  input: z.object({ projectId: z.uuid(), interviewId: z.uuid(), id: z.uuid(), messageId: z.string(), text: words }),
  rooms: ({ projectId, interviewId }) => [projectRoom(projectId), chatRoom(interviewId)],
  run(tx, { projectId, interviewId, id, messageId, text }) {
    const active = activeInterview(tx, { projectId, interviewId })
    if (!active.ok) return active
    const chat = tx.room(chatRoom(interviewId))
    const answer = chat.get(messages, messageId)
    if (answer?.role !== 'user') return refuse('answer-not-found', 'That answer is gone. Somebody may have deleted it.')
    if (answer.content === text) return accept()
    const project = tx.room(projectRoom(projectId))
    chat.update(messages, messageId, { content: text, assumed: false })
    if (answer.assumed && answer.topic) project.update(interviews, interviewId, { [answer.topic]: 'answered' })
    project.create(answerEdits, { id, projectId, interviewId, messageId, before: answer.content, after: text })
    return accept()
  },
})
