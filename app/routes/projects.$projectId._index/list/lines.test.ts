import { expect, test } from 'vitest'
import { lineOfPlace, linesOf, placeOverLine } from './lines.ts'

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

test('LIST-2 over each line stands a place of the column it is in, and back; the card in hand never counts', () => {
  const { lines } = linesOf(columns, shown, 'order', () => 0)
  const places = (heldId: string) => lines.map((_, gap) => placeOverLine(lines, gap + 1, heldId)).map((at) => at && `${at.columnId} ${at.place}`) // biome-ignore format: one line
  expect(places('e')).toEqual(['todo 0', 'todo 1', 'todo 2', 'todo 3', 'todo 4', 'done 0', 'done 0'])
  expect(places('b')).toEqual(['todo 0', 'todo 1', 'todo 1', 'todo 2', 'todo 3', 'done 0', 'done 1'])
  expect([placeOverLine(lines, 0, 'b'), placeOverLine(lines, 99, 'b')]).toEqual([
    { columnId: 'todo', place: 0 },
    { columnId: 'done', place: 1 },
  ])
  for (const heldId of ['b', 'e', 'from elsewhere'])
    for (const place of [0, 1, 2, 3]) {
      const at = lineOfPlace(lines, { columnId: 'todo', place }, heldId) ?? -1
      expect(placeOverLine(lines, at, heldId)).toEqual({ columnId: 'todo', place })
    }
  expect(lineOfPlace(lines, { columnId: 'empty', place: 0 }, 'b')).toBeNull()
})
