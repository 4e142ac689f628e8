import type { FileChange } from '#domain/attempts/file-change.ts'
import type { Claim, PayloadOf, RunEvent } from '#domain/sessions/protocol.ts'
import type { TurnContext } from '#runner/turns/turn-context.ts'
import type { Hands } from './hands.ts'

export type ExecuteClaim = Omit<Claim, 'payload'> & { payload: PayloadOf<'execute'> }

/** Everything an agent gets: what is asked, hands to do it with, and somebody to tell. */
export type AgentRun = {
  claim: ExecuteClaim
  hands: Hands
  emit: (event: RunEvent) => void
  /** A line for the log of this run. */
  log: (text: string) => void
  /** What a command printed, as it prints it. */
  output: (text: string, stream: 'stdout' | 'stderr') => void
  signal: AbortSignal
  limits: PayloadOf<'execute'>['limits']
  newId: () => string
  /** The bytes of a picture; null where the server has none, or more than `most`. */
  download: TurnContext['download']
  /** What a commit hook said about the last try, when this is another one. */
  complaint?: string
}

/** What a run came to. `stopped` carries a sentence when it ended before the agent called it done; its work is kept either way. */
export type AgentResult = { summary: string; stopped: string | null }

/**
 * Whoever does the work of a task. A run never throws for what the outside world does: a provider's refusal comes back as
 * `stopped`. It throws only what its signal carries.
 */
export type Agent = {
  run: (run: AgentRun) => Promise<AgentResult>
  /** Words for the commit, or undefined where the rule's own are better. */
  proposeCommit?: (run: AgentRun, change: { changes: readonly FileChange[]; patch: string }) => Promise<string | undefined>
  /** True when an agent can act on what a commit hook says. */
  takesComplaints: boolean
}

/** Says one whole chat message. */
export function say(
  run: Pick<AgentRun, 'emit' | 'newId'>,
  text: string,
  role: 'assistant' | 'tool' = 'assistant',
  tool: string | null = null,
): string {
  const messageId = run.newId()
  run.emit({ type: 'message', messageId, role, delta: text, tool, end: 'done', error: null })
  return messageId
}
