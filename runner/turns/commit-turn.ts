import { type CommitAsk, composeCommitMessage, withTrailers } from '#domain/changes/rules.ts'
import type { Agent, AgentResult, AgentRun } from '#runner/agents/agent.ts'
import { tellCheck } from '#runner/agents/checks.ts'
import { type CommitMade, commitWorktree } from '#runner/git/commit.ts'
import { complaintsAbout } from '#runner/git/conventional.ts'
import type { RunHook } from '#runner/git/hooks.ts'
import { type Repository, withSettingsOfNow } from '#runner/git/repository.ts'
import { commandsFor } from '#runner/sandbox/commands.ts'
import { gitInside } from '#runner/workspaces/prepare.ts'
import { checkSeal } from '#runner/workspaces/seal.ts'
import type { Workspace } from '#runner/workspaces/workspace.ts'
import type { TurnContext } from './turn-context.ts'

/** CHANGE-15: the one commit of a turn, in words of the agent's where they are a valid Conventional Commit, else by rule. */
export async function commitTurn(
  run: AgentRun,
  agent: Agent,
  repo: Repository,
  workspace: Workspace,
  result: AgentResult,
  context: TurnContext,
): Promise<CommitMade | undefined> {
  const { record } = workspace
  const { payload } = run.claim
  if (record.seal) await checkSeal(record.seal, record.path, record.gitDir)
  const fresh = await withSettingsOfNow(repo)
  return commitWorktree({
    git: gitInside(fresh.git, record),
    commonDir: fresh.commonDir,
    namesHooks: fresh.namesHooks,
    gitDir: record.gitDir,
    workTree: record.path,
    branch: record.branch,
    scratchIn: context.machine.folders.home,
    forbiddenPaths: payload.forbiddenPaths,
    holdsSecret: context.redactor.holdsSecret,
    runHook: hookRunner(run, workspace, fresh, context),
    now: context.machine.now,
    beforeMove: () => context.lease.check(),
    message: async (changes, patch) => {
      const ask: CommitAsk = {
        task: payload.task,
        changes,
        turnId: context.turnId,
        promptId: payload.promptId,
        startedBy: payload.startedBy,
        ...(result.stopped ? { note: `Stopped early: ${context.redactor.hide(result.stopped)}` } : {}),
      }
      const proposed =
        result.stopped || context.signal.aborted ? undefined : await agent.proposeCommit?.(run, { changes, patch }).catch(() => undefined)
      const message = proposed === undefined ? undefined : withTrailers(context.redactor.hide(proposed), ask)
      return message !== undefined && (await complaintsAbout(message)).length === 0 ? message : composeCommitMessage(ask)
    },
  })
}

/** Hooks run where commands run, and are checks; on a machine where none may, they are named as not run. */
function hookRunner(run: AgentRun, workspace: Workspace, repo: Repository, context: TurnContext): RunHook | undefined {
  const { machine } = context
  const mounts = { worktree: workspace.record.path, commonDir: repo.commonDir, scratch: machine.folders.home, tools: machine.tools }
  const commands = commandsFor(machine.isolation, mounts, machine.commandLimits, machine.folders.processes, machine.git.searchPath)
  if (!commands.mayRun) return undefined
  return async (hook, args, env, scratch) => {
    const ended = await tellCheck(run, hook.name, (begin, onOutput) => {
      begin()
      return commands.run([hook.path, ...args], {
        cwd: workspace.record.path,
        signal: context.signal,
        onOutput,
        env,
        alsoWritable: scratch,
      })
    })
    return { exitCode: ended.exitCode ?? 1, output: ended.output }
  }
}
