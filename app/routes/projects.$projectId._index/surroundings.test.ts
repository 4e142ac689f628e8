import { expect, test, vi } from 'vitest'
import { FIRM } from './standing.ts'
import { Surroundings } from './surroundings.ts'

const nothing = { marks: new Map(), unsaved: new Set<string>(), people: new Map(), standing: () => FIRM, find: () => undefined }

test('BOARD-19 a change tells the cards it concerns and no others', () => {
  const around = new Surroundings()
  const [a, b] = [vi.fn(), vi.fn()]
  around.of('a')
  around.of('b')
  around.listen('a', a)
  const stop = around.listen('b', b)
  around.change({ ...nothing, unsaved: new Set(['a', 'elsewhere']) })
  expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0])
  expect(around.of('a')).toEqual({ marks: undefined, isUnsaved: true, people: [], ...FIRM })
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

test('BOARD-19 BOARD-28 a card is told when it is blocked no more, and not when it is blocked as before', () => {
  const around = new Surroundings()
  const blocked = (words: string) => ({ ...nothing, standing: (id: string) => ({ ...FIRM, blocked: id === 'a' ? words : '' }) })
  around.change(blocked('Blocked by APP-1 “Before”'))
  const before = around.of('a')
  const heard = vi.fn()
  around.listen('a', heard)
  around.change(blocked('Blocked by APP-1 “Before”'))
  expect(around.of('a')).toBe(before)
  around.change(blocked(''))
  expect(heard).toHaveBeenCalledOnce()
  expect(around.of('a')).toMatchObject(FIRM)
})
