import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileChange } from '#domain/attempts/file-change.ts'
import { findForbidden } from '#domain/changes/forbidden.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { type Change, changeBetween, changesBetween } from './changes.ts'
import { type Git, gitAt } from './git.ts'
import { findCommitHooks, type HookReport, type RunHook, runCommitHooks } from './hooks.ts'

export type CommitMade = {
  sha: string
  message: string
  changes: FileChange[]
  timestamp: number
  hooks: HookReport
  /** What it changed since `from`, as it was judged; absent of a commit that was found. */
  since?: Change & { from: string }
}

export type CommitWanted = {
  git: Git
  commonDir: string
  /** See `Repository`. */
  namesHooks: boolean
  gitDir: string
  workTree: string
  branch: string
  /** A folder of the runner's for files that live a moment. */
  scratchIn: string
  forbiddenPaths: readonly string[]
  /** True when the text holds something secret that must not be committed. */
  holdsSecret: (text: string) => boolean
  message: (changes: FileChange[], patch: string) => Promise<string>
  runHook: RunHook | undefined
  now: () => number
  /** The last look before the branch moves: throws when the lease is gone. */
  beforeMove: () => void
}

/** A hook of the repository refused: its words go to people, and to the agent for another try. */
export class HookRefused extends Error {
  readonly hook: string
  readonly output: string

  constructor(hook: string, output: string) {
    super(`The repository's ${hook} hook refused the commit: ${output.trim().slice(-1500) || 'it gave no reason'}`)
    this.name = 'HookRefused'
    this.hook = hook
    this.output = output
  }
}

/**
 * CHANGE-13: everything that differs in a worktree as exactly one commit on its branch; undefined where nothing differs.
 * Built from parts (tree, commit, compare-and-swap of the branch), so that no hook runs by itself and a kill at any moment
 * leaves the branch at the old commit or at the new one.
 */
export async function commitWorktree(wanted: CommitWanted): Promise<CommitMade | undefined> {
  const { git } = wanted
  const [head = '', headTree = ''] = (await git('rev-parse', 'HEAD^{commit}', 'HEAD^{tree}')).split('\n')
  let staged = await stage(wanted, head, headTree)
  if (staged === undefined) return undefined
  const hooks = await findCommitHooks(git, wanted)
  const scratch = await mkdtemp(join(wanted.scratchIn, 'commit-'))
  try {
    const file = join(scratch, 'COMMIT_EDITMSG')
    await writeFile(file, `${await wanted.message(staged.files, staged.patch)}\n`)
    const report = await runCommitHooks(hooks, wanted.runHook, { ...wanted, scratchIn: scratch }, file)
    if (report.refused) throw new HookRefused(report.refused.name, report.refused.output)
    // A hook may have formatted files: what is committed is what lies there now, judged again.
    if (report.ran.length > 0) staged = await stage(wanted, head, headTree)
    if (staged === undefined) return undefined
    // Said to git rather than asked of it afterwards.
    const seconds = Math.floor(wanted.now() / 1000)
    const sha = (await gitAt(git, { seconds })('commit-tree', staged.tree, '-p', head, '-F', file)).trim()
    wanted.beforeMove()
    await git('update-ref', '-m', 'commit: Slipway', `refs/heads/${wanted.branch}`, sha, head)
    return {
      sha,
      message: (await readFile(file, 'utf8')).trimEnd(),
      changes: staged.files,
      timestamp: seconds * 1000,
      hooks: report,
      since: { ...staged, from: head },
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Stages everything and judges it; undefined when nothing differs from the head. */
async function stage(wanted: CommitWanted, head: string, headTree: string): Promise<(Change & { tree: string }) | undefined> {
  const { git } = wanted
  await git('add', '--all', '--', '.')
  const tree = (await git('write-tree')).trim()
  if (tree === headTree) return undefined
  const change = await changeBetween(git, head, tree)
  const forbidden = findForbidden(change.touched, wanted.forbiddenPaths)
  if (forbidden) {
    throw stopTurn(
      `${forbidden.path} may not be committed: ${forbidden.why}. The work is kept in the worktree; take that file out, then resume.`,
    )
  }
  if (wanted.holdsSecret(change.patch)) {
    throw stopTurn(
      "The change holds the model's key, so it was not committed. The work is kept in the worktree; take the key out, then resume.",
    )
  }
  return { ...change, tree }
}

/**
 * CHANGE-14: the commits that an attempt's turns made on its branch after `since`, newest first, found by their trailers: a turn told twice commits
 * once. What was merged into the branch is another attempt's.
 */
export async function commitsOfTurns(git: Git, branch: string, since: string): Promise<{ sha: string; turnId: string }[]> {
  const log = await git.ask(
    'log',
    '--first-parent',
    '--format=%H%x00%(trailers:key=Slipway-Turn,valueonly,separator=%x2C)%x00',
    '--end-of-options',
    `${since}..refs/heads/${branch}`,
    '--',
  )
  const fields = (log ?? '').split('\0').map((field) => field.trim())
  const found: { sha: string; turnId: string }[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [sha = '', turnId = ''] = fields.slice(at, at + 2)
    if (turnId !== '') found.push({ sha, turnId })
  }
  return found
}

/** What is known of a commit that is already there. */
export async function readCommit(git: Git, sha: string): Promise<CommitMade> {
  const [timestamp = '0', ...rest] = (await git('show', '--no-patch', '--format=%ct%n%B', '--end-of-options', sha)).split('\n')
  return {
    sha,
    message: rest.join('\n').trimEnd(),
    changes: await changesBetween(git, `${sha}^`, sha),
    timestamp: Number(timestamp) * 1000,
    hooks: { ran: [], notRun: [] },
  }
}
