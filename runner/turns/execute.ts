import type { PayloadOf, TurnResults } from '#domain/sessions/protocol.ts'
import type { Agent, AgentResult, AgentRun } from '#runner/agents/agent.ts'
import { Hands } from '#runner/agents/hands.ts'
import { changeBetween } from '#runner/git/changes.ts'
import { type CommitMade, commitOfTurn, HookRefused, readCommit } from '#runner/git/commit.ts'
import { branchHead, openRepository, ownRef, type Repository, refsAt } from '#runner/git/repository.ts'
import { commandsFor } from '#runner/sandbox/commands.ts'
import { describeIsolation } from '#runner/sandbox/isolation.ts'
import { stopOf, TurnStop } from '#runner/turn-stop.ts'
import { clearEmptyAttempt } from '#runner/workspaces/clear.ts'
import { prepareWorkspace } from '#runner/workspaces/prepare.ts'
import { salvage } from '#runner/workspaces/salvage.ts'
import { checkSeal } from '#runner/workspaces/seal.ts'
import type { Workspace } from '#runner/workspaces/workspace.ts'
import { commitTurn } from './commit-turn.ts'
import type { TurnContext } from './turn-context.ts'

/** How the work of a turn ended: its result, or the sentence of why it stopped with the work kept. */
export type Executed = { result: TurnResults['execute']; stopped: string | null; cancelled: boolean }

/**
 * TURN-3: one turn of an attempt: worktree, agent, at most one commit, the diff. A turn told twice finds its own commit and
 * only tells of it again.
 */
export async function execute(payload: PayloadOf<'execute'>, agent: Agent, context: TurnContext): Promise<Executed> {
  context.emit({ type: 'status', status: 'preparing' })
  const repo = await openRepository(context.machine.git, payload.repoPath)
  const before = await earlierCommit(repo, payload, context)
  if (before) return before
  const workspace = await prepareWorkspace(repo, context.machine.folders, payload)
  // Awaited by whoever needs the files; an early end of the agent must not leave it unheard.
  workspace.ready.catch(() => {})
  const { record } = workspace
  context.emit({
    type: 'workspace',
    path: record.path,
    branch: record.branch,
    baseCommit: record.baseCommit,
    machine: context.machine.name,
  })
  const run = agentRun(payload, repo, workspace, context)
  try {
    return await work(run, agent, repo, workspace, context)
  } catch (error) {
    await keepWork(workspace, context, run.log)
    throw error
  }
}

type Run = AgentRun & { processId: string }

async function work(run: Run, agent: Agent, repo: Repository, workspace: Workspace, context: TurnContext): Promise<Executed> {
  const { record } = workspace
  const payload = run.claim.payload
  const beforeHead = workspace.head
  const command = payload.agent.kind === 'builtin' ? 'builtin' : `openai ${payload.agent.model}`
  context.emit({ type: 'process.started', processId: run.processId, runReason: 'codingAgent', command, beforeHeadCommit: beforeHead })
  context.emit({ type: 'status', status: 'running' })
  run.log(`${describeIsolation(context.machine.isolation)}\n`)
  void sayIfDirty(repo, run).catch(() => {})
  let ended: { result: AgentResult; cancelled: boolean; made: CommitMade | undefined }
  try {
    ended = await workAndCommit(run, agent, repo, workspace, context)
  } catch (error) {
    const killed = error instanceof TurnStop && error.why !== 'refused'
    context.emit({
      type: 'process.ended',
      processId: run.processId,
      status: killed ? 'killed' : 'failed',
      exitCode: null,
      afterHeadCommit: (await branchHead(repo.git, record.branch)) ?? null,
    })
    throw error
  }
  const { result, cancelled, made } = ended
  if (run.hands.tries.length > 0) run.log(`Refused tries: ${run.hands.tries.join('; ')}\n`)
  context.emit({
    type: 'process.ended',
    processId: run.processId,
    status: cancelled ? 'killed' : result.stopped ? 'failed' : 'completed',
    exitCode: result.stopped || cancelled ? null : 0,
    afterHeadCommit: made?.sha ?? beforeHead,
  })
  if (made) await tellOfCommit(repo, record.baseCommit, made, context)
  else if (await clearEmptyAttempt(repo, context.machine.folders, record, String(context.machine.now())))
    run.log('No file was changed, so no branch is left behind.\n')
  return { result: { summary: summaryOf(result, run.hands, made), changed: made !== undefined }, stopped: result.stopped, cancelled }
}

async function workAndCommit(
  run: Run,
  agent: Agent,
  repo: Repository,
  workspace: Workspace,
  context: TurnContext,
): Promise<{ result: AgentResult; cancelled: boolean; made: CommitMade | undefined }> {
  let result = await untilStopped(agent, run, context)
  await workspace.ready
  for (let round = 0; ; round++) {
    const cancelled = context.signal.aborted
    try {
      const made = await commitTurn(run, agent, repo, workspace, result, context)
      return { result, cancelled, made }
    } catch (error) {
      if (!(error instanceof HookRefused)) throw error
      run.log(`${error.message}\n`)
      if (round > 0 || cancelled || result.stopped !== null || !agent.takesComplaints)
        throw new TurnStop('refused', `${error.message} The work is kept in the worktree; mend it, then resume.`)
      result = await untilStopped(agent, { ...run, complaint: error.message }, context)
    }
  }
}

/** Runs the agent; a cancelled run comes back with what it did, a lost lease or a stopping runner goes on as an exception. */
async function untilStopped(agent: Agent, run: AgentRun, context: TurnContext): Promise<AgentResult> {
  try {
    const result = await agent.run(run)
    if (!context.signal.aborted) return result
    throw stopOf(context.signal)
  } catch (error) {
    const stop = context.signal.aborted ? stopOf(context.signal) : error
    if (stop instanceof TurnStop && stop.why === 'cancelled') return { summary: 'The run was cancelled.', stopped: stop.message }
    throw stop
  }
}

function agentRun(payload: PayloadOf<'execute'>, repo: Repository, workspace: Workspace, context: TurnContext): Run {
  const { machine } = context
  const { record } = workspace
  const processId = machine.newId()
  const mounts = { worktree: record.path, commonDir: repo.commonDir, scratch: machine.folders.home, tools: machine.tools }
  return {
    processId,
    claim: { turnId: context.turnId, fence: context.fence, leaseMs: 0, payload },
    hands: new Hands({
      root: record.path,
      git: workspace.git,
      ready: workspace.ready,
      forbiddenPaths: payload.forbiddenPaths,
      checkSeal: async () => {
        if (record.seal) await checkSeal(record.seal, record.path, record.gitDir)
      },
      commands: commandsFor(machine.isolation, mounts, machine.commandLimits, machine.folders.processes, machine.git.searchPath),
    }),
    emit: context.emit,
    log: (text) => context.emit({ type: 'log', processId, stream: 'agent', text }),
    output: (text, stream) => context.emit({ type: 'log', processId, stream, text }),
    signal: context.signal,
    limits: payload.limits,
    newId: machine.newId,
  }
}

async function tellOfCommit(repo: Repository, base: string, made: CommitMade, context: TurnContext): Promise<void> {
  const coAuthors = [...made.message.matchAll(/^Co-authored-by: (.+)$/gm)].map(([, person]) => person ?? '')
  context.emit({
    type: 'commit',
    sha: made.sha,
    message: made.message,
    changes: made.changes,
    author: 'AI System',
    coAuthors,
    timestamp: made.timestamp,
  })
  const { files, patch: text } = await changeBetween(repo.git, base, made.sha)
  const patch = await context.upload(Buffer.from(context.redactor.hideKnown(text)))
  const sum = (pick: 'added' | 'removed'): number => files.reduce((total, change) => total + (change[pick] ?? 0), 0)
  context.emit({
    type: 'diff',
    patch,
    headCommit: made.sha,
    filesChanged: files.length,
    linesAdded: sum('added'),
    linesRemoved: sum('removed'),
  })
}

async function earlierCommit(repo: Repository, payload: PayloadOf<'execute'>, context: TurnContext): Promise<Executed | undefined> {
  const ref = ownRef('base', payload.attemptId)
  const base = (await refsAt(repo.git, [ref])).get(ref)
  const sha = base && (await commitOfTurn(repo.git, payload.branch, base, context.turnId))
  if (!base || !sha) return undefined
  context.emit({ type: 'status', status: 'running' })
  await tellOfCommit(repo, base, await readCommit(repo.git, sha), context)
  return {
    result: { summary: 'The work of this turn was already committed before the runner was interrupted.', changed: true },
    stopped: null,
    cancelled: false,
  }
}

/** Whatever went wrong, what lies in the worktree is kept under a rescue ref too. */
async function keepWork(workspace: Workspace, context: TurnContext, log: (text: string) => void): Promise<void> {
  await workspace.ready.catch(() => {})
  const ref = await salvage(workspace.git, workspace.record, String(context.machine.now())).catch((error: unknown) => {
    context.machine.log.error(
      { error: String(error), attempt: workspace.record.attemptId },
      'uncommitted work could not be copied to a rescue ref; it lies in the worktree',
    )
    return undefined
  })
  if (ref) log(`Uncommitted work is kept in the worktree and as ${ref}.\n`)
}

async function sayIfDirty(repo: Repository, run: Run): Promise<void> {
  const dirt = await repo.git('status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all')
  if (dirt !== '')
    run.log(
      `${repo.path} has changes that are not committed; this run starts from the last commit of ${run.claim.payload.targetBranch} and does not see them.\n`,
    )
}

function summaryOf(result: AgentResult, hands: Hands, made: CommitMade | undefined): string {
  const parts = [made ? result.summary : `No change. ${result.summary}`.trim()]
  if (made && made.hooks.notRun.length > 0)
    parts.push(
      `The repository's ${made.hooks.notRun.join(' and ')} ${made.hooks.notRun.length > 1 ? 'hooks were' : 'hook was'} not run, because this runner has no sandbox to run it in.`,
    )
  if (hands.tries.length > 0)
    parts.push(
      `Refused ${hands.tries.length === 1 ? 'one try' : `${hands.tries.length} tries`} to go out of bounds: ${hands.tries.slice(0, 5).join('; ')}.`,
    )
  return parts.filter(Boolean).join(' ')
}
