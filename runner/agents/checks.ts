import { isCheck } from '#domain/sessions/checks.ts'
import type { AgentRun } from './agent.ts'
import type { HandResult } from './hands.ts'

type Output = (text: string, stream: 'stdout' | 'stderr') => void
/** How a check ended: its exit code; null where something stopped it. */
type Ended = { exitCode: number | null }

/** CHECK-3: what checks the work stands in the record as a process of its own: with what it printed, and how it ended. It is told of once it has begun. */
export async function tellCheck<E extends Ended>(
  { emit, newId, signal }: Pick<AgentRun, 'emit' | 'newId' | 'signal'>,
  command: string,
  work: (begin: () => void, output: Output) => Promise<E>,
): Promise<E> {
  const processId = newId()
  let hasBegun = false
  const end = (exitCode: number | null): void => {
    const status = exitCode === 0 ? 'completed' : exitCode === null || signal.aborted ? 'killed' : 'failed'
    if (hasBegun) emit({ type: 'process.ended', processId, status, exitCode, afterHeadCommit: null })
  }
  const begin = (): void => {
    hasBegun = true
    emit({ type: 'process.started', processId, runReason: 'check', command, beforeHeadCommit: null })
  }
  try {
    const ended = await work(begin, (text, stream) => emit({ type: 'log', processId, stream, text }))
    end(ended.exitCode)
    return ended
  } catch (error) {
    end(null)
    throw error
  }
}

/** Runs what an agent asks for; its checks are told apart from what it only looks at. */
export function runAsked(command: string, run: AgentRun): Promise<HandResult> {
  if (!isCheck(command)) return run.hands.runCommand(command, run.signal, run.output)
  return tellCheck(run, command, (begin, output) => run.hands.runCommand(command, run.signal, output, begin))
}
