import { expect, it } from 'vitest'
import { sayUsage } from './say-usage.ts'

it('says tokens and price of a message (I3)', () => {
  expect(sayUsage({ promptTokens: 1200, completionTokens: 80, cost: 0.0031 })).toBe('1,200 + 80 tokens, $0.0031')
  expect(sayUsage({ promptTokens: 5, completionTokens: 1, cost: null })).toBe('5 + 1 tokens, price unknown')
  expect(sayUsage({ promptTokens: null, completionTokens: null, cost: null })).toBe('')
})
