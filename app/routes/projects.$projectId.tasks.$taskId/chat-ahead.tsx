// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { useCallback, useRef } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { cardQueueOf } from '#domain/sessions/queries.ts'
import { queueMessage } from '#domain/sessions/queue-commands.ts'
import { MessageBox } from './composer.tsx'
import { CardQueue } from './queue.tsx'
import { sayNoAttempts, WORDS } from './words.ts'

type ChatAheadProps = { projectId: string; taskId: string; isReadOnly: boolean }

/** The conversation of a card that nobody has worked on: what its first agent is to know. */
export function ChatAhead({ projectId, taskId, isReadOnly }: ChatAheadProps) {
  const queue = useQuery(cardQueueOf(projectId, taskId)) ?? []
  const write = useCommand(queueMessage)
  const composer = useRef<HTMLFormElement>(null)
  const toComposer = useCallback(() => composer.current?.querySelector('textarea')?.focus(), [])
  const say = async (text: string): Promise<boolean> => {
    const queued = await write({ projectId, taskId, messageId: v7(), text })
    if (!queued.ok) sayRefusal(queued.message)
    return queued.ok
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div tabIndex={0} role="log" aria-label="Conversation" className="min-h-0 flex-1 overflow-y-auto px-4 py-4 scroll-thin">
        <div className="mx-auto flex max-w-3xl flex-col gap-4">
          <EmptyState title="No attempts yet">
            {sayNoAttempts(isReadOnly)} {!isReadOnly && WORDS.sayFirst}
          </EmptyState>
          {queue.length > 0 && (
            <CardQueue projectId={projectId} taskId={taskId} queue={queue} isReadOnly={isReadOnly} toComposer={toComposer} />
          )}
        </div>
      </div>
      {!isReadOnly && (
        <MessageBox formRef={composer} about={taskId} placeholder="Say something to the agent that will work on this" say={say} />
      )}
    </div>
  )
}
