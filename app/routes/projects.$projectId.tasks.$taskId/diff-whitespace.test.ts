import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import type { ChangeData } from 'react-diff-view'
import { afterAll, describe, expect, it } from 'vitest'
import { type DiffFile, filesOf } from './diff-hunks.ts'
import { fileWithoutWhitespace, hunkWithoutWhitespace, isOnlyWhitespace, wasOf } from './diff-whitespace.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-whitespace-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What git says of two texts. */
function git(before: string, after: string, ...ways: string[]): string {
  writeFileSync(join(folder, 'before'), before)
  writeFileSync(join(folder, 'after'), after)
  return spawnSync('git', ['diff', '--no-index', ...ways, 'before', 'after'], { cwd: folder, encoding: 'utf8' }).stdout
}
const changeOf = (before: string, after: string, ...ways: string[]): DiffFile | undefined => filesOf(git(before, after, ...ways))[0]
const shown = (file: DiffFile): string[] =>
  file.hunks.flatMap(({ changes }) =>
    changes.map(({ type, content }) => `${type === 'insert' ? '+' : type === 'delete' ? '-' : ' '}${content}`),
  )

/** That each line of a change is one of the texts, under its own number, and that none is left out or said twice. */
function expectTheTexts({ hunks }: DiffFile, before: string, after: string): void {
  const [old, now] = [before.split('\n'), after.split('\n')]
  for (const { changes, oldStart, oldLines, newStart, newLines } of hunks) {
    const [olds, news]: [number[], number[]] = [[], []]
    for (const change of changes) {
      const [from, to] = numbers(change)
      if (from !== null) olds.push(from)
      if (to !== null) news.push(to)
      if (from !== null) expect(old[from - 1]).toBe(wasOf(change) ?? change.content)
      if (to !== null) expect(now[to - 1]).toBe(change.content)
    }
    expect(olds).toEqual(Array.from({ length: oldLines }, (_, at) => oldStart + at))
    expect(news).toEqual(Array.from({ length: newLines }, (_, at) => newStart + at))
  }
}

const numbers = (change: ChangeData): [number | null, number | null] =>
  change.type === 'normal'
    ? [change.oldLineNumber, change.newLineNumber]
    : change.type === 'delete'
      ? [change.lineNumber, null]
      : [null, change.lineNumber]

const line = fc.constantFrom('a', ' a', 'a\t', 'b', 'b \r', 'a b', 'ab', '', '  ', '\u00a0', '+a', '-- a')
const text = fc.tuple(fc.array(line, { maxLength: 14 }), fc.boolean()).map(([lines, hasEnd]) => lines.join('\n') + (hasEnd ? '\n' : ''))
/** A text and what an editor makes of its white space, and now and then of a line. */
const edited = fc
  .array(fc.tuple(line, fc.constantFrom('', ' ', '\t', '  \r', 'x')), { minLength: 1, maxLength: 30 })
  .map((lines) => [lines.map(([words]) => `${words}\n`).join(''), lines.map(([words, put]) => `${put}${words}\n`).join('')] as const)
const CHANGED = /^(\d+)\t(\d+)\t/

describe('DIFF-7 without white space', () => {
  test.prop([fc.oneof(edited, fc.tuple(text, text)), fc.boolean()], { numRuns: 60 })(
    'nothing is changed exactly where git says so, never more than the patch says, and every line keeps its number',
    ([before, after], isWhole) => {
      const file = changeOf(before, after, isWhole ? '--unified=1000' : '--unified=3')
      if (!file) return
      const plain = fileWithoutWhitespace(file)
      const said = CHANGED.exec(git(before, after, '-w', '--numstat'))
      const ofGit = said ? Number(said[1]) + Number(said[2]) : 0
      const ofUs = plain.added + plain.removed
      expect(ofUs).toBeLessThanOrEqual(file.added + file.removed)
      if (ofUs === 0) expect(ofGit).toBe(0)
      // What is between two hunks nobody here knows: a line that went from one to the other over lines like itself is a change here and none to git.
      if (ofGit === 0 && file.hunks.length === 1) expect(ofUs).toBe(0)
      expectTheTexts(plain, before, after)
    },
  )

  it('what was set in is unchanged, with the new text, and what changed besides is a change', () => {
    const file = changeOf('if (a)\nrun()\nelse\nrest()\n', 'if (a) {\n  run()\n} else\n  rest(1)\n')
    if (!file) return expect.unreachable()
    const plain = fileWithoutWhitespace(file)
    expect(shown(plain)).toEqual(['-if (a)', '+if (a) {', '   run()', '-else', '-rest()', '+} else', '+  rest(1)'])
    expect([plain.added, plain.removed]).toEqual([3, 3])
    expect(plain.hunks.map(isOnlyWhitespace)).toEqual([false])
    expect(fileWithoutWhitespace(file), 'found once').toBe(plain)
  })

  it('a line that stands on after other white space is paired across what git left between', () => {
    const file = changeOf('a \na\n', 'a\na \n')
    expect(file && shown(file)).toEqual(['-a ', ' a', '+a '])
    expect(file && shown(fileWithoutWhitespace(file))).toEqual([' a', ' a '])
  })

  it('ends of lines and of the file are white space', () => {
    const file = changeOf('a\r\nb', 'a\nb\n')
    const plain = file && fileWithoutWhitespace(file)
    expect(plain?.hunks.map(isOnlyWhitespace)).toEqual([true])
    expect(plain?.hunks[0]?.changes.map(wasOf)).toEqual(['a\r', 'b'])
  })

  it('a change that is none of white space stays the very same', () => {
    const file = changeOf('a\nb\n', 'a\n\nc\n')
    expect(file && fileWithoutWhitespace(file)).toBe(file)
  })

  it('each hunk keeps its place', () => {
    const body = Array.from({ length: 30 }, (_, at) => `line ${at}`)
    const file = changeOf(body.join('\n'), body.with(2, '  line 2').with(25, 'changed').join('\n'))
    if (!file) return expect.unreachable()
    const plain = fileWithoutWhitespace(file)
    expect(plain.hunks.map(isOnlyWhitespace)).toEqual([true, false])
    expect(plain.hunks[1]).toBe(file.hunks[1])
  })

  it('a space that does not break is none to git', () => {
    const file = changeOf('a\u00a0b\n', 'ab\n')
    expect(file && fileWithoutWhitespace(file)).toBe(file)
  })

  it('a hunk that was moved about too much is compared block by block', () => {
    const lines = Array.from({ length: 500 }, (_, at) => `line ${at}`)
    const moved = [...lines.map((each) => `-${each}`), '-same', ' between', ...lines.reverse().map((each) => `+${each}`)]
    const changes = [...moved, '-b', '-x', '-e', '+ b', '+y', '+z', '+e ']
    const hunk = filesOf(`diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,505 +1,505 @@\n${changes.join('\n')}\n`)[0]?.hunks[0]
    if (!hunk) return expect.unreachable()
    const plain = hunkWithoutWhitespace(hunk).changes
    expect(plain.filter(({ type }) => type === 'normal').map(({ content }) => content)).toEqual(['between', ' b', 'e '])
    expect(plain).toHaveLength(hunk.changes.length - 2)
  })
})
