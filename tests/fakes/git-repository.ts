import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { GitMachine } from '#runner/git/git.ts'

/** A real repository in a temporary folder, driven by plain git as a person would; for tests. */
export type TestRepository = {
  path: string
  root: string
  machine: GitMachine
  git: (...args: string[]) => string
  write: (name: string, text: string) => void
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

/** Makes one with a first commit holding `files`. */
export function testRepository(
  files: Record<string, string> = { 'README.md': '# Hello\n', 'src/a.ts': 'export const a = 1\n' },
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
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  const key = JSON.stringify(files)
  const made = templates.get(key)
  if (made) cpSync(made, path, { recursive: true, preserveTimestamps: true })
  else {
    git('init', '--quiet', '--initial-branch=main')
    for (const [name, text] of Object.entries(files)) write(name, text)
    if (Object.keys(files).length > 0) {
      git('add', '--all')
      git('commit', '--quiet', '-m', 'chore: start')
    }
    templates.set(key, keepCopy(path))
  }
  return {
    path,
    root,
    git,
    write,
    machine: { searchPath: process.env.PATH ?? '', home },
    gone: () => rmSync(root, { recursive: true, force: true }),
  }
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
