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
  /** The name its branch was to have, where that is not its own. */
  notOwn: string | undefined
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
  const known = await findRecord(folders, attemptId)
  const [ofBranch, other, ofTarget] = [branchRef(known?.branch ?? branch), withAttempt(branch, attemptId), branchRef(targetBranch)]
  const refs = await refsAt(repo.git, [ofBranch, branchRef(other), ofTarget, ownRef('base', attemptId)])
  const kept = refs.get(ownRef('base', attemptId))
  // WORKSPACE-2: a branch of that name which is not this attempt's own is left alone, and so is one whose name begins with it.
  const isTaken =
    refs.has(branchRef(other)) || [...refs.keys()].some((ref) => (ref === ofBranch && !kept) || ref.startsWith(`${ofBranch}/`))
  const name = known?.branch ?? (isTaken ? other : branch)
  const head = refs.get(branchRef(name))
  return {
    attemptId,
    branch: name,
    notOwn: name === branch ? undefined : branch,
    targetBranch,
    path: join(folders.worktrees, attemptId),
    base: (head && kept) ?? refs.get(ofTarget) ?? (await noTarget(repo, targetBranch)),
    head,
    there: known && head !== undefined && (await isThere(known)) ? known : undefined,
  }
}

/** The same for every turn of an attempt, and no other's: found again where nothing is known of it but its id. */
const withAttempt = (branch: string, attemptId: string): string => `${branch}-${attemptId.slice(-8)}`

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
