import { readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Git, GitFailure, gitAt } from '#runner/git/git.ts'
import { ownRef, type Repository } from '#runner/git/repository.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import type { WorkspacePlan } from './plan.ts'
import { sealOf } from './seal.ts'
import { keepRecord, type RunnerFolders, type Workspace, type WorkspaceRecord } from './workspace.ts'

/**
 * WORKSPACE-1: one worktree and one branch per attempt, made from the target branch; the same ones again for a follow-up,
 * and rebuilt from the branch where the folder is gone. Answers when every file is there.
 */
export async function prepareWorkspace(
  repo: Repository,
  folders: RunnerFolders,
  { wanted, path, base, head, there, fresh }: WorkspacePlan,
): Promise<Workspace> {
  // The .git file is not trusted here: git is told both folders outright.
  if (there) return checkedOut(repo.git, folders, there, false)
  if (!fresh) await forgetFolder(repo.git, path)
  await repo.git('update-ref', ownRef('base', wanted.attemptId), base)
  const asked = head === undefined ? ['-b', wanted.branch, '--', path, base] : ['--', path, wanted.branch]
  await repo.git('worktree', 'add', '--no-checkout', '--lock', '--reason', 'in use by Slipway', ...asked).catch((error: unknown) => {
    throw notMade(error, wanted.branch)
  })
  const gitDir = resolve(path, (await readFile(join(path, '.git'), 'utf8')).replace(/^gitdir: /, '').trim())
  const record: WorkspaceRecord = {
    attemptId: wanted.attemptId,
    repoPath: repo.path,
    branch: wanted.branch,
    targetBranch: wanted.targetBranch,
    baseCommit: base,
    path,
    gitDir,
    ready: false,
    seal: await sealOf(path, gitDir),
  }
  await keepRecord(folders, record)
  return checkedOut(repo.git, folders, record, true)
}

/** Git working in the worktree without asking the worktree where its repository is. */
export const gitInside = (git: Git, record: WorkspaceRecord): Git =>
  gitAt(git, { cwd: record.path, gitDir: record.gitDir, workTree: record.path })

/** WORKSPACE-8: a checkout that was cut short is done again from its beginning. */
async function checkedOut(repoGit: Git, folders: RunnerFolders, record: WorkspaceRecord, fresh: boolean): Promise<Workspace> {
  const git = gitInside(repoGit, record)
  if (!record.ready) {
    await git('reset', '--hard', '--quiet').catch((error: unknown) => {
      throw notMade(error, record.branch)
    })
    record.ready = true
    await keepRecord(folders, record)
  }
  return { record, git, fresh }
}

/** Git may still list a worktree whose folder somebody deleted; only that one entry is taken off its list. */
async function forgetFolder(git: Git, path: string): Promise<void> {
  const left = await stat(path).catch(() => undefined)
  const listed = (await git('worktree', 'list', '--porcelain', '-z')).split('\0').includes(`worktree ${path}`)
  if (listed) await git('worktree', 'remove', '--force', '--force', '--', path)
  else if (left) await rm(path, { recursive: true, force: true })
}

function notMade(error: unknown, branch: string): unknown {
  if (!(error instanceof GitFailure)) return error
  const elsewhere = /already (?:checked out|used by worktree) at '(.+)'/.exec(error.stderr)?.[1]
  if (elsewhere)
    return stopTurn(`The branch ${branch} is checked out in ${elsewhere}. Switch that folder to another branch, then try again.`, error)
  if (/No space left/i.test(error.stderr)) return stopTurn('The disk of the runner is full. Free some space, then try again.', error)
  return stopTurn(`git could not make a worktree for ${branch}: ${error.stderr.trim().replace(/^fatal: /, '')}`, error)
}
