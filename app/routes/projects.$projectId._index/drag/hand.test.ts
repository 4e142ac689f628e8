import { expect, test, vi } from 'vitest'
import { Hand } from './hand.ts'

test('BOARD-14 one hand holds one card: picking another up puts the first one back', () => {
  const hand = new Hand()
  const putBack = vi.fn(() => hand.letGo())
  hand.take('a', putBack)
  hand.aim({ columnId: 'todo', spot: null })
  hand.take('b', () => hand.letGo())
  expect(putBack).toHaveBeenCalledOnce()
  expect([hand.cardId, [...hand.ids], hand.target]).toEqual(['b', ['b'], null])
  hand.cancel()
  expect([hand.cardId, hand.ids.size]).toEqual([null, 0])
  hand.take('a', () => hand.letGo(), new Set(['c', 'a']))
  expect([...hand.ids], 'a card brings along what is selected with it').toEqual(['c', 'a'])
})

test('BOARD-14 the same place again tells nobody', () => {
  const hand = new Hand()
  hand.take('a', () => hand.letGo())
  const heard = vi.fn()
  hand.subscribe(heard)
  hand.aim({ columnId: 'todo', spot: { id: 'x', side: 'before' } })
  hand.aim({ columnId: 'todo', spot: { id: 'x', side: 'before' } })
  expect(heard).toHaveBeenCalledOnce()
  hand.aim({ columnId: 'todo', spot: { id: 'x', side: 'after' } })
  expect(heard).toHaveBeenCalledTimes(2)
})
