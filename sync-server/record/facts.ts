import { describeAttempt, moveAttempt } from '#domain/attempts/commands.ts'
import { moveCardByFact, recordCommit, recordEvent, recordMerge } from '#domain/changes/commands.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { closeMessages, growMessage, noteSpent } from '#domain/interviews/agent-messages.ts'
import { costOf, type Price } from '#domain/models/price.ts'
import { noteHead } from '#domain/projects/links.ts'
import { addUsage, endProcess, endSession, moveTurn, noteContext, recordProcess, stopProcesses } from '#domain/sessions/commands.ts'
import type { RunEvent, TurnEnd, TurnResults } from '#domain/sessions/protocol.ts'
import { call, optional } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Stop, StoredPayload, StoredTurn } from '#server/turns/stored-turn.ts'

/** An `execute` turn with the places its facts belong to. */
export type Execution = {
  turnId: string
  projectId: string
  attemptId: string
  sessionId: string
  payload: Extract<StoredPayload, { kind: 'execute' }>
}

/** The turn as an execution, or null for another kind. */
export function asExecution(turn: StoredTurn): Execution | null {
  const { payload, projectId, attemptId, sessionId } = turn
  if (payload.kind !== 'execute' || !projectId || !attemptId || !sessionId) return null
  return { turnId: turn.id, projectId, attemptId, sessionId, payload }
}

/** Who an agent is in the record and in chats. */
export const agentName = ({ agent }: Execution['payload']): string => (agent.kind === 'model' ? agent.label : 'builtin')
const agentModel = ({ agent }: Execution['payload']): string | null => (agent.kind === 'model' ? agent.modelId : null)

/** A runner has the turn in hand. Where the turn has gone on since, none of it is done: this may be written late. */
export function claimedCalls({ turnId, projectId, attemptId }: Execution): CommandCall[] {
  return [
    call(moveTurn, { projectId, turnId, status: 'leased', reason: null, summary: null }, SYSTEM),
    optional(call(moveAttempt, { projectId, attemptId, status: 'preparing', reason: null }, SYSTEM)),
  ]
}

/** Every step up to a state, because a report may be the first the record hears of a turn. A step that was taken is refused, and left out. */
function stepsTo(state: 'preparing' | 'running', { turnId, projectId, attemptId }: Execution): CommandCall[] {
  const step = (turn: 'leased' | 'running', attempt: 'preparing' | 'running'): CommandCall[] => [
    call(moveTurn, { projectId, turnId, status: turn, reason: null, summary: null }, SYSTEM),
    call(moveAttempt, { projectId, attemptId, status: attempt, reason: null }, SYSTEM),
  ]
  return [...step('leased', 'preparing'), ...(state === 'running' ? step('running', 'running') : [])]
}

/** What a batch of a runner's reports writes into the record and the chat. What no longer fits is left out; the rest stands. */
export function reportedCalls(execution: Execution, events: readonly RunEvent[], price: Price | null): CommandCall[] {
  return joinDeltas(events)
    .flatMap((event) => eventCalls(execution, event, price))
    .map(optional)
}

function eventCalls(execution: Execution, event: RunEvent, price: Price | null): CommandCall[] {
  const { turnId, projectId, attemptId, sessionId, payload } = execution
  const agent = agentName(payload)
  switch (event.type) {
    case 'status':
      return stepsTo(event.status, execution)
    case 'workspace':
      return [
        call(
          describeAttempt,
          { projectId, attemptId, patch: { containerRef: event.path, branch: event.branch, baseCommit: event.baseCommit } },
          SYSTEM,
        ),
      ]
    case 'process.started': {
      const { processId, runReason, command, beforeHeadCommit } = event
      return [
        call(
          recordProcess,
          { projectId, processId, sessionId, attemptId, turnId, repoId: payload.repoId, runReason, command, beforeHeadCommit },
          SYSTEM,
        ),
      ]
    }
    case 'process.ended': {
      const { processId, status, exitCode, afterHeadCommit } = event
      return [call(endProcess, { projectId, processId, status, exitCode, afterHeadCommit }, SYSTEM)]
    }
    case 'message': {
      const { messageId, role, delta, tool, end, error } = event
      return [
        call(
          growMessage,
          { chatId: sessionId, messageId, role, delta, tool, end, error, author: agent, model: agentModel(payload), turnId },
          SYSTEM,
        ),
      ]
    }
    case 'usage': {
      const { promptTokens, completionTokens, requests, messageId } = event
      const spent = { promptTokens, completionTokens, cost: requests === 0 ? null : costOf(price, event) }
      return [
        call(addUsage, { projectId, turnId, ...spent }, SYSTEM),
        ...(messageId ? [call(noteSpent, { chatId: sessionId, messageId, ...spent }, SYSTEM)] : []),
        ...(event.context ? [call(noteContext, { projectId, sessionId, ...event.context }, SYSTEM)] : []),
      ]
    }
    case 'commit': {
      const { sha, message, changes, author, coAuthors, timestamp } = event
      const taskId = payload.task.id
      // One that an earlier turn could not tell of any more is told by the next.
      const by = event.turnId ?? turnId
      return [
        call(
          recordCommit,
          { projectId, taskId, attemptId, turnId: by, sha, message, changes, createdByAiModel: agent, author, coAuthors, timestamp },
          SYSTEM,
        ),
        call(recordEvent, { projectId, taskId, action: 'committed', target: sha, message: message.split('\n')[0] ?? '' }, `agent:${agent}`),
      ]
    }
    case 'diff': {
      const { patch, patchInFull, headCommit, filesChanged, linesAdded, linesRemoved } = event
      return [
        call(
          describeAttempt,
          { projectId, attemptId, patch: { patch, patchInFull, headCommit, filesChanged, linesAdded, linesRemoved } },
          SYSTEM,
        ),
      ]
    }
    case 'log':
    case 'question':
      return []
  }
}

/** Pieces of one message that follow each other become one, so that a fast stream is few edits. */
function joinDeltas(events: readonly RunEvent[]): RunEvent[] {
  const joined: RunEvent[] = []
  for (const event of events) {
    const last = joined.at(-1)
    if (event.type === 'message' && last?.type === 'message' && last.messageId === event.messageId && last.end === null) {
      joined[joined.length - 1] = {
        ...event,
        delta: last.delta + event.delta,
        tool: event.tool ?? last.tool,
        error: event.error ?? last.error,
      }
    } else joined.push(event)
  }
  return joined
}

/** How an execution ended, as the runner says. What somebody stopped is their deed, and no failure of the agent's. */
export function endedCalls(execution: Execution, end: TurnEnd, stop: Stop | null): CommandCall[] {
  const { turnId, projectId, attemptId, sessionId, payload } = execution
  const taskId = payload.task.id
  const { outcome, reason } = end
  const result = outcome === 'succeeded' ? (end.result as TurnResults['execute'] | null) : null
  const summary = result?.summary ?? null
  const nothing = outcome === 'succeeded' && result?.changed === false ? 'The agent finished without changing anything.' : null
  const status = outcome === 'succeeded' ? 'done' : outcome
  const isStopped = outcome === 'cancelled' && stop !== null
  const calls = [
    call(stopProcesses, { projectId, turnId, status: outcome === 'cancelled' ? 'killed' : 'interrupted' }, SYSTEM),
    call(
      closeMessages,
      { chatId: sessionId, turnId, status: outcome === 'failed' ? 'failed' : 'done', error: reason, stoppedBy: isStopped ? stop.by : null },
      SYSTEM,
    ),
    ...stepsTo('running', execution),
    call(moveTurn, { projectId, turnId, status, reason, summary }, SYSTEM),
    call(moveAttempt, { projectId, attemptId, status: outcome, reason: reason ?? nothing }, SYSTEM),
    call(endSession, { projectId, sessionId, status: outcome === 'succeeded' ? 'completed' : 'failed' }, SYSTEM),
    call(
      recordEvent,
      {
        projectId,
        taskId,
        action: `attempt.${outcome}`,
        target: attemptId,
        message: isStopped ? '' : (reason ?? summary ?? nothing ?? ''),
      },
      isStopped ? stop.by : `agent:${agentName(payload)}`,
    ),
  ]
  if (outcome === 'succeeded') calls.push(cardCall(projectId, taskId, 'review', 'the attempt succeeded', SYSTEM, summary))
  return calls.map(optional)
}

/** A card moved by a fact, with the line of its timeline that says who, what and why. */
export function cardCall(
  projectId: string,
  taskId: string,
  status: 'review' | 'done',
  why: string,
  actor: string,
  result: string | null = null,
): CommandCall {
  return optional(call(moveCardByFact, { projectId, taskId, status, result, why, needsRoom: false }, actor))
}

export const LOST_REASON = 'The runner stopped answering while it worked. What it had committed is kept; resume or discard the attempt.'

/** An execution whose runner was lost: nothing of it reads "running" any more. */
export function lostCalls(execution: Execution, stop: Stop | null): CommandCall[] {
  const { turnId, projectId, attemptId, sessionId, payload } = execution
  const status = stop ? 'cancelled' : 'interrupted'
  const why = stop ? 'The runner did not answer any more.' : LOST_REASON
  const reason = stop ? `${stop.reason} ${why}` : why
  return [
    call(stopProcesses, { projectId, turnId, status: 'interrupted' }, SYSTEM),
    call(
      closeMessages,
      { chatId: sessionId, turnId, status: stop ? 'done' : 'failed', error: reason, stoppedBy: stop?.by ?? null },
      SYSTEM,
    ),
    call(moveTurn, { projectId, turnId, status: stop ? 'cancelled' : 'failed', reason, summary: null }, SYSTEM),
    call(moveAttempt, { projectId, attemptId, status, reason }, SYSTEM),
    call(endSession, { projectId, sessionId, status: 'failed' }, SYSTEM),
    call(
      recordEvent,
      { projectId, taskId: payload.task.id, action: `attempt.${status}`, target: attemptId, message: why },
      stop?.by ?? SYSTEM,
    ),
  ].map(optional)
}

/** A merge that went through. */
export function mergedCalls(
  turn: StoredTurn,
  payload: Extract<StoredPayload, { kind: 'merge' }>,
  taskId: string,
  { mergeCommit, targetHead }: TurnResults['merge'],
): CommandCall[] {
  const { projectId, attemptId, repoId, targetBranch } = payload
  return [
    call(recordMerge, { projectId, mergeId: turn.id, attemptId, repoId, targetBranchName: targetBranch, mergeCommit }, turn.askedBy),
    call(
      recordEvent,
      { projectId, taskId, action: 'merged', target: mergeCommit, message: `Merged ${payload.branch} into ${targetBranch}.` },
      turn.askedBy,
    ),
    cardCall(projectId, taskId, 'done', 'its attempt was merged', turn.askedBy),
    optional(call(noteHead, { repoId, branch: targetBranch, headCommit: targetHead }, SYSTEM)),
  ]
}
