import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

const card = (id: string, priority: string, dueAt: number | null) => ({ id, priority, dueAt })
const columns = ['todo', 'empty', 'done'].map((id) => ({ id, name: id, wipLimit: null }))
const shown = new Map([
  ['todo', [card('a', 'none', 9), card('b', 'urgent', null), card('c', 'low', 3), card('d', 'urgent', 9)]],
  ['done', [card('e', 'high', null)]],
])
const ids = (sort: Parameters<typeof linesOf>[2]) => linesOf(columns, shown, sort, (id) => id.charCodeAt(0)).cards.map(({ id }) => id).join('') // biome-ignore format: one line

test('LIST-1 column after column under their heads, empty ones left out, and every card knows its line', () => {
  const { lines, cards, lineOf } = linesOf(columns, shown, 'order', () => 0)
  expect(lines.map(({ id }) => id)).toEqual(['head todo', 'a', 'b', 'c', 'd', 'head done', 'e'])
  expect(cards.map((_, at) => lines[lineOf[at] ?? -1]?.id)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('LIST-1 sorted within each column; those alike stay as on the board, and what has no date comes last', () => {
  expect([ids('order'), ids('priority'), ids('due'), ids('updated')]).toEqual(['abcde', 'bdcae', 'cadbe', 'dcbae'])
})
