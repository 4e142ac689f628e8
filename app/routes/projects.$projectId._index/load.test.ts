import { expect, test } from 'vitest'
import { decideLoad } from './load.ts'

test('BOARD-27 a column says in words that it is full, or by how many it is over', () => {
  expect([4, 5, 7].map((total) => decideLoad(total, 5))).toEqual([
    { isOver: false, words: '' },
    { isOver: false, words: 'full' },
    { isOver: true, words: '2 over' },
  ])
})
