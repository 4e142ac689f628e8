import { useCallback } from 'react'
import { v7 } from 'uuid'
import { useCommand, useConsequence } from '#app/replica/react.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { chatRoom, recordRoom } from '#domain/core/rooms.ts'
import { queueMessage } from '#domain/sessions/queue-commands.ts'

/**
 * CHAT-2: how one speaks to the agent of a conversation. The words go into the queue, where they can be changed until they are read; the call that
 * follows them asks for them to be read. `say` answers whether they could be written, `readNow` asks for one in the queue.
 */
export function useSay(projectId: string, attemptId: string, chatId: string | null) {
  const ask = useConsequence()
  const queue = useCommand(queueMessage)
  const askFor = useCallback(
    (chat: string, messageId: string, interrupt: boolean) =>
      void ask('attempts.followUp', { projectId, attemptId, messageId, interrupt }, { rooms: [chatRoom(chat), recordRoom(projectId)] }),
    [ask, projectId, attemptId],
  )
  const say = useCallback(
    async (text: string, interrupt: boolean): Promise<boolean> => {
      if (chatId === null) return false
      const messageId = v7()
      const queued = await queue({ chatId, messageId, text, first: interrupt })
      if (queued.ok) askFor(chatId, messageId, interrupt)
      else sayRefusal(queued.message)
      return queued.ok
    },
    [queue, askFor, chatId],
  )
  const readNow = useCallback((messageId: string) => chatId !== null && askFor(chatId, messageId, true), [askFor, chatId])
  return { say, readNow }
}
