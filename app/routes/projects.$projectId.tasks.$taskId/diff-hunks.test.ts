import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DiffFile, filesOf, hunkOf } from './diff-hunks.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-diff-'))
const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'core.quotepath=off', '-c', 'init.defaultBranch=main', ...args],
    { cwd: folder },
  ).toString()
const write = (path: string, content: string | Buffer) => writeFileSync(join(folder, path), content)

let files: Map<string, DiffFile>
let numstat: Map<string, string>

beforeAll(() => {
  git('init', '-q')
  mkdirSync(join(folder, 'src'))
  const body = Array.from({ length: 30 }, (_, at) => `line ${at}`)
  write('src/edit.ts', `${body.join('\n')}\n`)
  write('src/old name.ts', `${body.join('\n')}\n`)
  write('gone.txt', 'one\ntwo\n')
  write('run.sh', 'echo\n')
  write('pier.png', Buffer.from([0, 1, 2, 0, 255]))
  write('no-end.txt', 'last line without an end')
  git('add', '-A')
  git('commit', '-qm', 'chore: base')
  write('src/edit.ts', `${body.with(2, 'changed').with(25, '-- dashes').join('\n')}\n+++ plus\n`)
  renameSync(join(folder, 'src/old name.ts'), join(folder, 'src/hafen übersicht.ts'))
  rmSync(join(folder, 'gone.txt'))
  chmodSync(join(folder, 'run.sh'), 0o755)
  write('pier.png', Buffer.from([0, 9, 9, 0]))
  write('no-end.txt', 'last line without an end\nand one more')
  write('empty.txt', '')
  write('new.ts', 'export {}\n')
  git('add', '-A')
  files = new Map(filesOf(git('diff', '--cached', '-M', '--no-color')).map((file) => [file.path, file]))
  numstat = new Map(
    git('diff', '--cached', '-M', '--numstat', '--no-renames')
      .trim()
      .split('\n')
      .map((line) => [line.split('\t')[2] ?? '', line]),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('DIFF-1 every kind of change git can report is there, under its own name', () => {
  const kinds = Object.fromEntries([...files].map(([path, file]) => [path, file.kind]))
  expect(kinds).toEqual({
    'empty.txt': 'add',
    'gone.txt': 'delete',
    'new.ts': 'add',
    'no-end.txt': 'modify',
    'pier.png': 'modify',
    'run.sh': 'modify',
    'src/edit.ts': 'modify',
    'src/hafen übersicht.ts': 'rename',
  })
  expect(files.get('src/hafen übersicht.ts')?.from).toBe('src/old name.ts')
  expect(files.get('pier.png')?.isBinary).toBe(true)
  expect(files.get('pier.png')?.object, 'what tells two states of a picture apart').toBe(git('rev-parse', '--short', ':pier.png').trim())
  expect(files.get('src/edit.ts')?.object).toBeNull()
  expect(files.get('run.sh')).toMatchObject({ mode: { from: '100644', to: '100755' }, hunks: [] })
})

test("DIFF-1 the counts equal git's own", () => {
  for (const path of ['src/edit.ts', 'gone.txt', 'new.ts', 'no-end.txt', 'empty.txt']) {
    const file = files.get(path)
    expect(numstat.get(path)?.startsWith(`${file?.added}\t${file?.removed}\t`), path).toBe(true)
  }
})

test('DIFF-2 line numbers run on both sides, and lines that look like marks are lines', () => {
  const hunks = files.get('src/edit.ts')?.hunks ?? []
  expect(hunks.map(({ content }) => content)).toEqual(['@@ -1,6 +1,6 @@', '@@ -23,8 +23,9 @@'])
  const changes = hunks.flatMap((hunk) => hunk.changes)
  expect(changes.find((change) => change.type === 'insert')).toMatchObject({ lineNumber: 3, content: 'changed' })
  expect(changes.filter((change) => change.type !== 'normal').map(({ content }) => content)).toEqual([
    'line 2',
    'changed',
    'line 25',
    '-- dashes',
    '+++ plus',
  ])
  expect(changes.at(-1)).toMatchObject({ type: 'insert', lineNumber: 31 })
})

test('DIFF-2 the note about a missing last line end is no line', () => {
  expect(
    hunkOf({ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-a', '\\ No newline at end of file', '+b'] }).changes,
  ).toHaveLength(2)
})

test('DIFF-1 an empty patch has no files', () => expect(filesOf('\n')).toEqual([]))
