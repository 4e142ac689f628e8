import { describe, expect, it } from 'vitest'
import { median, pairedRatio, percentile, spread, turns } from './statistics.ts'

describe('the statistics of the bench', () => {
  it('BENCH-1 the median is the middle value, the mean of two middle ones, and NaN of nothing', () => {
    expect(median([5, 1, 100])).toBe(5)
    expect(median([10, 2, 9, 1])).toBe(5.5)
    expect(median([])).toBeNaN()
  })

  it('BENCH-1 sorts numbers as numbers and leaves the given list as it was', () => {
    const given = [10, 9, 100]
    expect(median(given)).toBe(10)
    expect(given).toEqual([10, 9, 100])
  })

  it('BENCH-2 a percentile is one of the values: the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.95)).toBe(95)
    expect(percentile([7, 3], 0.95)).toBe(7)
    expect(percentile([7, 3], 0)).toBe(3)
    expect(percentile([], 0.5)).toBeNaN()
  })

  it('BENCH-3 a ratio is taken round by round: a slow round slows both sides', () => {
    expect(pairedRatio([20, 200, 20], [10, 100, 10])).toBe(2)
    expect(pairedRatio([20, 30], [10])).toBe(2)
    expect(pairedRatio([], [10])).toBeNaN()
  })

  it('BENCH-4 every server takes every place in the order equally often', () => {
    expect(turns(['a', 'b', 'c'], 3)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
    ])
  })

  it('BENCH-5 the spread is the smallest and the largest', () => {
    expect(spread([3, 1, 2])).toEqual({ low: 1, high: 3 })
  })
})
