import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Git } from '#runner/git/git.ts'
import { gitAt } from '#runner/git/git.ts'
import { ownRef } from '#runner/git/repository.ts'
import type { WorkspaceRecord } from './workspace.ts'

/**
 * WORKSPACE-5: keeps whatever lies uncommitted in a worktree as a commit under `refs/slipway/rescue/<attempt>/`, without
 * touching branch, index or files. Answers the ref, or undefined where there was nothing to keep. Doing it twice keeps it once.
 */
export async function salvage(git: Git, record: WorkspaceRecord, stamp: string): Promise<string | undefined> {
  if (!record.ready) return undefined
  const dirt = await git('status', '--porcelain', '-z', '--untracked-files=all', '--ignore-submodules=all')
  if (dirt === '') return undefined
  const index = join(record.gitDir, `rescue-index-${stamp}`)
  try {
    await copyFile(join(record.gitDir, 'index'), index).catch(() => undefined)
    const aside = gitAt(git, { indexFile: index })
    await aside('add', '--all', '--', '.')
    const tree = (await aside('write-tree')).trim()
    const head = (await git('rev-parse', '--verify', 'HEAD')).trim()
    const earlier = await git('for-each-ref', '--format=%(refname) %(tree)', ownRef('rescue', record.attemptId))
    const same = earlier
      .split('\n')
      .find((line) => line.endsWith(` ${tree}`))
      ?.split(' ')[0]
    if (same) return same
    const commit = (await git('commit-tree', tree, '-p', head, '-m', `chore: keep uncommitted work of ${record.branch}`)).trim()
    const ref = ownRef('rescue', record.attemptId, stamp)
    await git('update-ref', ref, commit)
    return ref
  } finally {
    await rm(index, { force: true })
    await rm(`${index}.lock`, { force: true })
  }
}
