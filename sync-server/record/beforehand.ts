import { derivedId } from '#domain/core/derived-id.ts'
import { isId, projectRoom } from '#domain/core/rooms.ts'
import { sayToAgent, spokenText } from '#domain/interviews/agent-messages.ts'
import type { Spoken } from '#domain/sessions/protocol.ts'
import { inQueueOrder } from '#domain/sessions/queue.ts'
import { takeQueued } from '#domain/sessions/queue-commands.ts'
import { cardMessages } from '#domain/sessions/schema.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Db } from '#server/postgres/pool.ts'
import { toldAtStart } from '#server/turns/stored-turn.ts'

/** What was written to a card's agent before there was one. `calls`: with them it has been read, and stands in this chat. */
type Beforehand = { said: Spoken; calls: (chatId: string) => CommandCall[] }

type Wanted = {
  projectId: string
  taskId: string
  attemptId: string
  /** What waited at the card when somebody pressed Start. */
  waiting: readonly string[]
}

/**
 * QUEUE-4: what waits at a card for the agent of its next attempt, in order. QUEUE-5: before it what waited when this one was started, and was told to
 * another attempt meanwhile that was started in the same moment: whoever started both meant it for both.
 */
export async function readBeforehand({ db, documents }: { db: Db; documents: Documents }, wanted: Wanted): Promise<Beforehand[]> {
  const { projectId, taskId } = wanted
  // What a foreign client wrote and no chat can hold stays where it is: it must not keep the work from beginning.
  const queue = inQueueOrder(await documents.rows(projectRoom(projectId), cardMessages, { where: { taskId } }))
  const waits = queue
    .filter(({ id, text }) => isId(id) && spokenText.safeParse(text).success)
    .map(({ id: messageId, text, author }) => ({
      said: { id: messageId, role: 'user' as const, content: text.trim(), author, topic: null, answers: null, assumed: false },
      calls: (chatId: string) => [
        call(takeQueued, { projectId, taskId, messageId, text }, author),
        call(sayToAgent, { chatId, messageId, text }, author),
      ],
    }))
  return [...(await toldToOthers(db, wanted, new Set(queue.map(({ id }) => id)))), ...waits]
}

async function toldToOthers(db: Db, { projectId, taskId, attemptId, waiting }: Wanted, queue: ReadonlySet<string>): Promise<Beforehand[]> {
  const gone = new Set(waiting.filter((id) => !queue.has(id)))
  const told = gone.size === 0 ? [] : await toldAtStart(db, projectId, taskId)
  return told
    .filter(({ id, role }) => role === 'user' && gone.delete(id))
    .map((said) => {
      // The chat of the other one has it under its own id.
      const messageId = derivedId(said.id, attemptId)
      return {
        said: { ...said, id: messageId },
        calls: (chatId) => [call(sayToAgent, { chatId, messageId, text: said.content }, said.author)],
      }
    })
}
