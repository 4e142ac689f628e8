import { compareOrder } from '#domain/core/order.ts'
import { coverageOf, openQuestion } from '#domain/interviews/rules.ts'
import { BUILTIN, type Interview, type Message, type Topic } from '#domain/interviews/schema.ts'

/** What the conversation is doing now, and so what stands below it. */
export type Phase =
  | { kind: 'ended' }
  | { kind: 'question'; question: Message }
  | { kind: 'thinking'; turnId: string | null }
  | { kind: 'waiting' }
  | { kind: 'streaming'; message: Message }
  | { kind: 'stopped'; by: string }
  | { kind: 'failed'; error: string; messageId: string | null }
  | { kind: 'idle' }

/**
 * What this page knows of a question it asked a model for: under way, waiting for the network, or refused with a sentence; and in which turn, once it
 * has one. What became of a turn everybody reads in the chat.
 */
export type Asking =
  | { state: 'no' }
  | { state: 'under way'; turnId?: string }
  | { state: 'waiting' }
  | { state: 'refused'; message: string; turnId?: string }

/**
 * One thing at a time: an ended interview is ended; a question nobody answered is the question; a model at work is shown
 * working; its last failure stays until something newer stands below it.
 */
export function decidePhase(interview: Pick<Interview, 'status' | 'model' | Topic>, messages: readonly Message[], asking: Asking): Phase {
  if (interview.status !== 'active') return { kind: 'ended' }
  const question = openQuestion(messages, coverageOf(interview))
  if (question) return { kind: 'question', question }
  if (interview.model === BUILTIN) return { kind: 'idle' }
  const inOrder = [...messages].sort(compareOrder)
  const last = inOrder.at(-1)
  const growing = inOrder.findLast(({ role, status }) => role === 'assistant' && status === 'streaming')
  if (growing) return growing.content === '' ? { kind: 'thinking', turnId: growing.turnId } : { kind: 'streaming', message: growing }
  const turnId = 'turnId' in asking ? asking.turnId : undefined
  const isTold = turnId !== undefined && messages.some((message) => message.turnId === turnId)
  if (asking.state === 'under way' && !isTold) return { kind: 'thinking', turnId: turnId ?? null }
  if (asking.state === 'waiting') return { kind: 'waiting' }
  if (last?.role === 'assistant' && last.status === 'queued') return { kind: 'thinking', turnId: null }
  if (asking.state === 'refused' && !isTold) return { kind: 'failed', error: asking.message, messageId: null }
  if (last?.role === 'assistant' && last.status === 'failed') {
    if (last.stoppedBy !== null) return { kind: 'stopped', by: last.stoppedBy }
    return { kind: 'failed', error: last.error ?? 'The model gave no answer and no reason.', messageId: last.id }
  }
  return { kind: 'idle' }
}

/**
 * The messages to show, in the one order everybody sees. A model's failed tries are kept in the chat but only the last
 * one, while it is the last word, is shown; the question waiting and the message still streaming stand below, not among them.
 */
export function shownMessages(messages: readonly Message[], phase: Phase): Message[] {
  const below = phase.kind === 'question' ? phase.question.id : phase.kind === 'streaming' ? phase.message.id : null
  return [...messages]
    .sort(compareOrder)
    .filter((message) => message.id !== below && message.status !== 'failed' && message.status !== 'queued' && message.status !== 'draft')
    .filter((message) => message.status !== 'streaming' || message.content !== '')
}

/** True when a model should be asked for the next question: it is its turn, nothing waits for an answer and nobody asked yet. */
export function wantsQuestion(
  interview: Pick<Interview, 'status' | 'model' | Topic>,
  messages: readonly Message[],
  asking: Asking,
): boolean {
  return interview.model !== BUILTIN && decidePhase(interview, messages, asking).kind === 'idle' && messages.length === 0
}
