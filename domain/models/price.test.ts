import { expect, test } from 'vitest'
import { costOf, sumOfCosts } from './price.ts'

const usage = { promptTokens: 200_000, completionTokens: 1_000 }

test('PRICE-1 a request costs its tokens at the price of a million of them', () => {
  expect(costOf({ inputPrice: 3, outputPrice: 15 }, usage)).toBeCloseTo(0.615)
  expect(costOf({ inputPrice: 0, outputPrice: 0 }, usage), 'one’s own machine').toBe(0)
})

test('PRICE-1 what nobody said the price of did not cost nothing', () => {
  expect(costOf(null, usage)).toBeNull()
  expect(costOf({ inputPrice: 3, outputPrice: null }, usage)).toBeNull()
  expect(costOf({ inputPrice: 3, outputPrice: null }, { promptTokens: 1_000_000, completionTokens: 0 })).toBe(3)
  expect([sumOfCosts([]), sumOfCosts([null, null]), sumOfCosts([null, 0.5, 0.25]), sumOfCosts([0])]).toEqual([null, null, 0.75, 0])
})
