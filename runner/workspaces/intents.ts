import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finishMerge } from '#runner/git/finish-merge.ts'
import type { GitMachine } from '#runner/git/git.ts'
import type { MergeIntent } from '#runner/git/merge.ts'
import { openRepository } from '#runner/git/repository.ts'
import type { RunnerFolders } from './workspace.ts'

const folderOf = (folders: RunnerFolders): string => join(folders.data, 'merges')

/** MERGE-5: a note on disk for as long as a person's checkout is being brought forward. */
export function keepIntent(
  folders: RunnerFolders,
  repoPath: string,
  turnId: string,
): (intent: MergeIntent) => Promise<() => Promise<void>> {
  return async (intent) => {
    const file = join(folderOf(folders), `${turnId}.json`)
    await mkdir(folderOf(folders), { recursive: true })
    await writeFile(file, JSON.stringify({ repoPath, intent }), { flush: true })
    return () => rm(file, { force: true })
  }
}

/** Finishes what a kill interrupted; called when a runner starts. Answers one line for each. */
export async function finishIntents(folders: RunnerFolders, machine: GitMachine): Promise<string[]> {
  const lines: string[] = []
  for (const name of await readdir(folderOf(folders)).catch(() => [])) {
    const file = join(folderOf(folders), name)
    try {
      const { repoPath, intent } = JSON.parse(await readFile(file, 'utf8')) as { repoPath: string; intent: MergeIntent }
      const found = await finishMerge(await openRepository(machine, repoPath), intent)
      lines.push(`merge into ${intent.targetBranch} in ${intent.checkout}: ${found}`)
    } catch (error) {
      lines.push(`a merge cut short could not be looked at: ${error instanceof Error ? error.message : String(error)}`)
    }
    await rm(file, { force: true })
  }
  return lines
}
