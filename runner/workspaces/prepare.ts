import { readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Git, GitFailure, gitAt } from '#runner/git/git.ts'
import { branchRef, changeRefs, ownRef, type Repository } from '#runner/git/repository.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import type { WorkspacePlan } from './plan.ts'
import { sealOf } from './seal.ts'
import { keepRecord, type RunnerFolders, type Workspace, type WorkspaceRecord } from './workspace.ts'

/**
 * WORKSPACE-1: one worktree and one branch per attempt, made from the target branch; the same ones again for a follow-up,
 * and rebuilt from the branch where the folder is gone. Answers when every file is there.
 */
export async function prepareWorkspace(repo: Repository, folders: RunnerFolders, plan: WorkspacePlan): Promise<Workspace> {
  const record = plan.there ?? (await addWorktree(repo, folders, plan))
  // The .git file is not trusted here: git is told both folders outright.
  const git = gitInside(repo.git, record)
  if (!record.ready) await checkOut(git, folders, record)
  return { record, git, fresh: plan.there === undefined }
}

async function addWorktree(repo: Repository, folders: RunnerFolders, plan: WorkspacePlan): Promise<WorkspaceRecord> {
  const { attemptId, branch, targetBranch, path, base } = plan
  await forgetFolder(repo, path)
  try {
    // The branch is made here, with the note of where it began: `worktree add -b` would start one more git for it.
    await changeRefs(repo.git, 'branch: Slipway', [
      `update ${ownRef('base', attemptId)} ${base}`,
      ...(plan.head === undefined ? [`create ${branchRef(branch)} ${base}`] : []),
    ])
    await repo.git('worktree', 'add', '--no-checkout', '--lock', '--reason', 'in use by Slipway', '--', path, branch)
  } catch (error) {
    throw notMade(error, branch)
  }
  const gitDir = resolve(path, (await readFile(join(path, '.git'), 'utf8')).replace(/^gitdir: /, '').trim())
  const record: WorkspaceRecord = {
    attemptId,
    repoPath: repo.path,
    branch,
    targetBranch,
    baseCommit: base,
    path,
    gitDir,
    ready: false,
    seal: await sealOf(path, gitDir),
  }
  await keepRecord(folders, record)
  return record
}

/** Git working in the worktree without asking the worktree where its repository is. */
export const gitInside = (git: Git, record: WorkspaceRecord): Git =>
  gitAt(git, { cwd: record.path, gitDir: record.gitDir, workTree: record.path })

/** WORKSPACE-8: a checkout that was cut short is done again from its beginning. */
async function checkOut(git: Git, folders: RunnerFolders, record: WorkspaceRecord): Promise<void> {
  await git('reset', '--hard', '--quiet').catch((error: unknown) => {
    throw notMade(error, record.branch)
  })
  record.ready = true
  await keepRecord(folders, record)
}

/** Git may still list a worktree whose folder somebody deleted; only that one entry is taken off its list. */
async function forgetFolder({ git, commonDir }: Repository, path: string): Promise<void> {
  if (await isListed(commonDir, path)) await git('worktree', 'remove', '--force', '--force', '--', path)
  else await rm(path, { recursive: true, force: true })
}

/** Looks where git itself looks (gitrepository-layout: `worktrees/<id>/gitdir`): most repositories have no worktree of that name. */
async function isListed(commonDir: string, path: string): Promise<boolean> {
  const folder = join(commonDir, 'worktrees')
  const ids = await readdir(folder).catch(() => [])
  const files = await Promise.all(ids.map((id) => readFile(join(folder, id, 'gitdir'), 'utf8').catch(() => '')))
  return files.some((file, at) => resolve(folder, ids[at] ?? '', file.trim()) === join(path, '.git'))
}

function notMade(error: unknown, branch: string): unknown {
  if (!(error instanceof GitFailure)) return error
  const elsewhere = /already (?:checked out|used by worktree) at '(.+)'/.exec(error.stderr)?.[1]
  if (elsewhere)
    return stopTurn(`The branch ${branch} is checked out in ${elsewhere}. Switch that folder to another branch, then resume.`, error)
  if (/No space left/i.test(error.stderr)) return stopTurn('The disk of the runner is full. Free some space, then resume.', error)
  return stopTurn(`git could not make a worktree for ${branch}: ${error.stderr.trim().replace(/^fatal: /, '')}`, error)
}
