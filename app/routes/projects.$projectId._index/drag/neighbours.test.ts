import { expect, test } from 'vitest'
import { neighboursAt, topOf } from './neighbours.ts'

const cards = ['a', 'b', 'c'].map((id) => ({ id }))

test('BOARD-3 before and after a card of another column', () => {
  expect(neighboursAt(cards, 'z', { id: 'a', side: 'before' })).toEqual({ afterId: null, beforeId: 'a' })
  expect(neighboursAt(cards, 'z', { id: 'a', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'b' })
  expect(neighboursAt(cards, 'z', { id: 'c', side: 'after' })).toEqual({ afterId: 'c', beforeId: null })
})

test('BOARD-3 within its own column the moved card is not its own neighbour', () => {
  expect(neighboursAt(cards, 'a', { id: 'b', side: 'after' })).toEqual({ afterId: 'b', beforeId: 'c' })
  expect(neighboursAt(cards, 'b', { id: 'c', side: 'before' })).toEqual({ afterId: 'a', beforeId: 'c' })
  expect(neighboursAt(cards, 'b', { id: 'b', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'c' })
})

test('BOARD-3 on the column itself, or beside a card that has gone, means the bottom', () => {
  expect(neighboursAt(cards, 'z', null)).toEqual({ afterId: 'c', beforeId: null })
  expect(neighboursAt(cards, 'z', { id: 'gone', side: 'after' })).toEqual({ afterId: 'c', beforeId: null })
  expect(neighboursAt([], 'z', null)).toEqual({ afterId: null, beforeId: null })
})

test('BOARD-3 a drop at the top of a long column looks at no card below it', () => {
  const far = {
    get id(): string {
      throw new Error('looked at a card far below')
    },
  }
  expect(neighboursAt([...cards, far], 'z', { id: 'a', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'b' })
})

test('BOARD-4 the top of a column is above its first other card', () => {
  expect(topOf(cards, 'a')).toEqual({ afterId: null, beforeId: 'b' })
  expect(topOf([], 'a')).toEqual({ afterId: null, beforeId: null })
})
