import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { touchedBetween } from './changes.ts'
import { type Git, gitAt } from './git.ts'
import type { MergeIntent } from './merge.ts'
import { branchHead, type Repository } from './repository.ts'

/**
 * MERGE-5: finishes what a kill left in a person's folder while it was being brought forward. It was clean when that began, so a file
 * that reads as before, as after, or as a beginning of after is ours to write; anything else is a person's, and then nothing is touched.
 */
export async function finishMerge(repo: Repository, intent: MergeIntent): Promise<'nothing to do' | 'finished' | 'left alone'> {
  const head = await branchHead(repo.git, intent.targetBranch)
  const git = gitAt(repo.git, { cwd: intent.checkout })
  const gitDir = (await git('rev-parse', '--path-format=absolute', '--git-dir')).trim()
  const current = (await git.ask('symbolic-ref', '--quiet', 'HEAD'))?.trim()
  if (head === intent.to || head !== intent.from || current !== `refs/heads/${intent.targetBranch}`) return 'nothing to do'
  const touched = await touchedBetween(git, intent.from, intent.to)
  let moved = false
  for (const { path, from } of touched) {
    for (const name of from === null ? [path] : [path, from]) {
      const found = await stateOf(intent, name, (commit) => git.ask('cat-file', 'blob', `${commit}:${name}`))
      if (found === 'a person’s') return 'left alone'
      moved ||= found !== 'before'
    }
  }
  const lock = join(gitDir, 'index.lock')
  const locked = (await stat(lock).catch(() => undefined)) !== undefined
  if (!moved && !locked) return 'nothing to do'
  await rm(lock, { force: true })
  await restore(
    git,
    intent,
    touched.flatMap(({ path, from }) => (from === null ? [path] : [path, from])),
  )
  await git('merge', '--ff-only', '--no-overwrite-ignore', '--no-autostash', '--no-squash', '--quiet', '--no-stat', intent.to)
  return 'finished'
}

/** Brings exactly these paths back to how they were before; every other file and its place in the index stays. */
async function restore(git: Git, intent: MergeIntent, paths: readonly string[]): Promise<void> {
  await git('reset', '--quiet', intent.from, '--', ...paths)
  const before = new Set((await git('ls-tree', '-r', '--name-only', '-z', '--full-tree', intent.from)).split('\0'))
  for (const path of paths) if (!before.has(path)) await rm(join(intent.checkout, path), { force: true })
  const kept = paths.filter((path) => before.has(path))
  if (kept.length > 0) await git('checkout-index', '--force', '--', ...kept)
}

async function stateOf(
  intent: MergeIntent,
  path: string,
  blob: (commit: string) => Promise<string | undefined>,
): Promise<'before' | 'ours' | 'a person’s'> {
  const here = await readFile(join(intent.checkout, path), 'utf8').catch(() => undefined)
  const [before, after] = await Promise.all([blob(intent.from), blob(intent.to)])
  if (here === before) return 'before'
  if (here === after || here === undefined) return 'ours'
  return after?.startsWith(here) ? 'ours' : 'a person’s'
}
