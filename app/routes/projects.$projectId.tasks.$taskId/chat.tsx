// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import ChevronRight from 'lucide-react/icons/chevron-right'
import Wrench from 'lucide-react/icons/wrench'
import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Avatar, type Face } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayAgent } from '#app/work/attempt-words.ts'
import { sayUsage } from '#app/work/say-usage.ts'
import { isUnderWay } from '#domain/attempts/rules.ts'
import { compareOrder } from '#domain/core/order.ts'
import type { RowIn } from '#domain/core/query.ts'
import { chatRoom } from '#domain/core/rooms.ts'
import { messagesOf } from '#domain/interviews/queries.ts'
import { cardQueueOf, queueOf, sessionsOf } from '#domain/sessions/queries.ts'
import { Composer } from './composer.tsx'
import { ContextGauge } from './context-gauge.tsx'
import { CardQueue, Queue } from './queue.tsx'
import { queuedOf } from './queued-of.ts'
import { saidOf } from './said-of.ts'
import { useTail } from './use-tail.ts'
import type { AttemptRow } from './use-task.ts'
import { WORDS } from './words.ts'

type MessageRow = RowIn<typeof messagesOf>
const NONE: RowIn<typeof queueOf>[] = []
type ChatProps = { projectId: string; attempt: AttemptRow; outbox: readonly OutboxItem[]; isReadOnly: boolean }

/** The conversation with the agent of an attempt, live. */
export function Chat({ projectId, attempt, outbox, isReadOnly }: ChatProps) {
  const sessions = useQuery(sessionsOf(projectId, attempt.id))
  const session = useMemo(() => [...(sessions ?? [])].sort((a, b) => b.createdAt - a.createdAt)[0], [sessions])
  useRoom(session ? chatRoom(session.id) : null)
  const rows = useQuery(session ? messagesOf(session.id) : null)
  const { reason } = attempt
  const messages = useMemo(
    () =>
      rows &&
      [...rows]
        .sort(compareOrder)
        .map((row) => saidOf(row, { reason }))
        .filter((row) => row !== null),
    [rows, reason],
  )
  const queued = useMemo(() => queuedOf(outbox, attempt.id, messages ?? []), [outbox, attempt.id, messages])
  const queue = useQuery(session ? queueOf(session.id) : null) ?? NONE
  // What was written before the attempt and came after it had started.
  const ahead = useQuery(cardQueueOf(projectId, attempt.taskId)) ?? NONE
  const { ref, stick } = useTail()
  const composer = useRef<HTMLFormElement>(null)
  const toComposer = useCallback(() => composer.current?.querySelector('textarea')?.focus(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new words keep the end in sight
  useEffect(stick, [messages, queued, queue.length, ahead.length, stick])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div ref={ref} tabIndex={0} role="log" aria-label="Conversation" className="min-h-0 flex-1 overflow-y-auto px-4 py-4 scroll-thin">
        <div className="mx-auto flex max-w-3xl flex-col gap-4">
          {sessions && !session && <p className="py-8 text-center text-sm text-muted">{WORDS.noChat}</p>}
          {session && !messages && <ChatSkeleton />}
          {messages?.length === 0 && attempt.status === 'queued' && !attempt.waitsForRoom && (
            <p className="py-8 text-center text-sm text-muted">{WORDS.noRunner}</p>
          )}
          {messages?.length === 0 && queue.length === 0 && !isUnderWay(attempt.status) && (
            <p className="py-8 text-center text-sm text-muted">{WORDS.nothingSaid}</p>
          )}
          {messages?.map((message) => (
            <Said key={message.id} message={message} />
          ))}
          {queued.map((item) => (
            <Waiting key={item.messageId} text={item.text} />
          ))}
          {session && messages && <ContextGauge session={session} />}
          {session && queue.length > 0 && (
            <Queue
              projectId={projectId}
              attempt={attempt}
              chatId={session.id}
              queue={queue}
              outbox={outbox}
              isReadOnly={isReadOnly}
              toComposer={toComposer}
            />
          )}
          {ahead.length > 0 && (
            <CardQueue projectId={projectId} taskId={attempt.taskId} queue={ahead} isReadOnly={isReadOnly} toComposer={toComposer} />
          )}
        </div>
      </div>
      {!isReadOnly && (
        <Composer formRef={composer} projectId={projectId} attempt={attempt} chatId={session?.id ?? null} hasQueue={queue.length > 0} />
      )}
    </div>
  )
}

function Said({ message }: { message: MessageRow }) {
  const face = usePeople()
  const { id, name } = message.role === 'user' ? face(message.author) : { id: message.author, name: sayAgent(message.author) }
  // The same face object while its words are the same, so that old messages are not drawn again.
  const author = useMemo(() => ({ id, name }), [id, name])
  return message.role === 'tool' ? <Tool message={message} /> : <Words message={message} author={author} />
}

const Words = memo(function Words({ message, author }: { message: MessageRow; author: Face }) {
  const isStreaming = message.status === 'streaming'
  return (
    <article aria-label={`${author.name} says`} className="flex gap-3 [content-visibility:auto]">
      <Avatar face={author} size={24} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-sm">
          <span className="font-medium">{author.name}</span>
          <Time at={message.createdAt} className="text-xs text-faint" />
          {message.promptTokens !== null && <span className="text-xs text-faint tabular">{sayUsage(message)}</span>}
        </p>
        <Markdown text={message.content} isStreaming={isStreaming} className="mt-0.5" />
        {isStreaming && <Spinner label="still writing" className="mt-1 text-faint" />}
        {message.error && (
          <p className={classes('mt-1 text-sm', message.status === 'failed' ? 'text-danger' : 'text-muted')}>{message.error}</p>
        )}
      </div>
    </article>
  )
})

const Tool = memo(function Tool({ message }: { message: MessageRow }) {
  return (
    <details className="group ml-9 rounded-md text-sm text-muted open:bg-hover">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-2 rounded-md px-2 hover:bg-hover">
        {message.status === 'streaming' ? <Spinner /> : <Wrench aria-hidden className="size-3.5 shrink-0" />}
        <span className="min-w-0 flex-1 truncate font-mono text-xs">{message.tool ?? 'tool'}</span>
        {message.status === 'failed' && <span className="text-xs text-danger">failed</span>}
        <ChevronRight aria-hidden className="size-3.5 shrink-0 transition-transform group-open:rotate-90" />
      </summary>
      <pre className="max-h-72 overflow-auto px-2 pb-2 font-mono text-xs leading-5 whitespace-pre-wrap">
        {message.error ?? message.content}
      </pre>
    </details>
  )
})

function Waiting({ text }: { text: string }) {
  return (
    <article aria-label="Your message, waiting" className="ml-9 rounded-md border border-dashed border-edge px-3 py-2">
      <Markdown text={text} />
      <p className="mt-1 text-xs text-warn">{WORDS.waiting}</p>
    </article>
  )
}

function ChatSkeleton() {
  return (
    <Loading label="Loading the conversation" className="flex flex-col gap-5">
      {[60, 85, 40].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-6 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-4 w-28" />
            <span style={{ width: `${width}%` }}>
              <Skeleton className="h-12 w-full" />
            </span>
          </div>
        </div>
      ))}
    </Loading>
  )
}
