import { expect, test } from 'vitest'
import { sayChange } from './say-change.ts'

const names = {
  card: (id: string) => `SHOP-${id}`,
  person: (id: string) => `Person ${id}`,
  column: (id: string) => `Column ${id}`,
  prompt: (id: string) => `Prompt ${id}`,
}
const say = (fields: Record<string, [unknown, unknown]>) =>
  sayChange(
    { fields: Object.fromEntries(Object.entries(fields).map(([field, [before, after]]) => [field, { before, after }])) as never },
    names,
  )

test('TIMELINE-2 B28 a change is told with the old value and the new one, in words', () => {
  expect(say({ title: ['Pay', 'Pay by card'] })).toBe('changed the title from “Pay” to “Pay by card”')
  expect(say({ columnId: ['1', '2'], status: ['todo', 'review'] })).toBe('moved the card from “Column 1” to “Column 2”')
  expect(say({ status: ['in_progress', 'done'] })).toBe('changed the status from “In progress” to “Done”')
  expect(say({ priority: ['none', 'high'], assignee: [null, 'a'] })).toBe(
    'changed the assignee from nobody to Person a, changed the priority from “No priority” to “High”',
  )
  expect(say({ labels: [[], ['ui', 'api']] })).toBe('added “ui”, “api” to the labels')
  expect(say({ dependsOn: [['4'], []] })).toBe('took SHOP-4 off the blockers')
  expect(say({ checklist: [[{ id: '1', text: 'Test it', done: false }], [{ id: '1', text: 'Test it', done: true }]] })).toBe(
    'changed the checklist from ☐ Test it to ☑ Test it',
  )
  expect(say({ checklist: [[], []] })).toBe('put the checklist in another order')
  expect(say({ shortId: ['SHOP-4', 'SHOP-6'] })).toBe('gave the card the number SHOP-6: another one had SHOP-4 as well')
  expect(say({ archived: [false, true] })).toBe('put the card into the archive')
  expect(say({ promptId: ['a', 'b'], dueAt: [null, Date.UTC(2026, 10, 26, 12)] })).toBe(
    'changed the due date from no day to 26 Nov 2026, changed the prompt from “Prompt a” to “Prompt b”',
  )
  expect(say({ promptId: [null, 'a'] })).toBe('chose the prompt “Prompt a”')
  expect(say({ promptId: ['a', null] })).toBe('took away the prompt “Prompt a”')
  expect(say({ parentAttemptId: ['a', 'b'] })).toBe('chose another card it is a part of')
})
