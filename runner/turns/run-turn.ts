import type { Claim, TurnEnd, TurnPayload } from '#domain/sessions/protocol.ts'
import { turnPayload, turnResults } from '#domain/sessions/protocol.ts'
import { agentFor } from '#runner/agents/agent-for.ts'
import { askInterview } from '#runner/agents/interview.ts'
import { proposePrompts, proposeTasks, proposeTitle } from '#runner/agents/propose.ts'
import { testModel } from '#runner/agents/test-model.ts'
import { createRepository } from '#runner/git/create.ts'
import { inspectRepository } from '#runner/git/inspect.ts'
import { mergeBranch } from '#runner/git/merge.ts'
import { openRepository } from '#runner/git/repository.ts'
import { stopOf, TurnStop } from '#runner/turn-stop.ts'
import { keepIntent } from '#runner/workspaces/intents.ts'
import { checkSeal } from '#runner/workspaces/seal.ts'
import { findRecord } from '#runner/workspaces/workspace.ts'
import { execute } from './execute.ts'
import type { Leases } from './leases.ts'
import { Redactor } from './redact.ts'
import { Reporter } from './reporter.ts'
import type { ServerPort } from './server-port.ts'
import type { Machine, TurnContext } from './turn-context.ts'
import { wholeChange } from './whole-change.ts'

export type TurnDeps = { server: ServerPort; leases: Leases; machine: Machine; pause: (attempt: number) => Promise<void> }

/**
 * TURN-4: one claimed turn from claim to finish. Whatever happens in between ends in exactly one finish with a sentence, unless the lease was
 * lost: then nothing more is said, because the turn is somebody else's.
 */
export async function runTurn(claim: Claim, stopping: AbortSignal, deps: TurnDeps): Promise<void> {
  const { machine, server } = deps
  const control = new AbortController()
  let over = false
  const stop = (why: TurnStop): void => {
    over ||= why.why === 'lease-lost' || why.why === 'shutdown'
    control.abort(why)
  }
  const onStopping = (): void => stop(stopOf(stopping))
  stopping.addEventListener('abort', onStopping, { once: true })
  const lease = deps.leases.hold(claim.turnId, claim.fence, stop)
  const redactor = new Redactor([keyOf(claim.payload)])
  const { pause } = deps
  const reporter = new Reporter({ server, turnId: claim.turnId, fence: claim.fence, redactor, pause, stop, isOver: () => over })
  const context: TurnContext = {
    turnId: claim.turnId,
    fence: claim.fence,
    machine,
    signal: control.signal,
    lease,
    redactor,
    emit: reporter.emit,
    upload: (bytes) => untilUploaded(server, bytes, () => over, pause),
    download: (sha256, most) => server.download(sha256, most),
  }
  const log = machine.log.child({ turn: claim.turnId, kind: claim.payload.kind })
  try {
    const end = await endOf(claim.payload, context)
    await reporter.finish(end)
    log.info({ outcome: end.outcome }, 'turn ended')
  } catch (error) {
    log.warn({ why: error instanceof Error ? error.message : String(error) }, 'turn ended without a finish')
  } finally {
    stopping.removeEventListener('abort', onStopping)
    lease.letGo()
  }
}

/** How the turn ends, as a value; only a lost lease is thrown. */
async function endOf(given: TurnPayload, context: TurnContext): Promise<TurnEnd> {
  try {
    return await perform(turnPayload.parse(given), context)
  } catch (error) {
    const stop = context.signal.aborted ? stopOf(context.signal) : error
    if (!(stop instanceof TurnStop)) {
      const words = error instanceof Error ? error.message : String(error)
      context.machine.log.error({ error: error instanceof Error ? error.stack : words, turn: context.turnId }, 'the runner failed')
      return failed(
        `The runner failed: ${words.split('\n')[0]}. ${given.kind === 'execute' ? 'What was done is kept; resume.' : 'Try again.'}`,
      )
    }
    if (stop.why === 'lease-lost') throw stop
    if (stop.why === 'cancelled') return { outcome: 'cancelled', reason: null, result: null }
    return failed(stop.message)
  }
}

async function perform(payload: TurnPayload, context: TurnContext): Promise<TurnEnd> {
  const { machine, signal } = context
  switch (payload.kind) {
    case 'execute': {
      const { result, branch, stopped, cancelled } = await execute(payload, agentFor(payload.agent, machine), context)
      const kept = result.changed ? `What was done so far is committed on ${branch}.` : null
      if (cancelled)
        // By whom, the server knows.
        return { outcome: 'cancelled', reason: kept, result }
      return stopped === null
        ? succeeded('execute', result)
        : { outcome: 'failed', reason: [stopped, kept].filter(Boolean).join(' '), result }
    }
    case 'interview':
      return succeeded('interview', await askInterview(payload, context))
    case 'proposePrompts':
      return succeeded('proposePrompts', await proposePrompts(payload, context))
    case 'proposeTasks':
      return succeeded('proposeTasks', await proposeTasks(payload, context))
    case 'title':
      return succeeded('title', await proposeTitle(payload, context))
    case 'testModel':
      return succeeded('testModel', await testModel(payload, context))
    case 'inspectRepo':
      return succeeded('inspectRepo', await inspectRepository(await openRepository(machine.git, payload.path, signal)))
    case 'createRepo':
      return succeeded('createRepo', await createRepository(machine.git, machine.repositories, payload.name))
    case 'merge': {
      const repo = await openRepository(machine.git, payload.repoPath)
      const hands = {
        scratchIn: machine.folders.home,
        beforeMove: () => context.lease.check(),
        keepIntent: keepIntent(machine.folders, repo.path, context.turnId),
      }
      // SUB-5: the branch it goes into may be checked out in a folder that an agent could write.
      const theirs = payload.into && (await findRecord(machine.folders, payload.into.attemptId))
      if (theirs?.seal) await checkSeal(theirs.seal, theirs.path, theirs.gitDir)
      const merged = await mergeBranch(repo, payload, hands)
      // The branch it went into is an attempt's: what that has changed by now is to be read before it goes on.
      const into = payload.into && (await wholeChange(repo, payload.into.baseCommit, merged.targetHead, context))
      return succeeded('merge', { ...merged, into })
    }
  }
}

/** A result is checked by the same schema the server reads it with. */
function succeeded<K extends keyof typeof turnResults>(kind: K, result: unknown): TurnEnd {
  return { outcome: 'succeeded', reason: null, result: JSON.parse(JSON.stringify(turnResults[kind].parse(result))) as TurnEnd['result'] }
}

const failed = (reason: string): TurnEnd => ({ outcome: 'failed', reason, result: null })
const keyOf = (payload: TurnPayload): string | null => ('agent' in payload && payload.agent.kind === 'openai' ? payload.agent.apiKey : null)

async function untilUploaded(
  server: ServerPort,
  bytes: Uint8Array,
  isOver: () => boolean,
  pause: (attempt: number) => Promise<void>,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const hash = await server.upload(bytes).catch(() => undefined)
    if (hash !== undefined) return hash
    if (isOver()) throw new TurnStop('lease-lost', 'The server could not be reached.')
    await pause(attempt)
  }
}
