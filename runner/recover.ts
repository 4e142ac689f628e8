import { readdir } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { GitMachine } from './git/git.ts'
import { openRepository, type Repository } from './git/repository.ts'
import { reapLeftovers } from './processes/reap.ts'
import { finishIntents } from './workspaces/intents.ts'
import { gitInside } from './workspaces/prepare.ts'
import { salvage } from './workspaces/salvage.ts'
import { findRecord, letOutOfHand, type RunnerFolders } from './workspaces/workspace.ts'

/**
 * RUNNER-2: what a runner does before it claims anything: it ends processes an earlier one left behind, finishes a merge cut short, and
 * keeps a copy of what a run cut short left uncommitted. The files stay where they are, for whoever resumes.
 */
export async function recover(folders: RunnerFolders, machine: GitMachine, stamp: string, log: Logger): Promise<void> {
  const ended = await reapLeftovers(folders.processes)
  if (ended > 0) log.info({ processes: ended }, 'ended processes an earlier runner left behind')
  for (const line of await finishIntents(folders, machine)) log.info(line)
  // Many attempts have one repository, and nobody works in any of them yet.
  const opened = new Map<string, Promise<Repository>>()
  for (const name of await readdir(folders.attempts)) {
    if (!name.endsWith('.json')) continue
    const record = await findRecord(folders, name.slice(0, -'.json'.length)).catch(() => undefined)
    // WORKSPACE-10: what every other run did is committed or kept.
    if (!record?.ready || record.run === null) continue
    try {
      const opening = opened.get(record.repoPath) ?? openRepository(machine, record.repoPath)
      opened.set(record.repoPath, opening)
      const repo = await opening
      const ref = await salvage(gitInside(repo.git, record), record, stamp)
      if (ref) log.info({ attempt: record.attemptId, ref }, 'uncommitted work is kept')
      await letOutOfHand(folders, record)
    } catch (error) {
      log.warn(
        { attempt: record.attemptId, why: error instanceof Error ? error.message : String(error) },
        'a worktree could not be looked at',
      )
    }
  }
}
