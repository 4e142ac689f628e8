import { describe, expect, it } from 'vitest'
import { table } from './table.ts'
import { middle, number, times } from './words.ts'

describe('the table of the bench', () => {
  it('BENCH-10 has a column for each server, a verdict, and numbered notes said once', () => {
    const line = { what: 'a', budget: '≤ 1', cells: { slipway: '2', relay: '1' }, ratio: '2.00 ×', ok: false, notes: ['a note'] }
    const lines = table([line, { ...line, what: 'b', ok: true }, { ...line, what: 'c', ok: null, notes: [] }]).split('\n')
    expect(lines[2]).toBe('| a [1] | ≤ 1 | 2 | 1 | – | – | 2.00 × | ✗ |')
    expect(lines[3]).toMatch(/^\| b \[1\] .* ✓ \|$/)
    expect(lines[4]).toMatch(/^\| c \| .*\| {2}\|$/)
    expect(lines.slice(5)).toEqual(['', '1. a note'])
  })

  it('BENCH-10 a bar inside a cell does not make another cell', () => {
    expect(table([{ what: 'a | b', budget: '–', cells: {}, ratio: '–', ok: null, notes: [] }])).toContain('| a \\| b | – |')
  })

  it('BENCH-11 says numbers with three digits, and nothing where there is nothing', () => {
    expect(number(12_345.6)).toBe('12,346')
    expect(number(0.012345)).toBe('0.0123')
    expect(number(Number.NaN)).toBe('–')
    expect(times(1.299)).toBe('1.30 ×')
    expect(middle([3, 1, 2])).toBe('2 (1–3)')
    expect(middle([])).toBe('–')
  })
})
