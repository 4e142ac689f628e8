import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PayloadOf } from '#domain/sessions/protocol.ts'
import { branchRef, ownRef, type Repository, refsAt } from '#runner/git/repository.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { findRecord, type RunnerFolders, type WorkspaceRecord } from './workspace.ts'

type Wanted = Pick<PayloadOf<'execute'>, 'attemptId' | 'branch' | 'targetBranch'>

/** What an attempt's worktree will be made from, or was. */
export type WorkspacePlan = Wanted & {
  /** Where its folder is, or will be. */
  path: string
  /** The commit the attempt started, or starts, from. */
  base: string
  /** What its branch points at; undefined where the branch is still to be made. */
  head: string | undefined
  /** An earlier turn's worktree that is still there. */
  there: WorkspaceRecord | undefined
}

/**
 * WORKSPACE-9: looks at what there is of an attempt and changes nothing. What stands in its way is refused here, in the moment it takes
 * to ask git once: before anything is made, and before a model is paid.
 */
export async function planWorkspace(
  repo: Repository,
  folders: RunnerFolders,
  { attemptId, branch, targetBranch }: Wanted,
): Promise<WorkspacePlan> {
  const [ofBranch, ofTarget, ofBase] = [branchRef(branch), branchRef(targetBranch), ownRef('base', attemptId)]
  const [known, refs] = await Promise.all([findRecord(folders, attemptId), refsAt(repo.git, [ofBranch, ofTarget, ofBase])])
  const [head, kept] = [refs.get(ofBranch), refs.get(ofBase)]
  // WORKSPACE-2: a branch of that name which is not this attempt's own is left alone.
  if (head !== undefined && kept === undefined && known?.branch !== branch)
    throw stopTurn(`A branch called ${branch} is already in ${repo.path}. Rename or delete it, or give the card another title.`)
  return {
    attemptId,
    branch,
    targetBranch,
    path: join(folders.worktrees, attemptId),
    base: (head && kept) ?? refs.get(ofTarget) ?? (await noTarget(repo, targetBranch)),
    head,
    there: known && head !== undefined && (await isThere(known)) ? known : undefined,
  }
}

/** WORKSPACE-3: says why there is nothing to start from. */
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
