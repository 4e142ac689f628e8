import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareOrder, orderBetween } from '#domain/core/order.ts'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import { columnFor, decideGap, nextShortId, openPoints, pathTo, taskLifecycle } from './rules.ts'
import { type Column, TASK_STATUSES } from './schema.ts'

describe('TASK-2 a card’s place', () => {
  const order = (cards: { id: string; order: string }[]): string[] => [...cards].sort(compareOrder).map(({ id }) => id)
  const three = [
    { id: 'a', order: 'a1' },
    { id: 'b', order: 'a2' },
    { id: 'c', order: 'a3' },
  ]
  const keyFor = (cards: readonly { id: string; order: string }[], id: string, beforeId: string | null, seed: number): string =>
    orderBetween(...decideGap(cards, new Set([id]), beforeId), seededDice(seed))
  const moved = (id: string, beforeId: string | null): string[] =>
    order(three.map((card) => (card.id === id ? { id, order: keyFor(three, id, beforeId, 1) } : card)))

  test.each([
    ['c', 'a', ['c', 'a', 'b']],
    ['c', 'b', ['a', 'c', 'b']],
    ['a', 'c', ['b', 'a', 'c']],
    ['a', null, ['b', 'c', 'a']],
    ['a', 'gone', ['b', 'c', 'a']],
  ] as const)('TASK-2 %s before %s', (id, beforeId, expected) => {
    expect(moved(id, beforeId)).toEqual(expected)
  })

  test('TASK-2 an empty column takes any card, and a card may be dropped before itself’s own place', () => {
    expect(keyFor([], 'x', null, 2)).toBeTruthy()
    expect(moved('b', 'c')).toEqual(['a', 'b', 'c'])
  })

  test('TASK-2 among any keys, equal and broken ones too, it never throws and never lands below the card it was dropped on', () => {
    const key = fc.oneof(fc.constantFrom('a0', 'a1', 'a1', 'a2', 'Zz'), fc.string({ maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(key, { maxLength: 12 }), fc.nat(), fc.integer(), (keys, spot, seed) => {
        const cards = keys.map((order, at) => ({ id: `card${String(at).padStart(2, '0')}`, order }))
        const before = cards[spot % Math.max(1, cards.length)]
        const place = keyFor(cards, 'moved', before?.id ?? null, seed)
        if (before && /^a[0-2]$/.test(before.order)) expect(place < before.order).toBe(true)
      }),
    )
  })
})

describe('TASK-3 short ids', () => {
  test('TASK-3 one more than the highest number taken, whatever was deleted between', () => {
    expect(nextShortId('APP', [])).toBe('APP-1')
    expect(nextShortId('APP', ['APP-1', 'APP-9', 'APP-3'])).toBe('APP-10')
  })

  test('TASK-3 ids no board of ours would make do not count', () => {
    expect(nextShortId('APP', ['', 'nonsense', 'APP-', 'APP-x', 'APP-2'])).toBe('APP-3')
  })
})

test('TASK-4 a fact moves a card to the first column of the status, in the board’s order', () => {
  const column = (id: string, status: Column['status'], order: string): Column =>
    ({ id, status, order, projectId: 'p', name: id, wipLimit: null, lost: [], createdAt: 0, updatedAt: 0, createdBy: '' }) satisfies Column
  const board = [column('qa', 'review', 'a4'), column('review', 'review', 'a3'), column('done', 'done', 'a5')]
  expect(columnFor(board, 'review')?.id).toBe('review')
  expect(columnFor(board, 'todo')).toBeUndefined()
})

describe('TASK-5 paths by facts', () => {
  const pairs = TASK_STATUSES.flatMap((from) => TASK_STATUSES.map((to) => [from, to] as const))

  test.each(pairs)('TASK-5 %s → %s walks legal steps only, never through cancelled', (from, to) => {
    let at = from
    for (const next of pathTo(from, to)) {
      expect(taskLifecycle.next[at]).toContain(next)
      if (next === 'cancelled') expect(to).toBe('cancelled')
      at = next
    }
    if (pathTo(from, to).length > 0) expect(at).toBe(to)
  })

  test('TASK-5 what facts need has a path', () => {
    expect(pathTo('backlog', 'in_progress')).toEqual(['todo', 'in_progress'])
    expect(pathTo('in_progress', 'review')).toEqual(['review'])
    expect(pathTo('review', 'done')).toEqual(['done'])
    expect(pathTo('done', 'done')).toEqual([])
  })
})

test('TASK-12 what is still to be shown stands in the card’s own order', () => {
  const points = [
    { id: 'a', text: 'It floats', done: false },
    { id: 'b', text: 'It is red', done: true },
    { id: 'c', text: 'It is tied', done: false },
  ]
  expect(openPoints(points).map(({ text }) => text)).toEqual(['It floats', 'It is tied'])
  expect(openPoints([])).toEqual([])
})
