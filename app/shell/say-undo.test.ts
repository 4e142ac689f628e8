import { expect, test } from 'vitest'
import type { RowChange } from '#domain/core/row-change.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { sayUndo } from './say-undo.ts'

const created: RowChange = { kind: 'created', collection: tasks, id: 'a' }
const removed: RowChange = { kind: 'removed', collection: tasks, id: 'a', values: {} }
const changed = (...names: string[]): RowChange => ({
  kind: 'changed',
  collection: tasks,
  id: 'a',
  fields: Object.fromEntries(names.map((name) => [name, { before: 1, after: 2 }])),
})
const taken = (change: RowChange, count = 1, stayed = 0) => ({ kind: 'taken' as const, what: { change, label: 'Pay', count }, stayed })

test('SHELL-2 undo and redo say what they did, and why they did not', () => {
  expect(sayUndo(taken(created), 'undo').sentence).toBe('Undone: adding “Pay”.')
  expect(sayUndo(taken(removed), 'undo').sentence).toBe('Undone: deleting “Pay”.')
  expect(sayUndo(taken(removed), 'redo').sentence).toBe('Done again: adding “Pay”.')
  expect(sayUndo(taken(changed('status', 'columnId', 'order')), 'undo').sentence).toBe('Undone: moving “Pay”.')
  expect(sayUndo(taken(changed('dueAt')), 'redo').sentence).toBe('Done again: the due date of “Pay”.')
  expect(sayUndo(taken(changed('columnId', 'order'), 50), 'undo').sentence).toBe('Undone: moving 50 cards.')
  expect(sayUndo(taken(created, 7, 2), 'undo').sentence).toBe('Undone: adding 7 cards. What others changed since stays as it is.')
  expect(sayUndo({ kind: 'stays', what: { change: changed('title'), label: '', count: 1 } }, 'undo')).toEqual({
    kind: 'refused',
    sentence: 'Somebody else has changed a card since, so it stays as it is.',
  })
  expect(sayUndo({ kind: 'nothing' }, 'undo').sentence).toContain('since this page was loaded')
})
