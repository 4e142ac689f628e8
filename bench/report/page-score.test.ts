import { describe, expect, it } from 'vitest'
import { pageScore, scoreOf } from './page-score.ts'

describe('the score of a page', () => {
  it('BENCH-13 a value at the tenth percentile earns 0.9, one at the median half, none everything', () => {
    const points = { p10: 150, median: 350 }
    expect(scoreOf(150, points)).toBeCloseTo(0.9, 3)
    expect(scoreOf(350, points)).toBeCloseTo(0.5, 3)
    expect(scoreOf(0, points)).toBe(1)
  })

  it('BENCH-13 what a page is weighed by adds up to a hundred', () => {
    expect(pageScore({ fcp: 0, si: 0, lcp: 0, tbt: 0, cls: 0 })).toBe(100)
    expect(pageScore({ fcp: 1_600, si: 2_300, lcp: 2_400, tbt: 350, cls: 0.25 })).toBe(50)
    expect(pageScore({ fcp: 1e6, si: 1e6, lcp: 1e6, tbt: 1e6, cls: 1e6 })).toBe(0)
  })
})
