import { expect, test } from 'vitest'
import { successorOf, tabStopOf } from './tab-stop.ts'

const spots = [4, 5, 6, 7].map((at) => ({ id: `c${at}`, card: {}, at }))

test('BOARD-16 Tab leads to the card that had the keyboard last, to what stands there now, or to the first in sight', () => {
  expect(tabStopOf(spots, { id: 'c6', at: 2 }, 5)).toBe('c6')
  expect(tabStopOf(spots, { id: 'gone', at: 7 }, 5)).toBe('c7')
  expect(tabStopOf(spots, { id: 'gone', at: 90 }, 5)).toBe('c5')
  expect(tabStopOf(spots, null, 5)).toBe('c5')
  expect(tabStopOf(spots, null, 99)).toBe('c7')
  expect(tabStopOf([], null, 0)).toBeNull()
})

test('BOARD-17 when the card with the keyboard goes, the one at its place gets it, at the bottom the last', () => {
  const cards = [{ id: 'a' }, { id: 'b' }]
  expect(successorOf(cards, { id: 'gone', at: 0 })?.id).toBe('a')
  expect(successorOf(cards, { id: 'gone', at: 2 })?.id).toBe('b')
  expect(successorOf([], { id: 'gone', at: 0 })).toBeUndefined()
})
