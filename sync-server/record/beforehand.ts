import { isId, projectRoom } from '#domain/core/rooms.ts'
import { sayToAgent, spokenText } from '#domain/interviews/agent-messages.ts'
import type { Spoken } from '#domain/sessions/protocol.ts'
import { inQueueOrder } from '#domain/sessions/queue.ts'
import { takeQueued } from '#domain/sessions/queue-commands.ts'
import { cardMessages } from '#domain/sessions/schema.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'

/** What was written to a card's agent before there was one. `calls`: with them it has been read, and stands in this chat under the same id. */
type Beforehand = { said: Spoken; calls: (chatId: string) => CommandCall[] }

/** QUEUE-4: what waits at a card for the agent of its next attempt, in order. */
export async function readBeforehand(documents: Documents, projectId: string, taskId: string): Promise<Beforehand[]> {
  // What a foreign client wrote and no chat can hold stays where it is: it must not keep the work from beginning.
  const queue = inQueueOrder(await documents.rows(projectRoom(projectId), cardMessages, { where: { taskId } }))
  return queue
    .filter(({ id, text }) => isId(id) && spokenText.safeParse(text).success)
    .map(({ id: messageId, text, author }) => ({
      said: { id: messageId, role: 'user', content: text.trim(), author, topic: null, answers: null, assumed: false },
      calls: (chatId) => [
        call(takeQueued, { projectId, taskId, messageId, text }, author),
        call(sayToAgent, { chatId, messageId, text }, author),
      ],
    }))
}
