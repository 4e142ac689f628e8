import { expect, test } from 'vitest'
import { Selection } from './selection.ts'

const LIST = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const OTHER = ['x', 'y'].map((id) => ({ id }))
const after = (act: (selection: Selection) => void): string => {
  const selection = new Selection()
  act(selection)
  return [...selection.ids].sort().join('')
}

test('BOARD-21 a change of the selection tells the cards it concerns, and no other', () => {
  const selection = new Selection()
  const told: string[] = []
  const stops = LIST.map(({ id }) => selection.listen(id, () => told.push(id)))
  selection.subscribe(() => told.push('all'))
  const tell = (act: () => void): string => {
    told.length = 0
    act()
    return told.join(' ')
  }
  expect(tell(() => selection.toggle('b'))).toBe('b all')
  expect(tell(() => selection.extend('d', LIST))).toBe('c d all')
  expect(tell(() => selection.extend('c', LIST))).toBe('d all')
  expect(tell(() => selection.keep((id) => id !== 'c'))).toBe('c all')
  expect(tell(() => selection.keep(() => true))).toBe('')
  stops[1]?.()
  expect(tell(() => selection.clear())).toBe('all')
})

test('BOARD-22 a card is selected and let go, and so are all of a list, beside what else is selected', () => {
  expect(after((s) => ['a', 'c', 'a'].map((id) => s.toggle(id)))).toBe('c')
  expect(after((s) => [s.toggle('x'), s.toggle('b'), s.toggleAll(LIST)])).toBe('abcdex')
  expect(after((s) => [s.toggle('x'), s.toggleAll(LIST), s.toggleAll(LIST)])).toBe('x')
  expect(after((s) => [s.toggleAll(LIST), s.clear()])).toBe('')
})

test('BOARD-23 a range is led on and back from where it began, and what was selected before stays', () => {
  expect(after((s) => [s.toggle('b'), s.extend('d', LIST)])).toBe('bcd')
  expect(
    after((s) => [s.toggle('c'), s.extend('e', LIST), s.extend('a', LIST)]),
    'past its beginning',
  ).toBe('abc')
  expect(after((s) => [s.toggle('e'), s.toggle('b'), s.extend('d', LIST), s.extend('c', LIST)])).toBe('bce')
  expect(
    after((s) => [s.extend('c', LIST, 'b'), s.extend('d', LIST, 'c')]),
    'step by step with the keyboard',
  ).toBe('bcd')
  expect(
    after((s) => [s.extend('b', LIST, 'a'), s.extend('e', LIST, 'd')]),
    'the keyboard went elsewhere between',
  ).toBe('abde')
})

test('BOARD-23 in another column, or with nothing to begin from, a new range begins', () => {
  expect(after((s) => s.extend('c', LIST))).toBe('c')
  expect(after((s) => [s.toggle('b'), s.extend('y', OTHER), s.extend('x', OTHER)])).toBe('bxy')
})

test('BOARD-24 what goes out of sight is selected no more, and no range begins there', () => {
  expect(after((s) => [s.toggleAll(LIST), s.keep((id) => id < 'c')])).toBe('ab')
  expect(after((s) => [s.toggle('a'), s.toggle('b'), s.keep((id) => id !== 'b'), s.extend('d', LIST)])).toBe('ad')
})
