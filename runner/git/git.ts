import { simpleGit } from 'simple-git'
import { gitEnvironment } from './hardening.ts'

/** What every git call needs to know of the machine: where programs are, and an empty folder that stands in for a home. */
export type GitMachine = { searchPath: string; home: string }

/** Where a call works. With `gitDir` and `workTree` given, the `.git` file of a worktree is never consulted. */
export type GitPlace = {
  cwd: string
  gitDir?: string
  workTree?: string
  indexFile?: string
  overrides?: readonly (readonly [string, string])[]
  /** When what is made there is said to be made, in seconds since 1970; otherwise now. */
  seconds?: number
  /** What git reads from its stdin. */
  input?: string
  signal?: AbortSignal
}

/** git said no: what it printed, with the exit code. */
export class GitFailure extends Error {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string

  constructor(args: readonly string[], exitCode: number, stdout: string, stderr: string) {
    super(`git ${args[0] ?? ''} ended with ${exitCode}: ${stderr.trim() || stdout.trim() || 'no words'}`)
    this.name = 'GitFailure'
    this.exitCode = exitCode
    this.stdout = stdout
    this.stderr = stderr
  }
}

/** Runs git with arguments built by the runner; answers what it printed or throws a GitFailure. */
export type Git = {
  (...args: string[]): Promise<string>
  /** The same with words left out on failure: undefined when git says no. */
  ask: (...args: string[]) => Promise<string | undefined>
  place: GitPlace
  machine: GitMachine
}

/**
 * simple-git guards against arguments and settings that come from outside. Here every argument is built in this folder,
 * and these are the settings the hardening itself sets, so they are let through by name.
 */
const OWN_SETTINGS = {
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeSshCommand: true,
  allowUnsafeAskPass: true,
  allowUnsafeEditor: true,
  allowUnsafePager: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeFilter: true,
  allowUnsafeMergeDriver: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeGpgProgram: true,
} as const

const NOTHING = Buffer.alloc(0)

/**
 * simple-git waits 50 ms more for a git that printed nothing, as most of our questions about refs do. Where the end of its
 * output was seen nothing can follow, and an empty piece says so.
 */
const endAtOnce = (_program: string, output: NodeJS.ReadableStream): unknown => output.once('end', () => output.emit('data', NOTHING))

/** Hardened git in one place. The only way this program runs git. */
export function gitIn(machine: GitMachine, place: GitPlace): Git {
  const env = gitEnvironment(machine.searchPath, machine.home, place.overrides ?? [])
  if (place.gitDir) env.GIT_DIR = place.gitDir
  if (place.workTree) env.GIT_WORK_TREE = place.workTree
  if (place.indexFile) env.GIT_INDEX_FILE = place.indexFile
  if (place.seconds !== undefined) env.GIT_AUTHOR_DATE = env.GIT_COMMITTER_DATE = `@${place.seconds} +0000`
  const { input } = place

  const run = async (...args: string[]): Promise<string> => {
    // Kept aside, because simple-git turns an error that is not its own into a string.
    let failure: GitFailure | undefined
    const client = simpleGit({
      baseDir: place.cwd,
      unsafe: OWN_SETTINGS,
      allowEnvironment: Object.keys(env),
      ...(place.signal ? { abort: place.signal } : {}),
      ...(input === undefined ? {} : { input: () => input }),
      errors: (_error, result) => {
        if (result.exitCode === 0) return undefined
        const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString('utf8')
        failure = new GitFailure(args, result.exitCode, text(result.stdOut), text(result.stdErr))
        return failure
      },
    })
      .env(env)
      .outputHandler(endAtOnce)
    try {
      return await client.raw(args)
    } catch (error) {
      throw failure ?? error
    }
  }
  const ask = (...args: string[]): Promise<string | undefined> =>
    run(...args).catch((error: unknown) => {
      if (error instanceof GitFailure) return undefined
      throw error
    })
  return Object.assign(run, { ask, place, machine })
}

/** The same git elsewhere, or with another index; what is not named stays. */
export const gitAt = (git: Git, place: Partial<GitPlace>): Git => gitIn(git.machine, { ...git.place, ...place })
