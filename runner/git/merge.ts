import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeMergeMessage } from '#domain/changes/rules.ts'
import type { PayloadOf, TurnResults } from '#domain/sessions/protocol.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { type Git, GitFailure, gitAt } from './git.ts'
import { branchRef, type Repository, refsAt } from './repository.ts'

type Wanted = Pick<PayloadOf<'merge'>, 'branch' | 'targetBranch' | 'headCommit' | 'message' | 'mergedBy'>

/** Kept on disk while a checkout of a person's is brought forward, so that a crash in the middle can be finished. */
export type MergeIntent = { checkout: string; targetBranch: string; from: string; to: string }

export type MergeHands = {
  scratchIn: string
  beforeMove: () => void
  keepIntent: (intent: MergeIntent) => Promise<() => Promise<void>>
}

/**
 * MERGE-1: brings the reviewed head of a branch into the target branch with a merge commit, made from objects alone: no
 * folder of anybody's is touched to find out whether it can be done. The branch then moves in one compare-and-swap; where
 * it is checked out in a person's own folder, only if that is clean, together with its files.
 */
export async function mergeBranch(repo: Repository, wanted: Wanted, hands: MergeHands): Promise<TurnResults['merge']> {
  const { git } = repo
  const [ofTarget, ofBranch] = [branchRef(wanted.targetBranch), branchRef(wanted.branch)]
  const refs = await refsAt(git, [ofTarget, ofBranch])
  const target = refs.get(ofTarget)
  if (target === undefined)
    throw stopTurn(`There is no branch ${wanted.targetBranch} in ${repo.path} any more. Choose another target branch.`)
  const done = await alreadyMerged(git, wanted.headCommit, target)
  if (done !== undefined) return { mergeCommit: done, targetHead: target }
  isReviewed(refs.get(ofBranch), wanted)
  const tree = await mergedTree(repo, wanted, target)
  const merge = await commitMerge(git, wanted, tree, target, hands.scratchIn)

  const checkout = await checkoutOf(git, wanted.targetBranch)
  if (checkout === undefined) {
    hands.beforeMove()
    await git('update-ref', '-m', `merge ${wanted.branch}: Slipway`, `refs/heads/${wanted.targetBranch}`, merge, target).catch(
      (error: unknown) => {
        throw stopTurn(`${wanted.targetBranch} moved while it was being merged. Look at the change again, then merge once more.`, error)
      },
    )
  } else await bringForward(git, checkout, wanted, { from: target, to: merge }, hands)
  return { mergeCommit: merge, targetHead: merge }
}

/** MERGE-2: a merge told twice merges once: the commit that already brought this head in. */
async function alreadyMerged(git: Git, head: string, target: string): Promise<string | undefined> {
  if ((await git.ask('merge-base', '--is-ancestor', head, target)) === undefined) return undefined
  const merges = await git('rev-list', '--merges', '--ancestry-path', '--parents', '--end-of-options', `${head}..${target}`, '--')
  const found = merges
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, , second]) => second === head)
  return found?.[0] ?? head
}

function isReviewed(head: string | undefined, wanted: Wanted): void {
  if (head === undefined) throw stopTurn(`The branch ${wanted.branch} is gone, so there is nothing to merge. Start a new attempt.`)
  if (head !== wanted.headCommit) {
    throw stopTurn(`${wanted.branch} changed after it was reviewed (now at ${head.slice(0, 8)}). Look at the new change, then merge it.`)
  }
}

/** MERGE-3: the merged files as a tree, or a refusal that names the files both sides changed. Nothing moves either way. */
async function mergedTree(repo: Repository, wanted: Wanted, target: string): Promise<string> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', target, wanted.headCommit]
  try {
    return (await repo.git(...args)).split('\0')[0]?.trim() ?? ''
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (error.exitCode === 1) throw conflict(wanted, error.stdout.split('\0').slice(1).filter(Boolean))
    if (/unrelated histories/i.test(error.stderr)) {
      throw stopTurn(`${wanted.branch} and ${wanted.targetBranch} have no commit in common, so they cannot be merged.`, error)
    }
    throw error
  }
}

function conflict(wanted: Wanted, files: readonly string[]): Error {
  const shown = [...new Set(files)]
  const list = shown.slice(0, 8).join(', ') + (shown.length > 8 ? ` and ${shown.length - 8} more` : '')
  return stopTurn(
    `${wanted.branch} and ${wanted.targetBranch} both changed ${list}. Nothing was merged. Start a new attempt: it begins from ${wanted.targetBranch} as it is now.`,
  )
}

async function commitMerge(git: Git, wanted: Wanted, tree: string, target: string, scratchIn: string): Promise<string> {
  const folder = await mkdtemp(join(scratchIn, 'merge-'))
  try {
    await writeFile(join(folder, 'message'), `${composeMergeMessage(wanted)}\n`)
    return (await git('commit-tree', tree, '-p', target, '-p', wanted.headCommit, '-F', join(folder, 'message'))).trim()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder in which somebody has this branch checked out. */
async function checkoutOf(git: Git, branch: string): Promise<string | undefined> {
  let folder: string | undefined
  for (const line of (await git('worktree', 'list', '--porcelain', '-z')).split('\0')) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length)
    else if (line === `branch refs/heads/${branch}`) return folder
  }
  return undefined
}

/**
 * MERGE-4: the target is checked out in somebody's folder: only a folder without changes of its own is brought forward,
 * and git itself refuses where an untracked or ignored file would be written over.
 */
async function bringForward(
  git: Git,
  checkout: string,
  wanted: Wanted,
  move: { from: string; to: string },
  hands: MergeHands,
): Promise<void> {
  const here = gitAt(git, { cwd: checkout })
  const cure = `Commit or stash there (or switch that folder to another branch), then merge again.`
  const dirt = await here('status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all')
  if (dirt !== '') throw stopTurn(`${checkout} has ${wanted.targetBranch} checked out with changes of its own. ${cure}`)
  const lock = join((await here('rev-parse', '--path-format=absolute', '--git-dir')).trim(), 'index.lock')
  if (await stat(lock).catch(() => undefined))
    throw stopTurn(`Another git command is working in ${checkout} (${lock} is there). Merge again when it is done.`)
  hands.beforeMove()
  const forget = await hands.keepIntent({ checkout, targetBranch: wanted.targetBranch, ...move })
  try {
    await here(
      'merge',
      '--ff-only',
      '--no-overwrite-ignore',
      '--no-autostash',
      '--no-squash',
      '--no-verify-signatures',
      '--quiet',
      '--no-stat',
      move.to,
    )
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    const inTheWay = untrackedIn(error.stderr)
    if (inTheWay)
      throw stopTurn(
        `${checkout} has ${wanted.targetBranch} checked out, and a file of its own where the merge brings one: ${inTheWay}. Move or remove it there, then merge again.`,
        error,
      )
    const words = error.stderr
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .slice(0, 4)
      .join(' ')
    throw stopTurn(`${wanted.targetBranch} is checked out in ${checkout} and git did not bring it forward: ${words} ${cure}`, error)
  } finally {
    await forget()
  }
}

/** The files git does not track and will not overwrite, by its own words; null where they say something else. */
function untrackedIn(stderr: string): string | null {
  const files = /untracked working tree files would be overwritten by merge:\n((?:\t.*\n)+)/.exec(stderr)?.[1]?.trim().split(/\n\t/)
  if (!files) return null
  return files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more` : files.join(', ')
}
