import { expect, it } from 'vitest'
import { withLabels } from './with-labels.ts'

it('approved is what an approval stands for, and everything else is a draft (R11)', () => {
  const approval = { id: 'a', approved: true, by: 'ada', at: 1 }
  expect(withLabels([{ id: 'a' }, { id: 'b' }, { id: 'c' }], [approval, { ...approval, id: 'b', approved: false }])).toEqual([
    { id: 'a', label: 'approved', approval },
    { id: 'b', label: 'draft', approval: null },
    { id: 'c', label: 'draft', approval: null },
  ])
})
