import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { GitMachine } from '#runner/git/git.ts'

/** A real repository in a temporary folder, driven by plain git as a person would; for tests. */
export type TestRepository = {
  path: string
  root: string
  machine: GitMachine
  git: (...args: string[]) => string
  write: (name: string, text: string) => void
  /** Commits a file on a branch, made from `main` where it is new, while no folder changes; answers the commit. One process. */
  commitOn: (branch: string, file: string, text: string) => string
  /** Every ref with what it points at, read from git's files: what one looks at again and again costs no process. */
  refs: () => Map<string, string>
  gone: () => void
}

/** Repositories as they were made, by their files: a copy costs a tenth of git's own work. */
const templates = new Map<string, string>()

function keepCopy(path: string): string {
  const template = mkdtempSync(join(tmpdir(), 'slipway-git-template-'))
  cpSync(path, template, { recursive: true, preserveTimestamps: true })
  process.once('exit', () => rmSync(template, { recursive: true, force: true }))
  return template
}

/** Makes one with a first commit holding `files`, and then what `more` does to it, once for all that ask for the same. */
export function testRepository(
  files: Record<string, string> = { 'README.md': '# Hello\n', 'src/a.ts': 'export const a = 1\n' },
  more?: (repo: Pick<TestRepository, 'git' | 'write'>) => void,
): TestRepository {
  const root = mkdtempSync(join(tmpdir(), 'slipway-git-'))
  const path = join(root, 'repo')
  const home = join(root, 'home')
  mkdirSync(path)
  mkdirSync(home)
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  }
  const gitWith = (input: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd: path, env, encoding: 'utf8', input, stdio: 'pipe' }).trimEnd()
  const git = (...args: string[]): string => gitWith('', ...args)
  const refs = (): Map<string, string> => refsIn(join(path, '.git'))
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  const key = JSON.stringify([files, String(more)])
  const made = templates.get(key)
  if (made) cpSync(made, path, { recursive: true, preserveTimestamps: true })
  else {
    // Without the sample hooks: most of what would be copied and removed again.
    git('init', '--quiet', '--initial-branch=main', '--template=')
    for (const [name, text] of Object.entries(files)) write(name, text)
    if (Object.keys(files).length > 0) {
      git('add', '--all')
      git('commit', '--quiet', '-m', 'chore: start')
    }
    more?.({ git, write })
    templates.set(key, keepCopy(path))
  }
  return {
    path,
    root,
    git,
    write,
    commitOn: (branch, file, text) => {
      const from = refs().get(`refs/heads/${branch}`) ?? 'refs/heads/main^0'
      return gitWith(commitStream(branch, from, file, text), 'fast-import', '--quiet', '--done')
    },
    refs,
    machine: { searchPath: process.env.PATH ?? '', home },
    gone: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** What `git fast-import` makes one commit of, and answers its name to. */
function commitStream(branch: string, from: string, file: string, text: string): string {
  const data = (of: string): string => `data ${Buffer.byteLength(of)}\n${of}`
  return [
    `commit refs/heads/${branch}`,
    'mark :1',
    `committer Ada <ada@example.org> ${Math.floor(Date.now() / 1000)} +0000`,
    data('feat: work'),
    `from ${from}`,
    `M 100644 inline ${file}`,
    data(text),
    'get-mark :1',
    'done\n',
  ].join('\n')
}

/** As git lays them down (gitrepository-layout): one file each, or lines of `packed-refs`, where a file counts more. */
function refsIn(gitDir: string): Map<string, string> {
  const lines = readIfThere(join(gitDir, 'packed-refs'))?.toString().split('\n') ?? []
  const refs = new Map(lines.filter((line) => /^[0-9a-f]/.test(line)).map((line) => line.split(' ').reverse() as [string, string]))
  for (const file of readdirSync(join(gitDir, 'refs'), { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath ?? file.path, file.name)
    if (file.isFile() && !file.name.endsWith('.lock')) refs.set(relative(gitDir, path), readFileSync(path, 'utf8').trim())
  }
  return refs
}

/** A fingerprint of every byte a person would miss: files tracked, untracked and ignored, index, HEAD, stash and their own branches. */
export function fingerprint(repo: TestRepository): string {
  const hash = createHash('sha256')
  const walk = (folder: string, under: string): void => {
    for (const name of readdirSync(folder).sort()) {
      if (under === '' && name === '.git') continue
      const path = join(folder, name)
      const found = lstatSync(path)
      hash.update(`${under}${name}\0${found.mode}\0`)
      if (found.isSymbolicLink()) hash.update(readlinkSync(path))
      else if (found.isDirectory()) walk(path, `${under}${name}/`)
      else hash.update(readFileSync(path))
    }
  }
  walk(repo.path, '')
  for (const name of ['HEAD', 'index', 'config', 'logs/HEAD', ...looseRefs(repo)]) {
    hash.update(name).update(readIfThere(join(repo.path, '.git', name)) ?? 'absent')
  }
  hash.update(packedRefs(repo))
  return hash.digest('hex')
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** The files of all refs but the product’s own, and the folders they lie in. */
function looseRefs(repo: TestRepository): string[] {
  return readdirSync(join(repo.path, '.git', 'refs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => !/(^|\/)slipway(\/|$)/.test(name))
    .sort()
    .map((name) => join('refs', name))
}

/** Refs that git wrote into one file, as it does with all it has when a branch is deleted. */
function packedRefs(repo: TestRepository): string {
  const lines =
    readIfThere(join(repo.path, '.git', 'packed-refs'))
      ?.toString()
      .split('\n') ?? []
  return lines.filter((line) => line !== '' && !line.startsWith('#') && !line.includes('slipway/')).join('\n')
}
