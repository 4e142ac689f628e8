import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Git } from '#runner/git/git.ts'
import { branchHead, changeRefs, ownRef, type Repository } from '#runner/git/repository.ts'
import { gitInside } from './prepare.ts'
import { salvage } from './salvage.ts'
import type { RunnerFolders, WorkspaceRecord } from './workspace.ts'

/** WORKSPACE-6: removes a worktree's folder. What is uncommitted is kept under a rescue ref first; the branch stays. */
export async function clearWorktree(repo: Repository, record: WorkspaceRecord, stamp: string): Promise<{ rescued: string | undefined }> {
  const rescued = await salvage(gitInside(repo.git, record), record, stamp)
  await removeFolder(repo.git, record)
  return { rescued }
}

/**
 * WORKSPACE-7: an attempt that made no commit leaves no branch and no folder behind. A branch that somebody moved in the
 * meantime stays: it is deleted only while it points at the very commit the attempt started from.
 */
export async function clearEmptyAttempt(
  repo: Repository,
  folders: RunnerFolders,
  record: WorkspaceRecord,
  stamp: string,
): Promise<boolean> {
  if ((await branchHead(repo.git, record.branch)) !== record.baseCommit) return false
  const { rescued } = await clearWorktree(repo, record, stamp)
  if (rescued) return false
  await changeRefs(repo.git, 'no change: Slipway', [
    `delete refs/heads/${record.branch} ${record.baseCommit}`,
    `delete ${ownRef('base', record.attemptId)}`,
  ])
  await rm(join(folders.attempts, `${record.attemptId}.json`), { force: true })
  return true
}

async function removeFolder(git: Git, record: WorkspaceRecord): Promise<void> {
  await git('worktree', 'remove', '--force', '--force', '--', record.path)
}
