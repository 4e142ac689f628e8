import { expect, test } from 'vitest'
import { decideLoad, sayLoad } from './load.ts'

test('BOARD-27 a column says in words that it is full, or by how many it is over', () => {
  expect([4, 5, 7].map((total) => decideLoad(total, 5))).toEqual([
    { isOver: false, words: '' },
    { isOver: false, words: 'full' },
    { isOver: true, words: '2 over' },
  ])
})

test('BOARD-27 B20 how many there are, of how many there may be', () => {
  expect([sayLoad(3, null), sayLoad(3, 5), sayLoad(5, 5), sayLoad(7, 5)]).toEqual(['3', '3/5', '5/5 · full', '7/5 · 2 over'])
})
