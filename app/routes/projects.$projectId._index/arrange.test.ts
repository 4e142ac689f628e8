import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { arrange, type Placed } from './arrange.ts'

const card = fc.record({
  id: fc.constantFrom(...'abcdefghij'),
  columnId: fc.constantFrom('x', 'y', 'z'),
  order: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
  status: fc.constantFrom('backlog', 'todo'),
})
const board = fc.uniqueArray(card, { selector: ({ id }) => id })
/** The column `z` comes and goes; its cards then stand where their status leads, and some status leads nowhere. */
const TWO = [
  { id: 'x', status: 'done' },
  { id: 'y', status: 'todo' },
]
const THREE = [...TWO, { id: 'z', status: 'review' }]

/** What anyone would write without caring for speed. */
const simply = (rows: readonly Placed[], columns: typeof TWO) => {
  const home = (row: Placed) => (row.columnId !== 'z' || columns === THREE ? row.columnId : row.status === 'todo' ? 'y' : 'x')
  const placed = rows.map((row) => ({ ...row, columnId: home(row) }))
  return Object.fromEntries(
    ['x', 'y', 'z'].map((column) => [
      column,
      placed.filter((row) => row.columnId === column).sort((a, b) => (a.order + a.id < b.order + b.id ? -1 : 1)),
    ]),
  )
}
const lists = (arranged: ReturnType<typeof arrange<Placed>>) =>
  Object.fromEntries(['x', 'y', 'z'].map((column) => [column, [...(arranged.byColumn.get(column) ?? [])]]))

test.prop([fc.array(fc.record({ next: board, columns: fc.constantFrom(THREE, THREE, TWO) }), { minLength: 1, maxLength: 8 })])(
  'BOARD-1 BOARD-2 after any run of changes every column reads as if sorted from scratch',
  (boards) => {
    let arranged: ReturnType<typeof arrange<Placed>> | undefined
    let before: Placed[] = []
    for (const { next, columns } of boards) {
      const rows = next.map((row) => before.find((old) => JSON.stringify(old) === JSON.stringify(row)) ?? row)
      arranged = arrange(arranged, rows, columns)
      expect(lists(arranged)).toEqual(simply(rows, columns))
      expect(arranged.byId.size).toBe(rows.length)
      before = rows
    }
  },
)

plain('BOARD-1 a column nothing happened in keeps its very list', () => {
  const [a, b, c] = [
    { id: 'a', columnId: 'x', order: 'a1', status: 'todo' },
    { id: 'b', columnId: 'y', order: 'a1', status: 'todo' },
    { id: 'c', columnId: 'z', order: 'a1', status: 'todo' },
  ]
  const first = arrange<Placed>(undefined, [a, b, c], THREE)
  const second = arrange(first, [{ ...a, columnId: 'y' }, b, c], THREE)
  expect(second.byColumn.get('z')).toBe(first.byColumn.get('z'))
  expect(second.byColumn.get('y')?.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(arrange(second, [...second.rows], THREE)).toBe(second)
})

plain('BOARD-2 a card whose column is gone is shown in the column of its status', () => {
  const columns = [
    { id: 'one', status: 'backlog' },
    { id: 'two', status: 'review' },
  ]
  const rows = [
    { id: 'a', columnId: 'gone', order: 'a0', status: 'review' },
    { id: 'b', columnId: 'gone', order: 'a0', status: 'done' },
    { id: 'c', columnId: 'one', order: 'a0', status: 'backlog' },
  ]
  const { byColumn, byId } = arrange(undefined, rows, columns)
  expect([...byColumn].map(([column, cards]) => [column, ...cards.map(({ id }) => id)])).toEqual([
    ['two', 'a'],
    ['one', 'b', 'c'],
  ])
  expect(byId.get('b')?.columnId).toBe('one')
})
