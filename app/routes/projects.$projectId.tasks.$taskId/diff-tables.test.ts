import { fc, test } from '@fast-check/vitest'
import { type ChangeData, getChangeKey, type HunkData } from 'react-diff-view'
import { expect, it } from 'vitest'
import { hunkOf } from './diff-hunks.ts'
import { tablesOf } from './diff-tables.ts'

const hunk = (start: number, lines: readonly string[]): HunkData =>
  hunkOf({ oldStart: start, oldLines: lines.length, newStart: start, newLines: lines.length, lines: [...lines] })
const textOf = ({ type, content }: ChangeData): string => `${type === 'insert' ? '+' : type === 'delete' ? '-' : ' '}${content}`
const texts = (hunks: readonly HunkData[]): string[] => hunks.flatMap(({ changes }) => changes.map(textOf))

test.prop([
  fc.array(fc.array(fc.constantFrom('+put in', '-taken out', ' as it was'), { minLength: 1, maxLength: 40 }), {
    minLength: 1,
    maxLength: 6,
  }),
  fc.integer({ min: 1, max: 12 }),
])('DIFF-4 tables have every line once, in order, and none has too many', (all, most) => {
  const hunks = all.map((lines, at) => hunk(1 + 1_000 * at, lines))
  const unified = tablesOf(hunks, 'unified', most)
  expect(texts(unified.flatMap((table) => table.hunks))).toEqual(texts(hunks))
  for (const look of ['unified', 'split'] as const) {
    const tables = tablesOf(hunks, look, most)
    expect(tables.flatMap((table) => [...table.keys]).sort()).toEqual(hunks.flatMap(({ changes }) => changes.map(getChangeKey)).sort())
    for (const { lines } of tables) expect(lines).toBeLessThanOrEqual(most)
    expect(tables.filter(({ goesOn }) => !goesOn).length).toBeLessThanOrEqual(hunks.length)
  }
})

it('DIFF-4 side by side, a line stands opposite the one that took its place, also where a long hunk is cut', () => {
  const rewritten = hunk(1, ['-a', '-b', '-c', '+A', '+B', '+C', '+D', ' e', '-f', '+F'])
  const tables = tablesOf([rewritten], 'split', 2)
  expect(tables.map(({ hunks }) => texts(hunks))).toEqual([
    ['-a', '+A', '-b', '+B'],
    ['-c', '+C', '+D'],
    [' e', '-f', '+F'],
  ])
  expect(tables.map(({ lines, goesOn }) => [lines, goesOn])).toEqual([
    [2, false],
    [2, true],
    [2, true],
  ])
})

it('DIFF-4 small hunks share a table', () => {
  const tables = tablesOf([hunk(1, ['-a', '+b']), hunk(50, [' c']), hunk(90, ['+d', '+e'])], 'unified', 4)
  expect(tables.map(({ hunks, lines, goesOn }) => [hunks.length, lines, goesOn])).toEqual([
    [2, 3, false],
    [1, 2, false],
  ])
})
