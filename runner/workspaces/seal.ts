import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TurnStop } from '#runner/turn-stop.ts'

/** Fingerprints of the files that tie a worktree to its repository. */
export type Seal = Record<string, string>

/**
 * WORKSPACE-4: the files that decide where git reads and writes. An agent has no business with any of them; one that
 * differs means that somebody tried to lead git elsewhere.
 */
const guarded = (path: string, gitDir: string): Record<string, string> => ({
  '.git': join(path, '.git'),
  HEAD: join(gitDir, 'HEAD'),
  commondir: join(gitDir, 'commondir'),
  gitdir: join(gitDir, 'gitdir'),
  'config.worktree': join(gitDir, 'config.worktree'),
})

/** Takes the fingerprints. */
export async function sealOf(path: string, gitDir: string): Promise<Seal> {
  const entries = await Promise.all(Object.entries(guarded(path, gitDir)).map(async ([name, file]) => [name, await fingerprint(file)]))
  return Object.fromEntries(entries) as Seal
}

async function fingerprint(file: string): Promise<string> {
  const found = await lstat(file).catch(() => undefined)
  if (!found) return 'absent'
  if (!found.isFile()) return 'no plain file'
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}

/** Throws when anything differs from the seal, naming it. */
export async function checkSeal(seal: Seal, path: string, gitDir: string): Promise<void> {
  const now = await sealOf(path, gitDir)
  const broken = Object.keys(now).find((name) => now[name] !== seal[name])
  if (broken) {
    throw new TurnStop(
      'refused',
      `Something changed git's own file "${broken}" of the worktree ${path}, so nothing more is done there. The work is kept; start a new attempt.`,
    )
  }
}
