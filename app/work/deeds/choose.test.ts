import { expect, test } from 'vitest'
import { dueDays, sayDue } from './due-days.ts'
import { holdsOf, labelsOf } from './holds.ts'

test('BOARD-26 the days to choose from, at noon, whatever day it is', () => {
  const said = (...now: [number, number, number]) => dueDays(new Date(...now, 23, 30)).map(({ at }) => sayDue(at))
  expect(said(2026, 10, 26)).toEqual(['Thu 26 Nov', 'Fri 27 Nov', 'Mon 30 Nov', 'Thu 10 Dec', 'Sat 26 Dec'])
  expect(said(2026, 10, 29)[2], 'on a Sunday').toBe('Mon 30 Nov')
  expect(said(2026, 10, 30)[2], 'on a Monday').toBe('Mon 7 Dec')
  expect(said(2026, 0, 31)[4], 'a month has no such day').toBe('Sat 28 Feb')
  expect(new Date(dueDays(new Date(2026, 10, 26))[0]?.at ?? 0).getHours()).toBe(12)
})

test('BOARD-25 a choice says of how many of the cards it is so', () => {
  const isEven = (number: number) => number % 2 === 0
  expect([[2, 4], [2, 3], [1, 3]].map((cards) => holdsOf(cards, isEven))).toEqual(['all', 'some', 'none']) // biome-ignore format: one line
})

test('BOARD-25 the labels of a board, those used most first', () => {
  expect(labelsOf([{ labels: ['b', 'c'] }, { labels: ['a', 'c'] }, { labels: [] }])).toEqual(['c', 'a', 'b'])
})
