import { stat } from 'node:fs/promises'
import type { PayloadOf } from '#domain/sessions/protocol.ts'
import { branchRef, ownRef, type Repository, refsAmong } from '#runner/git/repository.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { findRecord, type RunnerFolders, type WorkspaceRecord, worktreeOf } from './workspace.ts'

type Wanted = Pick<PayloadOf<'execute'>, 'attemptId' | 'branch' | 'targetBranch'>

/** What an attempt's worktree will be made from. */
export type WorkspacePlan = {
  wanted: Wanted
  /** Where its folder is, or will be. */
  path: string
  /** The commit the attempt started, or starts, from. */
  base: string
  /** What its branch points at; undefined where the branch is still to be made. */
  head: string | undefined
  /** An earlier turn's worktree that is still there. */
  there: WorkspaceRecord | undefined
  /** True when nothing of this attempt was ever here. */
  fresh: boolean
}

/**
 * Looks what there is of an attempt, and changes nothing: all that can be known to stand in its way is refused here, in the
 * moment it takes to ask git once, before anything is made or a model is paid.
 */
export async function planWorkspace(repo: Repository, folders: RunnerFolders, wanted: Wanted): Promise<WorkspacePlan> {
  const [own, target, kept] = [branchRef(wanted.branch), branchRef(wanted.targetBranch), ownRef('base', wanted.attemptId)]
  const path = worktreeOf(folders, wanted.attemptId)
  const [known, refs, left] = await Promise.all([
    findRecord(folders, wanted.attemptId),
    refsAmong(repo.git, [own, target, kept]),
    stat(path).catch(() => undefined),
  ])
  const [head, base] = [refs.get(own), refs.get(kept)]
  // WORKSPACE-2: a branch of that name which is not this attempt's own is left alone.
  if (head !== undefined && base === undefined && known?.branch !== wanted.branch) {
    throw stopTurn(`A branch called ${wanted.branch} is already in ${repo.path}. Rename or delete it, or give the card another title.`)
  }
  return {
    wanted,
    path,
    base: head !== undefined && base !== undefined ? base : (refs.get(target) ?? (await nothingToStartFrom(repo, wanted.targetBranch))),
    head,
    there: known && head !== undefined && (await isThere(known)) ? known : undefined,
    fresh: !head && !base && !known && !left,
  }
}

/** WORKSPACE-3: why there is nothing to start from. */
async function nothingToStartFrom(repo: Repository, targetBranch: string): Promise<never> {
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
