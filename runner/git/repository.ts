import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { stopTurn } from '#runner/turn-stop.ts'
import { type Git, GitFailure, type GitMachine, gitAt, gitIn } from './git.ts'
import { disarm } from './hardening.ts'

/** A repository a person linked: their own checkout at `path`, its git folder, and git hardened for it. */
export type Repository = {
  path: string
  commonDir: string
  git: Git
  /** True where its configuration names a folder of hooks; of most it does not, and then nobody need ask. */
  namesHooks: boolean
}

/**
 * GIT-3: opens the checkout at a path, or says in one sentence what is wrong with it and what to do. Settings of the
 * repository that would start programs are read anew each time and disarmed.
 */
export async function openRepository(machine: GitMachine, given: string, signal?: AbortSignal): Promise<Repository> {
  const path = await existingFolder(given)
  const at = { cwd: path, ...(signal ? { signal } : {}) }
  const git = gitIn(machine, at)
  const settings = settingsOf(git)
  // Where both fail, the first says it better.
  settings.catch(() => {})
  const [bare, commonDir, top] = await locate(git, path)
  if (bare === 'true') throw stopTurn(`${path} is a bare repository, one without files. Link a clone of it: git clone ${path}.`)
  if (!commonDir || !top) throw stopTurn(`${path} lies inside the .git folder of a repository. Link the folder above it.`)
  if ((await realpath(top)) !== path) throw stopTurn(`${path} is a folder inside the repository ${top}. Link ${top} instead.`)
  const { names, namesHooks } = await settings
  return { path, commonDir, git: gitIn(machine, { ...at, overrides: disarm(names) }), namesHooks }
}

/** GIT-3: the same repository with its settings read anew, because somebody else worked since it was opened. */
export async function withSettingsOfNow({ path, commonDir, git }: Repository): Promise<Repository> {
  const { names, namesHooks } = await settingsOf(gitAt(git, { overrides: [] }))
  return { path, commonDir, git: gitAt(git, { overrides: disarm(names) }), namesHooks }
}

/** Names come in pairs with where each is set; `command` is what the hardening itself says. */
async function settingsOf(git: Git): Promise<{ names: string[]; namesHooks: boolean }> {
  const said = (await git('config', '--list', '--show-scope', '--name-only', '-z', '--includes')).split('\0')
  const names = said.filter((name, at) => at % 2 === 1 && name !== '')
  return { names, namesHooks: said.some((name, at) => at % 2 === 1 && name === 'core.hookspath' && said[at - 1] !== 'command') }
}

async function existingFolder(given: string): Promise<string> {
  const path = given.trim()
  if (!isAbsolute(path))
    throw stopTurn(`"${path}" is not a full path. Give the whole path of the repository's folder, such as /home/ada/app.`)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw stopTurn(`There is no folder ${path} on the runner's machine. Check the spelling, or clone the repository there first.`)
  if (!found.isDirectory()) throw stopTurn(`${path} is a file. Link the folder of the repository.`)
  return realpath(path)
}

async function locate(git: Git, path: string): Promise<string[]> {
  const args = ['rev-parse', '--is-bare-repository', '--path-format=absolute', '--git-common-dir', '--show-toplevel'] as const
  try {
    return (await git(...args)).split('\n')
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (error.stdout) return error.stdout.split('\n').slice(0, 1)
    throw notOpened(error, path)
  }
}

function notOpened(error: GitFailure, path: string): Error {
  if (/not a git repository/i.test(error.stderr)) {
    return stopTurn(`${path} is not a git repository. Run "git init" there and make a first commit, or link another folder.`, error)
  }
  if (/dubious ownership/i.test(error.stderr)) {
    return stopTurn(
      `${path} belongs to another user, so git refuses it. Start the runner as that user, or change the folder's owner.`,
      error,
    )
  }
  return stopTurn(`git cannot read the repository at ${path}: ${error.stderr.trim().replace(/^fatal: /, '')}`, error)
}

/** True for a name git accepts for a branch. Checked before a name is ever part of an argument. */
export function isBranchName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 200 &&
    !/[\s~^:?*[\\\p{C}]|\.\.|@\{|\/\/|\.$|\/$|^[/-]|^@$/u.test(name) &&
    name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
  )
}

/** The whole name of a branch. */
export function branchRef(branch: string): string {
  if (!isBranchName(branch)) throw stopTurn(`"${branch}" is no name git allows for a branch.`)
  return `refs/heads/${branch}`
}

/** GIT-7: what each of these refs points at, by its whole name; what is not there is left out. One question, however many. */
export async function refsAt(git: Git, names: readonly string[]): Promise<Map<string, string>> {
  const lines = (await git('for-each-ref', '--format=%(refname) %(objectname)', '--', ...names)).split('\n')
  return new Map(lines.filter(Boolean).map((line) => line.split(' ') as [string, string]))
}

/**
 * Changes refs all at once or not at all, by lines of `git update-ref --stdin`: `create <ref> <commit>`, `update`, `delete <ref> <commit>`.
 * A `reason` stands in the branches' logs.
 */
export async function changeRefs(git: Git, reason: string, lines: readonly string[]): Promise<void> {
  await gitAt(git, { input: `${lines.join('\n')}\n` })('update-ref', '-m', reason, '--stdin')
}

/** The commit a branch points at; undefined when there is no such branch. */
export async function branchHead(git: Git, branch: string): Promise<string | undefined> {
  const ref = branchRef(branch)
  return (await refsAt(git, [ref])).get(ref)
}

/** Where refs of the product's own live, out of sight of `git branch`. */
export const ownRef = (kind: 'base' | 'rescue', ...parts: string[]): string => join('refs/slipway', kind, ...parts)
