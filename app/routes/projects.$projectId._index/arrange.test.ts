import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { arrange, atHome, type Placed } from './arrange.ts'

const card = fc.record({
  id: fc.constantFrom(...'abcdefghij'),
  columnId: fc.constantFrom('x', 'y', 'z'),
  order: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
})
const board = fc.uniqueArray(card, { selector: ({ id }) => id })

/** What anyone would write without caring for speed. */
const simply = (rows: readonly Placed[]) =>
  Object.fromEntries(
    ['x', 'y', 'z'].map((column) => [
      column,
      rows.filter((row) => row.columnId === column).sort((a, b) => (a.order + a.id < b.order + b.id ? -1 : 1)),
    ]),
  )
const lists = (arranged: ReturnType<typeof arrange<Placed>>) =>
  Object.fromEntries(['x', 'y', 'z'].map((column) => [column, [...(arranged.byColumn.get(column) ?? [])]]))

test.prop([fc.array(board, { minLength: 1, maxLength: 8 })])(
  'BOARD-1 after any run of changes every column reads as if sorted from scratch',
  (boards) => {
    let arranged: ReturnType<typeof arrange<Placed>> | undefined
    let before: Placed[] = []
    for (const next of boards) {
      const rows = next.map((row) => before.find((old) => JSON.stringify(old) === JSON.stringify(row)) ?? row)
      arranged = arrange(arranged, rows)
      expect(lists(arranged)).toEqual(simply(rows))
      expect(arranged.byId.size).toBe(rows.length)
      before = rows
    }
  },
)

plain('BOARD-1 a column nothing happened in keeps its very list', () => {
  const [a, b, c] = [
    { id: 'a', columnId: 'x', order: 'a1' },
    { id: 'b', columnId: 'y', order: 'a1' },
    { id: 'c', columnId: 'z', order: 'a1' },
  ]
  const first = arrange(undefined, [a, b, c] as Placed[])
  const second = arrange(first, [{ ...a, columnId: 'y' }, b, c] as Placed[])
  expect(second.byColumn.get('z')).toBe(first.byColumn.get('z'))
  expect(second.byColumn.get('y')?.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(arrange(second, [...second.rows])).toBe(second)
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
  expect(atHome(rows, columns).map(({ columnId }) => columnId)).toEqual(['two', 'one', 'one'])
})
