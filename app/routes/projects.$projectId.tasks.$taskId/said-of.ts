import type { AttemptRow } from './use-task.ts'

type Said = { role: string; content: string; error: string | null }

/** The message as it stands in the chat: an error that the attempt's reason already says, in the bar over it, is not said again; null where nothing is left to say. */
export function saidOf<M extends Said>(message: M, { reason }: Pick<AttemptRow, 'reason'>): M | null {
  if (message.role === 'tool' || message.error === null || !reason?.startsWith(message.error)) return message
  return message.content === '' ? null : { ...message, error: null }
}
