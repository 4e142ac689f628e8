import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { CARD_HEIGHT, topAt } from '../window-of.ts'
import { neighboursAt } from './neighbours.ts'
import { isOwnPlace, lineAt, placeAtHeight, placeOf, sayPlace, spotOf, stepAmong, stepPlace } from './place.ts'

const cards = ['a', 'b', 'c'].map((id) => ({ id }))

plain('BOARD-9 above the middle of a card is above the card, below it is below', () => {
  expect(placeAtHeight(-50, cards, 'z')).toBe(0)
  expect(placeAtHeight(topAt(0) + CARD_HEIGHT / 2 - 1, cards, 'z')).toBe(0)
  expect(placeAtHeight(topAt(0) + CARD_HEIGHT / 2 + 1, cards, 'z')).toBe(1)
  expect(placeAtHeight(topAt(2) + CARD_HEIGHT, cards, 'z')).toBe(3)
  expect(placeAtHeight(99_999, cards, 'z')).toBe(3)
  expect(placeAtHeight(10, [], 'z')).toBe(0)
})

plain('BOARD-9 over itself, above or below, the card in hand is at its own place', () => {
  for (const y of [topAt(1) + 1, topAt(1) + CARD_HEIGHT - 1]) expect(placeAtHeight(y, cards, 'b')).toBe(1)
  expect(placeAtHeight(topAt(0), cards, 'b')).toBe(0)
  expect(placeAtHeight(topAt(2) + CARD_HEIGHT, cards, 'b')).toBe(2)
})

test.prop([fc.nat(12), fc.integer({ min: -1, max: 11 }), fc.nat(12)])(
  'BOARD-10 a place and the card beside it say the same, and a drop there lands there',
  (count, own, wanted) => {
    const column = Array.from({ length: count }, (_, at) => ({ id: `c${at}` }))
    const held = column[own]?.id ?? 'from elsewhere'
    const others = column.filter(({ id }) => id !== held)
    const place = Math.min(wanted, others.length)
    const spot = spotOf(column, held, place)
    expect(placeOf(column, held, spot)).toBe(place)
    const { afterId, beforeId } = neighboursAt(column, new Set([held]), spot)
    expect([afterId, beforeId]).toEqual([others[place - 1]?.id ?? null, others[place]?.id ?? null])
  },
)

plain('BOARD-10 the place stays beside its card when others come, and is the bottom when that card goes', () => {
  const spot = spotOf(cards, 'z', 1)
  expect(placeOf([{ id: 'new' }, ...cards], 'z', spot)).toBe(2)
  expect(placeOf([{ id: 'a' }, { id: 'c' }], 'z', spot)).toBe(2)
})

plain('BOARD-10 a long list is looked through once for the card in hand, however often its place is asked', () => {
  let looks = 0
  const column = Array.from({ length: 1_000 }, (_, at) => ({
    get id() {
      looks++
      return `c${at}`
    },
  }))
  for (const y of [0, 100, 200, 300]) {
    const spot = spotOf(column, 'z', placeAtHeight(y, column, 'z'))
    expect(isOwnPlace(column, 'z', spot)).toBe(false)
  }
  expect(looks).toBeLessThan(1_100)
})

plain('BOARD-10 its own place is known as such', () => {
  expect(isOwnPlace(cards, 'b', spotOf(cards, 'b', 1))).toBe(true)
  expect(isOwnPlace(cards, 'b', spotOf(cards, 'b', 0))).toBe(false)
  expect(isOwnPlace(cards, 'z', spotOf(cards, 'z', 0))).toBe(false)
})

plain('BOARD-11 the line is in the middle of the gap between two cards', () => {
  expect(lineAt(cards, 'z', 1)).toBe((topAt(0) + CARD_HEIGHT + topAt(1)) / 2)
  expect(lineAt(cards, 'a', 1)).toBe((topAt(1) + CARD_HEIGHT + topAt(2)) / 2)
  expect(lineAt(cards, 'c', 1)).toBe((topAt(0) + CARD_HEIGHT + topAt(1)) / 2)
})

plain('BOARD-12 keys step from place to place and stay at the ends', () => {
  expect([stepPlace('ArrowUp', 2, 3), stepPlace('ArrowUp', 0, 3)]).toEqual([1, 0])
  expect([stepPlace('ArrowDown', 2, 3), stepPlace('ArrowDown', 3, 3)]).toEqual([3, 3])
  expect([stepPlace('Home', 2, 3), stepPlace('End', 2, 3)]).toEqual([0, 3])
  expect(sayPlace(cards, 'b', 1, 'To do')).toBe('place 2 of 3 in To do')
  expect(sayPlace(cards, 'z', 0, 'To do')).toBe('place 1 of 4 in To do')
})

plain('BOARD-12 past the end of a column keys go on in the next one below or above it, where there is one', () => {
  const columns = [
    { columnId: 'one', cards },
    { columnId: 'two', cards: [{ id: 'z' }] },
  ]
  const step = (key: Parameters<typeof stepAmong>[0], columnId: string, place: number, heldId = 'b') => {
    const next = stepAmong(key, { columnId, place }, columns, heldId)
    return `${next.columnId} ${next.place}`
  }
  expect([step('ArrowDown', 'one', 1), step('ArrowDown', 'one', 2), step('ArrowDown', 'two', 1)]).toEqual(['one 2', 'two 0', 'two 1'])
  expect([step('ArrowUp', 'two', 0), step('ArrowUp', 'two', 0, 'z'), step('ArrowUp', 'one', 0)]).toEqual(['one 2', 'one 3', 'one 0'])
  expect([step('Home', 'two', 1), step('End', 'one', 0)]).toEqual(['two 0', 'one 2'])
})
