import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { moveAttempt, recordAttempt } from '#domain/attempts/commands.ts'
import { attemptLifecycle, branchName, isUnderWay } from '#domain/attempts/rules.ts'
import { settleShortIds } from '#domain/attempts/settle-short-ids.ts'
import { recordEvent } from '#domain/changes/commands.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { decideTransition } from '#domain/core/lifecycle.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { holdQueue, recordSession, recordTurn } from '#domain/sessions/commands.ts'
import { runLimits } from '#domain/sessions/protocol.ts'
import type { Settings } from '#domain/team/settings.ts'
import { call, type Documents, GUARD_FAILED } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Db } from '#server/postgres/pool.ts'
import { takeBranch, takenBranches } from '#server/repos/stored-repos.ts'
import { readSettings } from '#server/settings/stored-settings.ts'
import type { Bell } from '#server/turns/bell.ts'
import { insertTurn, type NewTurn, type StoredPayload, turnsOfAttempt } from '#server/turns/stored-turn.ts'
import type { Turns } from '#server/turns/turns.ts'
import { readBeforehand } from './beforehand.ts'
import { chooseAgent } from './choose-agent.ts'
import { goOn, readAttempt, stopTurn } from './go-on.ts'
import { readPlans } from './plans.ts'
import { readStartText } from './prompts.ts'
import { attemptOn, decideMergeNow, decideStart, readParentBranch, readProject, readRepo, readTask } from './read-task.ts'
import { beginOrHold } from './room-on-board.ts'

export type AttemptParts = { db: Db; documents: Documents; turns: Turns; bell: Bell }
type Execute = Extract<StoredPayload, { kind: 'execute' }>
type InAttempt = { projectId: string; attemptId: string }

const limitsOf = (settings: Settings) =>
  runLimits.parse({
    maxSteps: settings['runs.maxSteps'],
    maxMs: settings['runs.maxMinutes'] * 60_000,
    maxTokens: settings['runs.maxTokens'],
  })

/** What an agent may never change, whatever it is asked. */
const FORBIDDEN_PATHS = ['.git', '.env', '.env.*', '*.pem', '*.key']

/** Starts an attempt at a card: its branch, its session, its first turn, and the card moves. The same id twice is one attempt. `waiting`: what its agent is told even where another one was. */
export async function startAttempt(
  parts: AttemptParts,
  who: Identity,
  input: InAttempt & { taskId: string; modelId: string; targetBranch?: string | undefined; waiting?: readonly string[] },
): Promise<Answer<{ attemptId: string; sessionId: string }>> {
  const { db, documents } = parts
  const { projectId, attemptId, taskId, waiting = [] } = input
  const sessionId = derivedId(attemptId, 'session')
  const started = accept({ attemptId, sessionId })
  if ((await turnsOfAttempt(db, attemptId)).length > 0) return started
  // What its branch and its commits are named after is settled first.
  await documents.edit([call(settleShortIds, { projectId, arrived: [] }, SYSTEM)])
  const [settings, project, task, repo, agent] = await Promise.all([
    readSettings(db),
    readProject(documents, projectId),
    readTask(documents, projectId, taskId),
    readRepo(db, documents, projectId),
    chooseAgent(db, input.modelId),
  ])
  if (!project.ok) return project
  if (!task.ok) return task
  const allowed = decideStart(task.value)
  if (!allowed.ok) return allowed
  if (!repo.ok) return repo
  if (!agent.ok) return agent
  const ofParent = input.targetBranch === undefined ? await readParentBranch(documents, projectId, task.value, repo.value.id) : null
  const targetBranch = input.targetBranch ?? ofParent ?? repo.value.defaultBranch
  const prompt = await readStartText(documents, projectId, task.value, {
    'card.id': task.value.shortId,
    'card.title': task.value.title,
    'card.description': task.value.description,
    'project.name': project.value.name,
    'repo.name': repo.value.name,
    'repo.branch': targetBranch,
  })
  if (!prompt.ok) return prompt
  const asked = [prompt.value, await readPlans(documents, projectId, taskId)].filter(Boolean).join('\n\n')
  const beforehand = await readBeforehand(parts, { projectId, taskId, attemptId, waiting })
  const branch = branchName(task.value.shortId, task.value.title, await takenBranches(db, repo.value.id))
  const label = agent.value.kind === 'model' ? agent.value.label : 'Built-in'
  const { id, shortId, title, description, checklist, promptId } = task.value
  const payload: Execute = {
    kind: 'execute', agent: agent.value, projectId, attemptId, sessionId,
    repoId: repo.value.id, repoPath: repo.value.path, branch, targetBranch, headCommit: null,
    task: { id, shortId, title, description, checklist: checklist.map((item) => item.text) },
    prompt: asked, promptId, transcript: beforehand.map(({ said }) => said),
    startedBy: { name: who.name, email: who.email }, limits: limitsOf(settings), forbiddenPaths: [...FORBIDDEN_PATHS, ...settings['runs.forbiddenPaths']],
  } // biome-ignore format: what belongs together stands together
  const turn: NewTurn = { id: newId(), payload, askedBy: who.memberId, projectId, attemptId, sessionId }
  const actor = who.memberId
  const modelId = agent.value.kind === 'model' ? agent.value.modelId : null
  const executor = agent.value.kind === 'model' ? 'openai' : BUILTIN
  const promptSnapshot = createHash('sha256').update(asked).digest('hex')
  const calls = [
    call(
      recordAttempt,
      {
        projectId,
        attemptId,
        taskId,
        repoId: repo.value.id,
        agent: executor,
        modelId,
        modelLabel: label,
        branch,
        targetBranch,
        name: title,
        promptId,
        promptSnapshot,
      },
      actor,
    ),
    call(recordSession, { projectId, sessionId, attemptId, executor, model: modelId }, actor),
    call(recordTurn, { projectId, turnId: turn.id, sessionId, attemptId, prompt: asked || title, interrupts: false }, actor),
    call(
      recordEvent,
      { projectId, taskId, action: 'attempt.started', target: attemptId, message: `Started with ${label} on ${branch}.` },
      actor,
    ),
    ...beforehand.flatMap(({ calls }) => calls(sessionId)),
  ]
  const work = { projectId, attemptId, task: task.value, why: 'an attempt started', actor }
  const done = await beginOrHold(
    parts,
    work,
    calls,
    async (client, held) => (await takeBranch(client, repo.value.id, branch, attemptId)) && (await insertTurn(client, { ...turn, held })),
  )
  if (done.ok) {
    parts.bell.ring('waiting')
    return started
  }
  if (done.code === 'attempt-exists') return started
  // Somebody took the same branch name in the same moment: the next one is free. Or wrote other words for the agent: then it is told those.
  return done.code === GUARD_FAILED || done.code === 'message-read' ? await startAttempt(parts, who, input) : done
}

/** Lets an attempt that failed or was interrupted go on. */
export async function resumeAttempt(parts: AttemptParts, who: Identity, input: InAttempt): Promise<Answer<{ turnId: string }>> {
  const attempt = await readAttempt(parts.documents, input)
  return attempt.ok ? await goOn(parts, who, attempt.value, { turnId: newId(), prompt: 'Go on.', first: [], said: null }) : attempt
}

/** Stops an attempt: at once where no runner has it, else as soon as its runner hears of it. An interrupted one is discarded. */
export async function cancelAttempt(
  parts: AttemptParts,
  who: Identity,
  input: InAttempt,
): Promise<Answer<{ status: 'cancelled' | 'stopping' }>> {
  const attempt = await readAttempt(parts.documents, input)
  if (!attempt.ok) return attempt
  const { status, taskId } = attempt.value
  if (status === 'cancelled') return accept({ status: 'cancelled' })
  const held = await parts.documents.edit([call(holdQueue, input, who.memberId)])
  if (!held.ok) return held
  const reason = `Cancelled by ${who.name}.`
  const stopped = await stopTurn(parts, who, attempt.value, reason)
  if (stopped) return stopped
  const { projectId, attemptId } = input
  const allowed = decideTransition(attemptLifecycle, status, 'cancelled')
  if (!allowed.ok) return refuse('attempt-ended', `This attempt has already ${status}. There is nothing to cancel.`)
  const done = await parts.documents.edit([
    call(moveAttempt, { projectId, attemptId, status: 'cancelled', reason }, who.memberId),
    call(recordEvent, { projectId, taskId, action: 'attempt.cancelled', target: attemptId, message: '' }, who.memberId),
  ])
  return done.ok ? accept({ status: 'cancelled' }) : done
}

/** Merges an attempt's branch into its target, as reviewed. Waits for the runner to do it. */
export async function mergeAttempt(
  parts: AttemptParts,
  who: Identity,
  input: InAttempt & { headCommit: string; message?: string | undefined },
): Promise<Answer<{ mergeCommit: string }>> {
  const attempt = await readAttempt(parts.documents, input)
  if (!attempt.ok) return attempt
  const project = await readProject(parts.documents, input.projectId)
  if (!project.ok) return project
  const { branch, targetBranch, headCommit, status, name } = attempt.value
  if (isUnderWay(status)) return refuse('attempt-busy', 'The agent is still at work on this attempt. Merge it when it has finished.')
  if (!headCommit) return refuse('nothing-to-merge', 'This attempt changed nothing, so there is nothing to merge.')
  if (headCommit !== input.headCommit)
    return refuse('head-moved', 'The attempt has new commits since you looked at it. Review them, then merge again.')
  const before = (await turnsOfAttempt(parts.db, input.attemptId)).find(
    (turn) =>
      turn.kind === 'merge' &&
      turn.payload.kind === 'merge' &&
      turn.payload.headCommit === headCommit &&
      turn.status !== 'failed' &&
      turn.status !== 'cancelled',
  )
  const allowed = before ? accept() : await decideMergeNow(parts.documents, input.projectId, attempt.value.taskId)
  if (!allowed.ok) return allowed
  const execution = (await turnsOfAttempt(parts.db, input.attemptId)).find((turn) => turn.payload.kind === 'execute')
  if (execution?.payload.kind !== 'execute')
    return refuse('attempt-not-found', 'This attempt was made by another server and cannot be merged here.')
  const { repoId, repoPath } = execution.payload
  const into = await attemptOn(parts.documents, input.projectId, repoId, targetBranch)
  if (into && isUnderWay(into.status))
    return refuse(
      'attempt-busy',
      `An agent is at work on ${targetBranch}, into which this would be merged. Merge it when that has finished.`,
    )
  const turnId =
    before?.id ??
    (await parts.turns.enqueue({
      payload: {
        kind: 'merge', ...input, repoId, repoPath, branch, targetBranch, headCommit,
        message: input.message?.trim() || name, mergedBy: { name: who.name, email: who.email },
        ...(into?.baseCommit ? { into: { attemptId: into.id, baseCommit: into.baseCommit } } : {}),
      },
      askedBy: who.memberId, projectId: input.projectId, attemptId: input.attemptId,
    })) // biome-ignore format: what belongs together stands together
  const result = await parts.turns.result<'merge'>(turnId)
  return result.ok ? accept({ mergeCommit: result.value.mergeCommit }) : result
}
