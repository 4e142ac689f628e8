import { expect, test, vi } from 'vitest'
import { Surroundings } from './surroundings.ts'

const nothing = { marks: new Map(), unsaved: new Set<string>(), people: new Map() }

test('BOARD-19 a change tells the cards it concerns and no others', () => {
  const around = new Surroundings()
  const [a, b] = [vi.fn(), vi.fn()]
  around.of('a')
  around.of('b')
  around.listen('a', a)
  const stop = around.listen('b', b)
  around.change({ ...nothing, unsaved: new Set(['a', 'elsewhere']) })
  expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0])
  expect(around.of('a')).toEqual({ marks: undefined, isUnsaved: true, people: [] })
  stop()
  around.change({ ...nothing, unsaved: new Set(['b']) })
  expect([a.mock.calls.length, b.mock.calls.length]).toEqual([2, 0])
})

test('BOARD-19 the same people in a new list are no change', () => {
  const around = new Surroundings()
  const people = () => new Map([['a', [{ id: 'bob', name: 'Bob' }]]])
  around.change({ ...nothing, people: people() })
  const before = around.of('a')
  const heard = vi.fn()
  around.listen('a', heard)
  around.change({ ...nothing, people: people() })
  expect(around.of('a')).toBe(before)
  expect(heard).not.toHaveBeenCalled()
})
