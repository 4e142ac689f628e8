import { moveAttempt } from '#domain/attempts/commands.ts'
import { attemptLifecycle, isUnderWay } from '#domain/attempts/rules.ts'
import { type Attempt, attempts } from '#domain/attempts/schema.ts'
import { recordEvent } from '#domain/changes/commands.ts'
import { decideTransition } from '#domain/core/lifecycle.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { endSession, moveTurn, recordSession, recordTurn } from '#domain/sessions/commands.ts'
import { firstWords } from '#domain/team/tags.ts'
import { call, type Documents, GUARD_FAILED, optional } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { Bell } from '#server/turns/bell.ts'
import { insertTurn, isAtWork, type NewTurn, type Stop, type StoredPayload, turnsOfAttempt } from '#server/turns/stored-turn.ts'
import { chooseAgent } from './choose-agent.ts'
import { readProject, readTask, readTranscript } from './read-task.ts'
import { beginOrHold } from './room-on-board.ts'

export type GoOnParts = { db: Db; documents: Documents; bell: Bell }
type Execute = Extract<StoredPayload, { kind: 'execute' }>
/** The way every turn is stopped. */
export type Stopper = { cancel: (turnId: string, stop: Stop, calls: readonly CommandCall[]) => Promise<Answer<{ ended: boolean }>> }
/** In whose name it goes on. */
export type Asker = Pick<Identity, 'memberId' | 'name' | 'email'>

const busy = (): Answer<never> =>
  refuse('attempt-busy', 'The agent is still at work on this attempt. Wait until it has finished, or cancel it first.')

/** Lets an ended attempt go on with one more turn. `first`: what is written before, `said`: what the agent is told last. */
export async function goOn(
  { db, documents, bell }: GoOnParts,
  who: Asker,
  attempt: Attempt,
  asked: { turnId: string; prompt: string; first: readonly CommandCall[]; said: Execute['transcript'][number] | null },
): Promise<Answer<{ turnId: string }>> {
  const { projectId, id: attemptId, taskId } = attempt
  const { turnId, prompt, first, said } = asked
  if (isUnderWay(attempt.status)) return busy()
  const project = await readProject(documents, projectId)
  if (!project.ok) return project
  const allowed = decideTransition(attemptLifecycle, attempt.status, 'queued')
  if (!allowed.ok) return allowed
  const [last] = (await turnsOfAttempt(db, attemptId)).filter((turn) => turn.kind === 'execute')
  if (last?.payload.kind !== 'execute' || !last.sessionId)
    return refuse('attempt-not-found', 'This attempt was made by another server and cannot go on here. Start a new one.')
  const agent = await chooseAgent(db, attempt.modelId ?? BUILTIN)
  if (!agent.ok) return agent
  const sessionId = last.sessionId
  const transcript = await readTranscript(documents, sessionId)
  const payload: Execute = {
    ...last.payload,
    // Not the name it was to have: a runner that found it taken told of another.
    branch: attempt.branch,
    headCommit: attempt.headCommit,
    agent: agent.value,
    transcript: said ? [...transcript, said] : transcript,
    startedBy: { name: who.name, email: who.email },
  }
  const turn: NewTurn = { id: turnId, payload, askedBy: who.memberId, projectId, attemptId, sessionId }
  const actor = who.memberId
  const task = await readTask(documents, projectId, taskId)
  if (!task.ok) return task
  if (task.value.archived) return refuse('task-archived', 'This card is archived. Restore it before its agent goes on.')
  const work = { projectId, attemptId, task: task.value, why: 'its attempt goes on', actor }
  const done = await beginOrHold(
    { db, documents },
    work,
    [
      ...first,
      call(moveAttempt, { projectId, attemptId, status: 'queued', reason: null }, actor),
      call(recordSession, { projectId, sessionId, attemptId, executor: attempt.agent, model: attempt.modelId }, actor),
      call(recordTurn, { projectId, turnId: turn.id, sessionId, attemptId, prompt, interrupts: false }, actor),
      call(recordEvent, { projectId, taskId, action: 'attempt.continued', target: attemptId, message: firstWords(prompt) }, actor),
    ],
    async (client, held) => !(await isAtWork(client, attemptId)) && (await insertTurn(client, { ...turn, held })),
  )
  // Somebody else said so in the same moment.
  if (!done.ok) return done.code === GUARD_FAILED ? busy() : done
  bell.ring('waiting')
  return accept({ turnId: turn.id })
}

/** Stops the turn an attempt is in: at once where no runner has it, else as soon as its runner hears of it. Null where there is none. */
export async function stopTurn(
  parts: { db: Db; turns: Stopper },
  who: Asker,
  { projectId, id: attemptId, taskId }: Attempt,
  reason: string,
): Promise<Answer<{ status: 'cancelled' | 'stopping' }> | null> {
  const [turn] = (await turnsOfAttempt(parts.db, attemptId)).filter((found) => ['waiting', 'leased', 'running'].includes(found.status))
  if (!turn) return null
  const calls = [
    call(moveAttempt, { projectId, attemptId, status: 'cancelled', reason }, who.memberId),
    call(recordEvent, { projectId, taskId, action: 'attempt.cancelled', target: attemptId, message: '' }, who.memberId),
    call(moveTurn, { projectId, turnId: turn.id, status: 'cancelled', reason, summary: null }, who.memberId),
    ...(turn.sessionId ? [call(endSession, { projectId, sessionId: turn.sessionId, status: 'failed' }, who.memberId)] : []),
  ].map(optional)
  const done = await parts.turns.cancel(turn.id, { by: who.memberId, reason }, calls)
  return done.ok ? accept({ status: done.value.ended ? 'cancelled' : 'stopping' }) : done
}

/** The attempt's row, or that it is gone. */
export async function readAttempt(documents: Documents, at: { projectId: string; attemptId: string }): Promise<Answer<Attempt>> {
  const attempt = await documents.row(recordRoom(at.projectId), attempts, at.attemptId)
  return attempt ? accept(attempt) : refuse('attempt-not-found', 'There is no such attempt. Load the page again.')
}
