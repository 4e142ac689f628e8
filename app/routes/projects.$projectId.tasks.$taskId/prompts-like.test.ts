import { expect, test } from 'vitest'
import { promptsLike } from './prompts-like.ts'

const version = (id: string, title: string, number: number, label: 'draft' | 'approved' = 'draft', content = '') => ({
  id,
  familyId: title,
  parentId: number > 1 ? `${id.slice(0, 1)}${number - 1}` : null,
  title,
  version: number,
  label,
  content,
  createdAt: number,
})
const ALL = [
  version('p1', 'Pay', 1),
  version('p2', 'Pay', 2, 'approved'),
  version('p3', 'Pay', 3),
  version('s1', 'Sort', 1, 'approved', 'Whoever has to pay comes first, says v3.'),
]
const found = (typed: string, given: { without?: string; onlyApproved?: boolean } = {}) =>
  promptsLike(ALL, typed, { without: null, onlyApproved: false, ...given }).map(({ id }) => id)

test('PICK-2 the newest version of each prompt is offered, the newest approved one, and any other by its number', () => {
  expect(found('')).toEqual(['p3', 'p2', 's1'])
  expect(found('v1')).toEqual(['s1', 'p1'])
  expect(found('pay V1')).toEqual(['p1', 's1'])
  expect(found('v3'), 'a text that names a version is not that version').toEqual(['p3'])
  expect(found('sort')).toEqual(['s1'])
  expect(found('nothing')).toEqual([])
})

test('PICK-2 a title goes before a text; what cannot be started comes last; what the card has is not offered', () => {
  expect(found('pay')).toEqual(['p3', 'p2', 's1'])
  expect(found('pay', { onlyApproved: true })).toEqual(['p2', 's1', 'p3'])
  expect(found('', { without: 'p3' })).toEqual(['p2', 's1'])
})
