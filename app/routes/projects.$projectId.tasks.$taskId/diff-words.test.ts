import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { pairsOf, wordsOf } from './diff-pairs.ts'
import { changedWords, marksOf, type Span } from './diff-words.ts'

const said = (line: string, spans: readonly Span[]): string[] => spans.map(({ from, to }) => line.slice(from, to))
/** What is marked in each of two lines. */
function marked(before: string, after: string): [string[], string[]] {
  const { gone, come } = changedWords([before, after])
  return [said(before, gone), said(after, come)]
}

describe('DIFF-5 the words that changed', () => {
  it.each([
    ['const rate = 19', 'const rate = 7', ['19'], ['7']],
    ['pay(card, cash)', 'pay(coupon, cheque)', ['card, cash'], ['coupon, cheque']],
    ["ring('twice')", "ring('once', true)", ['twice'], ['once', ', true']],
    ['return total', 'return total + tip', [], [' + tip']],
    ['  return total', '    return total', ['  '], ['    ']],
    ['name = "Grüße"', 'name = "Grüsse"', ['Grüße'], ['Grüsse']],
    ['const цена = 5', 'const цены = 5', ['цена'], ['цены']],
    ['wave 👩‍👧 back', 'wave 👩‍👦 back', ['👩‍👧'], ['👩‍👦']],
  ])('%j to %j', (before, after, gone, come) => expect(marked(before, after)).toEqual([gone, come]))

  it('are not marked one by one where hardly anything stayed', () => {
    expect(marked('import a from "b"', 'throw new Error("c")')).toEqual([[], []])
    expect(marked('same', 'same')).toEqual([[], []])
  })
})

describe('DIFF-5 which line became which', () => {
  it('what is most alike, from top to bottom, not what stands in the same place', () => {
    expect(pairsOf(['const a = readAll(file)', 'close(file)'], ['open(file, "r")', 'const a = readSome(file)', 'close(file)'])).toEqual([
      [0, 1],
      [1, 2],
    ])
  })
  it('a line that has nothing in common with any stays alone', () => {
    expect(pairsOf(['# Old heading'], ['export const rate = 7'])).toEqual([])
    expect(pairsOf(['', '  '], ['', 'x'])).toEqual([])
  })
  it('in a block too long to compare each with each, those in the same place', () => {
    const lines = (word: string) => Array.from({ length: 300 }, (_, at) => `export const ${word} = ${at}`)
    const { gone, come } = marksOf(lines('before'), lines('after'))
    expect([gone.size, come.size]).toEqual([300, 300])
    expect(gone.get(299)).toEqual([{ from: 13, to: 19 }])
  })
})

const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '\t', '(', 'é', '👩‍👧', '\r') }))

test.prop([line])('DIFF-5 the words of a line, put together, are the line', (text) => {
  expect(wordsOf(text).join('')).toBe(text)
})

test.prop([line, line])('DIFF-5 without the words that are marked, two lines are the same, or as they were', (before, after) => {
  const { gone, come } = changedWords([before, after])
  const without = (text: string, spans: readonly Span[]) =>
    spans.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text)
  if (gone.length + come.length > 0) expect(without(before, gone)).toBe(without(after, come))
  for (const [text, spans] of [
    [before, gone],
    [after, come],
  ] as const)
    for (const [at, { from, to }] of spans.entries()) {
      expect(from).toBeGreaterThanOrEqual(spans[at - 1]?.to ?? 0)
      expect(to).toBeGreaterThan(from)
      expect(to).toBeLessThanOrEqual(text.length)
    }
})

test.prop([fc.array(line, { maxLength: 8 }), fc.array(line, { maxLength: 8 })])('DIFF-5 pairs never cross', (gone, come) => {
  const pairs = pairsOf(gone, come)
  for (const [at, [before, after]] of pairs.entries()) {
    expect(before).toBeGreaterThan(pairs[at - 1]?.[0] ?? -1)
    expect(after).toBeGreaterThan(pairs[at - 1]?.[1] ?? -1)
  }
})
