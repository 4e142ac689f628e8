import { describe, expect, test } from 'vitest'
import { type CardFilter, EVERYTHING, filterCards, isEverything, matcherOf, readFilter, toggled, writeFilter } from './card-filter.ts'

const filterOf = (query: string): CardFilter => readFilter(new URLSearchParams(query))

test('FILTER-1 a filter stands in the address and is read back, whatever else stands there', () => {
  const filter: CardFilter = { text: 'pay by', status: ['todo'], priority: ['high', 'urgent'], assignee: ['me'], label: ['a & b'], due: ['overdue'] } // biome-ignore format: one line
  expect(writeFilter(filter)).toBe('text=pay+by&status=todo&priority=high&priority=urgent&assignee=me&label=a+%26+b&due=overdue')
  expect(filterOf(writeFilter(filter))).toEqual(filter)
  expect(writeFilter({ ...filter, priority: ['urgent', 'high'] }), 'the same filter has one address').toBe(writeFilter(filter))
  expect(filterOf('priority=extreme&due=someday&status=&label=x&label=x&other=1')).toEqual({ ...EVERYTHING, label: ['x'] })
  expect([writeFilter(EVERYTHING), isEverything(filterOf('')), isEverything(filterOf('label=x'))]).toEqual(['', true, false])
})

test('FILTER-1 a value is added and taken away', () => {
  const one = toggled(EVERYTHING, 'label', 'x')
  expect([one.label, toggled(toggled(one, 'label', 'y'), 'label', 'x').label]).toEqual([['x'], ['y']])
})

describe('matcherOf', () => {
  const now = new Date(2026, 10, 26, 15)
  const noonOf = (day: number): number => new Date(2026, 10, day, 12).getTime()
  const card = { shortId: 'APP-7', title: 'Pay by card', status: 'todo', priority: 'high', assignee: 'ada', labels: ['shop', 'ui'], dueAt: noonOf(26) } // biome-ignore format: one card
  const holds = (query: string, given: Partial<typeof card> | { assignee: null } | { dueAt: null } = {}): boolean | undefined =>
    matcherOf(filterOf(query), 'ada', now)?.({ ...card, ...given })

  test('FILTER-2 of one facet any value will do, and every facet counts', () => {
    expect(holds('priority=low&priority=high')).toBe(true)
    expect(holds('priority=high&label=docs')).toBe(false)
    expect(holds('priority=high&label=docs&label=ui&status=todo&text=app-7+PAY')).toBe(true)
    expect(holds('text=pay+cash')).toBe(false)
    expect(holds('status=done')).toBe(false)
  })

  test('FILTER-2 me is whoever looks, and nobody is an answer', () => {
    expect([holds('assignee=me'), holds('assignee=me', { assignee: 'bob' }), holds('assignee=nobody&assignee=bob', { assignee: null })]).toEqual([true, false, true]) // biome-ignore format: one line
    expect(holds('assignee=nobody')).toBe(false)
  })

  test('FILTER-2 what is due is told by days, and what is done is not overdue', () => {
    expect([holds('due=overdue'), holds('due=today'), holds('due=week')], 'till the end of the day').toEqual([false, true, true])
    expect([holds('due=overdue', { dueAt: noonOf(25) }), holds('due=overdue', { dueAt: noonOf(25), status: 'done' })]).toEqual([
      true,
      false,
    ])
    expect([holds('due=week', { dueAt: noonOf(32) }), holds('due=week', { dueAt: noonOf(33) })]).toEqual([true, false])
    expect([holds('due=none', { dueAt: null }), holds('due=none&due=today')]).toEqual([true, true])
  })

  test('BOARD-6 where nothing is asked for the lists stay the very same', () => {
    const lists = new Map([['todo', [card, { ...card, title: 'Other' }]]])
    expect(filterCards(lists, matcherOf(filterOf('text=+'), 'ada', now))).toBe(lists)
    expect(filterCards(lists, matcherOf(filterOf('text=other'), 'ada', now)).get('todo')).toHaveLength(1)
  })
})
