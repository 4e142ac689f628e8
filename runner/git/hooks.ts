import { access, constants, mkdtemp, rm } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Git } from './git.ts'

/** Hooks a commit would run, in the order git runs them. */
const COMMIT_HOOKS = ['pre-commit', 'commit-msg'] as const
export type CommitHook = { name: (typeof COMMIT_HOOKS)[number]; path: string }

/** GIT-5: the commit hooks a repository has: in its own hooks folder, or where its configuration says. */
export async function findCommitHooks(
  git: Git,
  { commonDir, workTree, namesHooks }: { commonDir: string; workTree: string; namesHooks: boolean },
): Promise<CommitHook[]> {
  const set = namesHooks ? (await git.ask('config', '--local', '--type=path', '--get', 'core.hooksPath'))?.trim() : undefined
  const folder = set ? (isAbsolute(set) ? set : join(workTree, set)) : join(commonDir, 'hooks')
  const found = await Promise.all(
    COMMIT_HOOKS.map(async (name) => {
      const path = join(folder, name)
      const runs = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      return runs ? { name, path } : undefined
    }),
  )
  return found.filter((hook): hook is CommitHook => hook !== undefined)
}

/** Runs one program where agents' commands run. Undefined as a runner means: nothing may run here. */
export type RunHook = (
  hook: CommitHook,
  args: readonly string[],
  env: Record<string, string>,
  scratch: string,
) => Promise<{ exitCode: number; output: string }>

/** What became of the hooks: those that ran, those that could not, and the one that said no with its words. */
export type HookReport = { ran: string[]; notRun: string[]; refused?: { name: string; output: string } }

/**
 * GIT-6: runs a repository's commit hooks where an agent's commands run, never on the bare machine: what a hook calls
 * lies in a tree an agent could write. New objects go to a scratch folder, so a hook needs no writable git folder.
 */
export async function runCommitHooks(
  hooks: readonly CommitHook[],
  run: RunHook | undefined,
  place: { commonDir: string; gitDir: string; scratchIn: string },
  messageFile: string,
): Promise<HookReport> {
  const report: HookReport = { ran: [], notRun: [] }
  if (!run) return { ...report, notRun: hooks.map((hook) => hook.name) }
  const scratch = await mkdtemp(join(place.scratchIn, 'hook-'))
  try {
    const env = {
      GIT_DIR: place.gitDir,
      GIT_OBJECT_DIRECTORY: scratch,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(place.commonDir, 'objects'),
      GIT_EDITOR: ':',
    }
    for (const hook of hooks) {
      const { exitCode, output } = await run(hook, hook.name === 'commit-msg' ? [messageFile] : [], env, scratch)
      if (exitCode !== 0) return { ...report, refused: { name: hook.name, output } }
      report.ran.push(hook.name)
    }
    return report
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
