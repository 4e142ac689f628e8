import { chmodSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { changeBetween, patchInFull } from './changes.ts'
import { type Git, gitIn } from './git.ts'
import { refsAt } from './repository.ts'

const LINES = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('')
const ODD = 'tab\tquote"line\nend'

let repo: TestRepository
let git: Git
beforeEach(() => {
  repo = testRepository({ 'moved.txt': LINES, 'also.txt': LINES.toUpperCase(), [ODD]: 'one\n', bytes: 'a\0b', 'run.sh': 'true\n' })
  git = gitIn(repo.machine, { cwd: repo.path })
})
afterEach(() => repo.gone())

describe('a change', () => {
  it('CHANGE-11 is judged, counted and shown from one question, whatever files are called and hold', async () => {
    const head = repo.git('rev-parse', 'HEAD')
    renameSync(join(repo.path, 'moved.txt'), join(repo.path, 'renamed\t'))
    renameSync(join(repo.path, 'also.txt'), join(repo.path, ':colon'))
    repo.write(':colon', `${LINES.toUpperCase()}more\n`)
    repo.write(ODD, 'two\n\0\nthree\n'.padStart(9_000, 'x'))
    repo.write('bytes', 'c\0d')
    chmodSync(join(repo.path, 'run.sh'), 0o755)
    symlinkSync('run.sh', join(repo.path, 'link'))
    repo.git('add', '--all')
    const tree = repo.git('write-tree')
    const change = await changeBetween(git, head, tree)
    expect(change.files).toEqual([
      { path: ':colon', added: 1, removed: 0 },
      { path: 'bytes', added: null, removed: null },
      { path: 'link', added: 1, removed: 0 },
      { path: 'renamed\t', added: 0, removed: 0 },
      { path: 'run.sh', added: 0, removed: 0 },
      { path: ODD, added: 3, removed: 1 },
    ])
    expect(change.touched.map(({ path, from, linkTarget }) => [path, from, linkTarget])).toEqual([
      [':colon', 'also.txt', null],
      ['bytes', null, null],
      ['link', null, 'run.sh'],
      ['renamed\t', 'moved.txt', null],
      ['run.sh', null, null],
      [ODD, null, null],
    ])
    // What git shows where it is asked for the text alone. (`core.quotePath` is what the product sets.)
    expect(change.patch.trimEnd()).toBe(repo.git('-c', 'core.quotePath=false', 'diff', '--full-index', '--find-renames', head, tree))
    expect(change.patch).toContain('\0')
  })

  it('CHANGE-16 is told once more with all lines of its files: of those that were there before, have lines, and are small', async () => {
    const head = repo.git('rev-parse', 'HEAD')
    const big = 'long line\n'.repeat(45_000)
    repo.write('big.txt', big)
    repo.git('add', '--all')
    repo.git('commit', '--quiet', '-m', 'chore: one big file')
    const before = repo.git('rev-parse', 'HEAD')
    renameSync(join(repo.path, 'moved.txt'), join(repo.path, 'renamed.txt'))
    repo.write('renamed.txt', `${LINES}more\n`)
    repo.write('also.txt', LINES.toUpperCase().replace('LINE 15', 'another'))
    repo.write('big.txt', `${big}one more\n`)
    repo.write('bytes', 'c\0d')
    repo.write('new.txt', 'new\n')
    chmodSync(join(repo.path, 'run.sh'), 0o755)
    repo.git('add', '--all')
    const tree = repo.git('write-tree')
    const said = await patchInFull(git, before, tree, 6)
    expect(said.match(/^diff --git .*/gm)).toEqual(['diff --git a/also.txt b/also.txt', 'diff --git a/moved.txt b/renamed.txt'])
    expect(said.match(/^@@ .*/gm)).toEqual(['@@ -1,30 +1,30 @@', '@@ -1,30 +1,31 @@'])
    expect(await patchInFull(git, before, tree, 101), 'where there are many files it is not asked for').toBe('')
    expect(await patchInFull(git, head, before, 1), 'what is new has all its lines in the patch').toBe('')
  })

  it('CHANGE-11 nothing is an empty one', async () => {
    expect(await changeBetween(git, 'HEAD', 'HEAD^{tree}')).toEqual({ touched: [], files: [], patch: '' })
  })
})

it('GIT-7 asks for several refs at once, by whole names: neighbours below one of them are not it', async () => {
  const head = repo.git('rev-parse', 'HEAD')
  repo.git('branch', 'main-two')
  repo.git('branch', 'deep/er')
  const found = await refsAt(git, ['refs/heads/main', 'refs/heads/deep', 'refs/heads/nowhere'])
  expect(found.get('refs/heads/main')).toBe(head)
  expect([found.get('refs/heads/deep'), found.get('refs/heads/nowhere'), found.get('refs/heads/main-two')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
