import type { Logger } from 'pino'
import type { RunEvent } from '#domain/sessions/protocol.ts'
import type { ModelDeadlines } from '#runner/agents/model-call.ts'
import type { GitMachine } from '#runner/git/git.ts'
import type { Isolation } from '#runner/sandbox/isolation.ts'
import type { RunnerFolders } from '#runner/workspaces/workspace.ts'
import type { Lease } from './leases.ts'
import type { Redactor } from './redact.ts'
import type { ServerPort } from './server-port.ts'

/** The machine a runner works on, looked at once when it starts. */
export type Machine = {
  name: string
  git: GitMachine
  folders: RunnerFolders
  /** Where "create one for me" puts a repository. */
  repositories: string
  isolation: Isolation
  tools: readonly string[]
  commandLimits: { timeoutMs: number; maxOutput: number }
  deadlines: ModelDeadlines
  newId: () => string
  now: () => number
  log: Logger
}

/** One claimed turn as the code that works on it sees it. */
export type TurnContext = {
  turnId: string
  fence: number
  machine: Machine
  signal: AbortSignal
  lease: Pick<Lease, 'check'>
  redactor: Redactor
  emit: (event: RunEvent) => void
  upload: (bytes: Uint8Array) => Promise<string>
  download: ServerPort['download']
}
