import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import { compareOrder, isOrder, orderBetween, ordersBetween } from './order.ts'

test('ORDER-1 however often and wherever one inserts, keys sort as bytes in the order of the list', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), fc.integer(), (spots, seed) => {
      const random = seededDice(seed)
      const keys: string[] = []
      for (const spot of spots) {
        const at = spot % (keys.length + 1)
        keys.splice(at, 0, orderBetween(keys[at - 1] ?? null, keys[at] ?? null, random))
      }
      expect([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(keys)
      expect(new Set(keys).size).toBe(keys.length)
    }),
  )
})

test('ORDER-2 two people who drop at one spot at once get different keys', () => {
  const keys = Array.from({ length: 5_000 }, (_, seed) => orderBetween('a0', 'a1', seededDice(seed)))
  expect(new Set(keys).size).toBe(keys.length)
})

test('ORDER-3 neighbours that are no keys, are equal, or stand the wrong way round never throw, and the key is valid', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('a0', 'a1', 'Zz')),
      fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('a0', 'a1', 'Zz')),
      (before, after) => {
        const key = orderBetween(before, after, seededDice(1))
        expect(isOrder(key)).toBe(true)
        if (before !== null && isOrder(before)) expect(key > before).toBe(true)
      },
    ),
    {
      examples: [
        ['Y {', ''],
        ['a!', null],
        ['', 'a0'],
        ['a0', 'a0'],
        ['a1', 'a0'],
      ],
    },
  )
})

test('ORDER-4 many keys at once are rising and lie between their neighbours', () => {
  const keys = ordersBetween('a0', 'a1', 100, seededDice(4))
  expect(['a0', ...keys, 'a1']).toEqual(['a0', ...keys, 'a1'].sort())
  expect(keys).toHaveLength(100)
  expect(ordersBetween(null, null, 3, seededDice(5)).every(isOrder)).toBe(true)
})

test('ORDER-5 equal keys never swap: the id breaks the tie', () => {
  const cards = [
    { id: 'b', order: 'a0' },
    { id: 'a', order: 'a0' },
    { id: 'c', order: 'Zz' },
  ]
  expect([...cards].sort(compareOrder).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  expect(compareOrder({ id: 'a', order: 'a0' }, { id: 'a', order: 'a0' })).toBe(0)
})
