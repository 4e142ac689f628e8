import { expect, test } from 'vitest'
import { sayLines } from './hands.ts'

test('lines are counted as a diff counts them', () => {
  expect(['', '\n', 'one', 'one\n', 'one\ntwo\n', 'one\ntwo'].map(sayLines)).toEqual([
    'no line',
    'one line',
    'one line',
    'one line',
    '2 lines',
    '2 lines',
  ])
})
