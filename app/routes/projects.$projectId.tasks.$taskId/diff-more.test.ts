import { fc, test } from '@fast-check/vitest'
import { createTwoFilesPatch } from 'diff'
import { describe, expect, it } from 'vitest'
import { type DiffFile, filesOf } from './diff-hunks.ts'
import { isTextOf, textOf, withMore } from './diff-more.ts'

const changeOf = (before: readonly string[], after: readonly string[], context = 3): DiffFile | undefined => {
  const texts = [before, after].map((lines) => lines.map((line) => `${line}\n`).join(''))
  return filesOf(`diff --git a/a b/a\n${createTwoFilesPatch('a/a', 'b/a', texts[0] ?? '', texts[1] ?? '', '', '', { context })}`)[0]
}

const kind = fc.oneof({ weight: 12, arbitrary: fc.constant('same') }, { weight: 1, arbitrary: fc.constantFrom('gone', 'come', 'both') })
const edits = fc.array(fc.tuple(kind, fc.constantFrom('a', 'b', '')), { maxLength: 80, size: 'max' })
const ranges = fc.array(fc.tuple(fc.integer({ min: -3, max: 70 }), fc.integer({ min: 0, max: 25 })), { maxLength: 8, size: 'max' })

describe('DIFF-8 more of the unchanged lines', () => {
  test.prop([edits, ranges])('stand in their places on both sides, each once, and what is left out is told', (told, wanted) => {
    const before = told.flatMap(([kind, word], at) => (kind === 'come' ? [] : [`${word}${kind === 'both' ? at : ''}`]))
    const after = told.flatMap(([kind, word]) => (kind === 'gone' ? [] : [`${word}${kind === 'both' ? '!' : ''}`]))
    const file = changeOf(before, after)
    if (!file || file.hunks.length === 0) return
    const asked = wanted.map(([from, more]) => ({ from, to: from + more }))
    const { hunks, after: rest } = withMore(file, after, asked)
    const [old, now]: [number[], number[]] = [[], []]
    for (const { changes, gap } of hunks) {
      if (gap) for (let line = gap.from; line <= (gap.to ?? 0); line++) now.push(line)
      for (const change of changes) {
        const [was, is] =
          change.type === 'normal'
            ? [change.oldLineNumber, change.newLineNumber]
            : change.type === 'delete'
              ? [change.lineNumber, null]
              : [null, change.lineNumber]
        if (was !== null) {
          expect(before[was - 1]).toBe(change.content)
          old.push(was)
        }
        if (is !== null) {
          expect(after[is - 1]).toBe(change.content)
          now.push(is)
        }
      }
    }
    if (rest) for (let line = rest.from; line <= (rest.to ?? 0); line++) now.push(line)
    expect(now, 'shown or told as left out').toEqual(after.map((_, at) => at + 1))
    expect(old, 'in order, none twice').toEqual([...new Set(old)].sort((one, other) => one - other))
    const left = [...hunks.flatMap(({ gap }) => gap ?? []), ...(rest ? [rest] : [])]
    for (const { from, to } of asked) for (const gap of left) expect(to < gap.from || from > (gap.to ?? 0)).toBe(true)
    expect(withMore(file, after, [{ from: 1, to: 100 }]).hunks, 'all of it is one').toHaveLength(1)
  })

  const body = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`)
  const file = changeOf(body, body.with(9, 'ten').with(29, 'thirty')) as DiffFile

  it('before the text is there, it is known what is left out, but not where the file ends', () => {
    const { hunks, after } = withMore(file, null, [{ from: 1, to: 3 }])
    expect(hunks.map(({ gap }) => gap)).toEqual([
      { from: 1, to: 6 },
      { from: 14, to: 26 },
    ])
    expect(after).toEqual({ from: 34, to: null })
    const short = changeOf(body, body.with(38, 'last but one')) as DiffFile
    expect(withMore(short, null, []).after, 'too few lines follow: it is the end').toBeNull()
  })

  it('the text is the new side of a patch that leaves nothing out, and is one only where the hunks agree', () => {
    const now = body.with(9, 'ten').with(29, 'thirty')
    const whole = changeOf(body, now, 1_000) as DiffFile
    expect(textOf(whole)).toEqual(now)
    expect(isTextOf(file, now)).toBe(true)
    expect(isTextOf(file, now.with(10, 'another'))).toBe(false)
    expect(isTextOf(file, now.slice(1))).toBe(false)
  })
})
