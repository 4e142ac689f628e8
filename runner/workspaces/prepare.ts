import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { PayloadOf } from '#domain/sessions/protocol.ts'
import { type Git, GitFailure, gitAt } from '#runner/git/git.ts'
import { branchRef, ownRef, type Repository, refsAt } from '#runner/git/repository.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { sealOf } from './seal.ts'
import { findRecord, keepRecord, type RunnerFolders, type Workspace, type WorkspaceRecord } from './workspace.ts'

type Wanted = Pick<PayloadOf<'execute'>, 'attemptId' | 'branch' | 'targetBranch'>

/**
 * WORKSPACE-1: one worktree and one branch per attempt, made from the target branch; the same ones again for a follow-up,
 * and rebuilt from the branch where the folder is gone. Answers as soon as branch and folder exist: files arrive behind `ready`,
 * so that an agent can think while they are written.
 */
export async function prepareWorkspace(repo: Repository, folders: RunnerFolders, wanted: Wanted): Promise<Workspace> {
  const known = await findRecord(folders, wanted.attemptId)
  const own = ownRef('base', wanted.attemptId)
  const refs = await refsAt(repo.git, [branchRef(wanted.branch), branchRef(wanted.targetBranch), own])
  const head = refs.get(branchRef(wanted.branch))
  const base = await baseOf(repo, wanted, { head, kept: refs.get(own), target: refs.get(branchRef(wanted.targetBranch)) }, known)
  const path = join(folders.worktrees, wanted.attemptId)

  if (known && head !== undefined && (await isThere(known))) {
    // The .git file is not trusted here: git is told both folders outright.
    const git = gitInside(repo.git, known)
    return { record: known, git, head, fresh: false, ready: known.ready ? Promise.resolve() : checkOut(git, folders, known) }
  }
  await forgetFolder(repo, path)
  await repo.git('update-ref', own, base)
  const asked = head === undefined ? ['-b', wanted.branch, '--', path, base] : ['--', path, wanted.branch]
  await repo.git('worktree', 'add', '--no-checkout', '--lock', '--reason', 'in use by Slipway', ...asked).catch((error: unknown) => {
    throw notAdded(error, wanted)
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
  const git = gitInside(repo.git, record)
  return { record, git, head: head ?? base, fresh: true, ready: checkOut(git, folders, record) }
}

/** Git working in the worktree without asking the worktree where its repository is. */
export const gitInside = (git: Git, record: WorkspaceRecord): Git =>
  gitAt(git, { cwd: record.path, gitDir: record.gitDir, workTree: record.path })

async function checkOut(git: Git, folders: RunnerFolders, record: WorkspaceRecord): Promise<void> {
  await git('reset', '--hard', '--quiet')
  record.ready = true
  await keepRecord(folders, record)
}

/** WORKSPACE-2: where the attempt starts from, once and for all; a branch of that name which is not this attempt's own is left alone. */
async function baseOf(
  repo: Repository,
  wanted: Wanted,
  { head, kept, target }: Record<'head' | 'kept' | 'target', string | undefined>,
  known: WorkspaceRecord | undefined,
): Promise<string> {
  if (head !== undefined && kept === undefined && known?.branch !== wanted.branch) {
    throw stopTurn(`A branch called ${wanted.branch} is already in ${repo.path}. Rename or delete it, or give the card another title.`)
  }
  if (kept !== undefined && head !== undefined) return kept
  return target ?? noTarget(repo, wanted.targetBranch)
}

/** Says why there is nothing to start from. */
async function noTarget(repo: Repository, targetBranch: string): Promise<never> {
  const branches = (await repo.git('for-each-ref', '--count=5', '--format=%(refname:lstrip=2)', 'refs/heads')).split('\n').filter(Boolean)
  if (branches.length === 0) {
    throw stopTurn(
      `${repo.path} has no commit yet, so there is nothing to start from. Make a first one: git commit --allow-empty -m "chore: start".`,
    )
  }
  throw stopTurn(`There is no branch ${targetBranch} in ${repo.path}. Choose one of: ${branches.join(', ')}.`)
}

async function isThere(record: WorkspaceRecord): Promise<boolean> {
  const [folder, gitDir] = await Promise.all([record.path, record.gitDir].map((path) => stat(path).catch(() => undefined)))
  return folder?.isDirectory() === true && gitDir?.isDirectory() === true
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

function notAdded(error: unknown, wanted: Wanted): unknown {
  if (!(error instanceof GitFailure)) return error
  const elsewhere = /already (?:checked out|used by worktree) at '(.+)'/.exec(error.stderr)?.[1]
  if (elsewhere)
    return stopTurn(
      `The branch ${wanted.branch} is checked out in ${elsewhere}. Switch that folder to another branch, then try again.`,
      error,
    )
  if (/No space left/i.test(error.stderr)) return stopTurn('The disk of the runner is full. Free some space, then try again.', error)
  return stopTurn(`git could not make a worktree for ${wanted.branch}: ${error.stderr.trim().replace(/^fatal: /, '')}`, error)
}
