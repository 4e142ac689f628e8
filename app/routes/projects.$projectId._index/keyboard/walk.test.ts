import { expect, test } from 'vitest'
import { PITCH, topAt } from '../window-of.ts'
import { cardAtHeight, stepInColumn } from './walk.ts'

test('BOARD-15 arrows go one card on, pages go a screen less one, and both stop at the ends', () => {
  const step = (how: Parameters<typeof stepInColumn>[0], at: number) => stepInColumn(how, at, 100, 6 * PITCH + 20)
  expect([step('up', 5), step('down', 5), step('up', 0), step('down', 99)]).toEqual([4, 6, 0, 99])
  expect([step('page-down', 5), step('page-up', 5), step('page-up', 2), step('page-down', 98)]).toEqual([10, 0, 0, 99])
  expect([step('first', 50), step('last', 50)]).toEqual([0, 99])
  expect(stepInColumn('page-down', 5, 100, 10)).toBe(6)
})

test('BOARD-15 sideways leads to the card at the same height, or the last one where the column is shorter', () => {
  expect(cardAtHeight(topAt(7), 100)).toBe(7)
  expect(cardAtHeight(topAt(7) + PITCH * 0.4, 100)).toBe(7)
  expect(cardAtHeight(topAt(7), 3)).toBe(2)
  expect(cardAtHeight(-40, 3)).toBe(0)
})
