import type { OutboxItem } from '#app/replica/shown.ts'

/** CHAT-1: what was said to the agent with a call that waits in the outbox; once the server has written the message it stands in the chat instead. */
export function queuedOf(
  outbox: readonly Pick<OutboxItem, 'procedure' | 'input' | 'state'>[],
  attemptId: string,
  messages: readonly { id: string }[],
) {
  const there = new Set(messages.map(({ id }) => id))
  return outbox
    .filter(({ procedure, state }) => procedure === 'attempts.followUp' && state !== 'refused')
    .map(({ input }) => input as { attemptId: string; messageId: string; text?: string })
    .flatMap(({ messageId, text, ...input }) =>
      text !== undefined && input.attemptId === attemptId && !there.has(messageId) ? [{ messageId, text }] : [],
    )
}
