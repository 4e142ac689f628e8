import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'
import type { PayloadOf, TurnResults } from '#domain/sessions/protocol.ts'
import type { Agent, AgentResult, AgentRun } from '#runner/agents/agent.ts'
import { Hands, type HandsPlace } from '#runner/agents/hands.ts'
import { type CommitMade, commitsOfTurns, HookRefused, readCommit } from '#runner/git/commit.ts'
import { branchHead, openRepository, type Repository } from '#runner/git/repository.ts'
import { commandsFor } from '#runner/sandbox/commands.ts'
import { describeIsolation } from '#runner/sandbox/isolation.ts'
import { stopOf, TurnStop } from '#runner/turn-stop.ts'
import { clearEmptyAttempt } from '#runner/workspaces/clear.ts'
import { planWorkspace, type WorkspacePlan } from '#runner/workspaces/plan.ts'
import { prepareWorkspace } from '#runner/workspaces/prepare.ts'
import { salvage } from '#runner/workspaces/salvage.ts'
import { checkSeal } from '#runner/workspaces/seal.ts'
import { letOutOfHand, takeInHand, type Workspace } from '#runner/workspaces/workspace.ts'
import { commitTurn } from './commit-turn.ts'
import type { TurnContext } from './turn-context.ts'
import { wholeChange } from './whole-change.ts'

/** How the work of a turn ended: its result, or the sentence of why it stopped with the work kept, on which branch. */
export type Executed = { result: TurnResults['execute']; branch: string; stopped: string | null; cancelled: boolean }

/**
 * TURN-3: one turn of an attempt: worktree, agent, at most one commit, the diff. A turn told twice finds its own commit and
 * only tells of it again.
 */
export async function execute(asked: PayloadOf<'execute'>, agent: Agent, context: TurnContext): Promise<Executed> {
  context.emit({ type: 'status', status: 'preparing' })
  const repo = await openRepository(context.machine.git, asked.repoPath)
  const plan = await planWorkspace(repo, context.machine.folders, asked)
  const payload = { ...asked, branch: plan.branch }
  const before = await tellOfEarlierCommits(repo, plan, payload.headCommit, context)
  if (before.own) return { ...OWN_WORK, branch: plan.branch }
  context.lease.check()
  const run = beginRun(payload, repo, plan, context)
  try {
    const executed = await work(run, agent, repo, plan, context)
    return before.told ? { ...executed, result: { ...executed.result, changed: true } } : executed
  } catch (error) {
    await keepWork(run, context)
    throw error
  }
}

type Run = AgentRun & { processId: string; workspace: Promise<Workspace> }

async function work(run: Run, agent: Agent, repo: Repository, plan: WorkspacePlan, context: TurnContext): Promise<Executed> {
  const payload = run.claim.payload
  const beforeHead = plan.head ?? plan.base
  const command = payload.agent.kind === 'builtin' ? 'builtin' : `openai ${payload.agent.model}`
  context.emit({ type: 'process.started', processId: run.processId, runReason: 'codingAgent', command, beforeHeadCommit: beforeHead })
  context.emit({ type: 'status', status: 'running' })
  run.log(`${describeIsolation(context.machine.isolation)}\n`)
  if (plan.notOwn) run.log(`This attempt works on the branch ${plan.branch}, for ${plan.notOwn} is not its own.\n`)
  let ended: Ended
  try {
    ended = await workAndCommit(run, agent, repo, context)
  } catch (error) {
    const killed = error instanceof TurnStop && error.why !== 'refused'
    context.emit({
      type: 'process.ended',
      processId: run.processId,
      status: killed ? 'killed' : 'failed',
      exitCode: null,
      afterHeadCommit: (await branchHead(repo.git, plan.branch)) ?? null,
    })
    throw error
  }
  const { workspace, result, cancelled, made } = ended
  if (run.hands.tries.length > 0) run.log(`Refused tries: ${run.hands.tries.join('; ')}\n`)
  context.emit({
    type: 'process.ended',
    processId: run.processId,
    status: cancelled ? 'killed' : result.stopped ? 'failed' : 'completed',
    exitCode: result.stopped || cancelled ? null : 0,
    afterHeadCommit: made?.sha ?? beforeHead,
  })
  if (made) {
    await letOutOfHand(context.machine.folders, workspace.record)
    tellOfCommit(made, context)
    await tellOfChange(repo, plan.base, made, context)
  } else if (await clearEmptyAttempt(repo, context.machine.folders, workspace.record, String(context.machine.now())))
    run.log('No file was changed, so no branch is left behind.\n')
  return {
    result: { summary: summaryOf(result, run.hands, made), changed: made !== undefined },
    branch: plan.branch,
    stopped: result.stopped,
    cancelled,
  }
}

type Ended = { workspace: Workspace; result: AgentResult; cancelled: boolean; made: CommitMade | undefined }

async function workAndCommit(run: Run, agent: Agent, repo: Repository, context: TurnContext): Promise<Ended> {
  let result = await untilStopped(agent, run, context)
  const workspace = await run.workspace
  for (let round = 0; ; round++) {
    const cancelled = context.signal.aborted
    try {
      const made = await commitTurn(run, agent, repo, workspace, result, context)
      return { workspace, result, cancelled, made }
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
async function untilStopped(agent: Agent, run: Run, context: TurnContext): Promise<AgentResult> {
  try {
    const result = await agent.run(run)
    if (!context.signal.aborted) return result
  } catch (error) {
    if (!context.signal.aborted) {
      // A worktree that could not be made has stopped the agent, and is the reason to tell.
      await run.workspace
      throw error
    }
  }
  const stop = stopOf(context.signal)
  if (stop.why === 'cancelled') return { summary: 'The run was cancelled.', stopped: stop.message }
  throw stop
}

/** TURN-8: the agent may think while its worktree is made. One that cannot be made stops the agent, so that a model is asked once at most. */
function beginRun(payload: PayloadOf<'execute'>, repo: Repository, plan: WorkspacePlan, context: TurnContext): Run {
  const processId = context.machine.newId()
  const log = (text: string): void => context.emit({ type: 'log', processId, stream: 'agent', text })
  const unmade = new AbortController()
  const workspace = makeWorkspace(repo, plan, context, processId)
  workspace.then(
    () => sayIfDirty(repo, plan, log).catch(() => {}),
    (error: unknown) => unmade.abort(error),
  )
  const place = workspace.then((made) => placeOf(made, payload, repo, context))
  // An agent that never asks for its place must not leave it unheard.
  place.catch(() => {})
  return {
    processId,
    workspace,
    claim: { turnId: context.turnId, fence: context.fence, leaseMs: 0, payload },
    hands: new Hands(place),
    emit: context.emit,
    download: context.download,
    log,
    output: (text, stream) => context.emit({ type: 'log', processId, stream, text }),
    signal: AbortSignal.any([context.signal, unmade.signal]),
    limits: payload.limits,
    newId: context.machine.newId,
  }
}

async function makeWorkspace(repo: Repository, plan: WorkspacePlan, context: TurnContext, run: string): Promise<Workspace> {
  // To start git keeps this thread busy: the agent's first question goes out before.
  await nextTurnOfTheLoop()
  const workspace = await prepareWorkspace(repo, context.machine.folders, plan)
  await takeInHand(context.machine.folders, workspace.record, run)
  const { path, branch, baseCommit } = workspace.record
  tellOfWorkspace({ path, branch, base: baseCommit }, context)
  return workspace
}

function tellOfWorkspace({ path, branch, base }: Pick<WorkspacePlan, 'path' | 'branch' | 'base'>, { emit, machine }: TurnContext): void {
  emit({ type: 'workspace', path, branch, baseCommit: base, machine: machine.name })
}

function placeOf({ record, git }: Workspace, payload: PayloadOf<'execute'>, repo: Repository, { machine }: TurnContext): HandsPlace {
  const mounts = { worktree: record.path, commonDir: repo.commonDir, scratch: machine.folders.home, tools: machine.tools }
  return {
    root: record.path,
    git,
    forbiddenPaths: payload.forbiddenPaths,
    checkSeal: async () => {
      if (record.seal) await checkSeal(record.seal, record.path, record.gitDir)
    },
    commands: commandsFor(machine.isolation, mounts, machine.commandLimits, machine.folders.processes, machine.git.searchPath),
  }
}

function tellOfCommit({ sha, message, changes, timestamp }: CommitMade, context: TurnContext, turnId = context.turnId): void {
  const coAuthors = [...message.matchAll(/^Co-authored-by: (.+)$/gm)].map(([, person]) => person ?? '')
  context.emit({ type: 'commit', turnId, sha, message, changes, author: 'AI System', coAuthors, timestamp })
}

/** The attempt's whole change as its newest commit has it: told after that one, and once, for its patch is made and uploaded. */
async function tellOfChange(
  repo: Repository,
  base: string,
  { sha, since }: Pick<CommitMade, 'sha' | 'since'>,
  context: TurnContext,
): Promise<void> {
  context.emit({ type: 'diff', ...(await wholeChange(repo, base, sha, context, since)) })
}

/** What a turn says that was claimed again after it had committed. */
const OWN_WORK: Omit<Executed, 'branch'> = {
  result: { summary: 'The work of this turn was already committed before the runner was interrupted.', changed: true },
  stopped: null,
  cancelled: false,
}

/**
 * Tells of commits the record does not know: of this very turn, claimed again, and of earlier ones whose runner was killed, or lost its lease,
 * between committing and telling. `known`: the newest commit in the record.
 */
async function tellOfEarlierCommits(
  repo: Repository,
  plan: WorkspacePlan,
  known: string | null,
  context: TurnContext,
): Promise<{ own: boolean; told: boolean }> {
  const { base, head, branch } = plan
  const untold = head === undefined ? [] : (await commitsOfTurns(repo.git, branch, known ?? base)).reverse()
  const newest = untold.at(-1)
  if (!newest) return { own: false, told: false }
  context.emit({ type: 'status', status: 'running' })
  // The name of a branch is as untold as its commits may be.
  tellOfWorkspace(plan, context)
  for (const { sha, turnId } of untold) tellOfCommit(await readCommit(repo.git, sha), context, turnId)
  await tellOfChange(repo, base, newest, context)
  return { own: untold.some(({ turnId }) => turnId === context.turnId), told: true }
}

/** Whatever went wrong, what lies in the worktree is kept under a rescue ref too. */
async function keepWork(run: Run, context: TurnContext): Promise<void> {
  const workspace = await run.workspace.catch(() => undefined)
  if (!workspace) return
  const { record, git } = workspace
  const { folders, now, log } = context.machine
  try {
    const ref = await salvage(git, record, String(now()))
    if (ref) run.log(`Uncommitted work is kept in the worktree and as ${ref}.\n`)
    await letOutOfHand(folders, record)
  } catch (error) {
    const what = 'uncommitted work could not be copied to a rescue ref, or be noted as kept; it lies in the worktree'
    log.error({ error: String(error), attempt: record.attemptId }, what)
  }
}

async function sayIfDirty(repo: Repository, { targetBranch }: WorkspacePlan, log: (text: string) => void): Promise<void> {
  const dirt = await repo.git('status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all')
  if (dirt !== '')
    log(`${repo.path} has changes that are not committed; this run starts from the last commit of ${targetBranch} and does not see them.\n`)
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
