import { expect, test } from 'vitest'
import { neighboursAt, topOf } from './neighbours.ts'

const cards = ['a', 'b', 'c'].map((id) => ({ id }))

test('BOARD-3 before and after a card of another column', () => {
  expect(neighboursAt(cards, new Set(['z']), { id: 'a', side: 'before' })).toEqual({ afterId: null, beforeId: 'a' })
  expect(neighboursAt(cards, new Set(['z']), { id: 'a', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'b' })
  expect(neighboursAt(cards, new Set(['z']), { id: 'c', side: 'after' })).toEqual({ afterId: 'c', beforeId: null })
})

test('BOARD-3 within its own column the moved card is not its own neighbour', () => {
  expect(neighboursAt(cards, new Set(['a']), { id: 'b', side: 'after' })).toEqual({ afterId: 'b', beforeId: 'c' })
  expect(neighboursAt(cards, new Set(['b']), { id: 'c', side: 'before' })).toEqual({ afterId: 'a', beforeId: 'c' })
  expect(neighboursAt(cards, new Set(['b']), { id: 'b', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'c' })
})

test('BOARD-3 of several that move none is a neighbour, wherever they stand', () => {
  const moved = new Set(['a', 'b'])
  expect(neighboursAt(cards, moved, { id: 'c', side: 'before' })).toEqual({ afterId: null, beforeId: 'c' })
  expect(neighboursAt(cards, moved, { id: 'a', side: 'after' })).toEqual({ afterId: null, beforeId: 'c' })
  expect(neighboursAt(cards, new Set(['b', 'c']), null)).toEqual({ afterId: 'a', beforeId: null })
  expect(topOf(cards, moved)).toEqual({ afterId: null, beforeId: 'c' })
})

test('BOARD-3 on the column itself, or beside a card that has gone, means the bottom', () => {
  expect(neighboursAt(cards, new Set(['z']), null)).toEqual({ afterId: 'c', beforeId: null })
  expect(neighboursAt(cards, new Set(['z']), { id: 'gone', side: 'after' })).toEqual({ afterId: 'c', beforeId: null })
  expect(neighboursAt([], new Set(['z']), null)).toEqual({ afterId: null, beforeId: null })
})

test('BOARD-3 a drop at the top of a long column looks at no card below it', () => {
  const far = {
    get id(): string {
      throw new Error('looked at a card far below')
    },
  }
  expect(neighboursAt([...cards, far], new Set(['z']), { id: 'a', side: 'after' })).toEqual({ afterId: 'a', beforeId: 'b' })
})

test('BOARD-4 the top of a column is above its first other card', () => {
  expect(topOf(cards, new Set(['a']))).toEqual({ afterId: null, beforeId: 'b' })
  expect(topOf([], new Set(['a']))).toEqual({ afterId: null, beforeId: null })
})
