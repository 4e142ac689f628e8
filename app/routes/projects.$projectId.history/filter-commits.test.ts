import { describe, expect, it } from 'vitest'
import { byDay, filterCommits, NO_FILTER } from './filter-commits.ts'

const commit = (id: string, fields: object = {}) => ({
  id,
  taskId: 't1',
  sha: `${id}00`,
  type: 'feat' as const,
  scope: null,
  message: 'feat: pay by card',
  author: 'AI System',
  timestamp: 1,
  ...fields,
})

describe('filterCommits', () => {
  const all = [
    commit('a'),
    commit('b', { type: 'fix', message: 'fix(cart): round up', timestamp: 3 }),
    commit('c', { taskId: 't2', timestamp: 2 }),
  ]
  const ids = (filter: object) => filterCommits(all, { ...NO_FILTER, ...filter }).map(({ id }) => id)
  it('newest first', () => expect(ids({})).toEqual(['b', 'c', 'a']))
  it('by type, card, words and hash', () => {
    expect(ids({ type: 'fix' })).toEqual(['b'])
    expect(ids({ taskId: 't2' })).toEqual(['c'])
    expect(ids({ text: 'CARD pay' })).toEqual(['c', 'a'])
    expect(ids({ text: 'a00' })).toEqual(['a'])
  })
})

describe('byDay', () => {
  it('keeps the order and starts a new day once', () => {
    const days = byDay([{ timestamp: 30 }, { timestamp: 25 }, { timestamp: 12 }], (at) => String(Math.floor(at / 10)))
    expect(days.map(({ day, commits }) => [day, commits.length])).toEqual([
      ['3', 1],
      ['2', 1],
      ['1', 1],
    ])
  })
})
