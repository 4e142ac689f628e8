import { expect, test } from 'vitest'
import { sayLost } from './say-lost.ts'

const names = {
  card: (id: string) => `SHOP-${id}`,
  person: (id: string) => `name of ${id}`,
  column: (id: string) => `column ${id}`,
  prompt: (id: string) => `prompt ${id}`,
}
const say = (field: string, value: Parameters<typeof sayLost>[0]['value']) => sayLost({ field, value }, names)

test('LOST-9 a lost value is said in the words of its field', () => {
  expect(say('title', 'Pay by cash')).toBe('the title to “Pay by cash”')
  expect(say('assignee', null)).toBe('the assignee to nobody')
  expect(say('assignee', 'bob')).toBe('the assignee to name of bob')
  expect(say('columnId', 'c')).toBe('the column to “column c”')
  expect(say('priority', 'none')).toBe('the priority to “No priority”')
  expect(say('dueAt', Date.UTC(2026, 10, 25, 12))).toBe('the due date to 25 Nov 2026')
  expect(say('labels', ['a', 'b'])).toBe('the labels to “a”, “b”')
  expect(say('dependsOn', ['1', '2'])).toBe('the blockers to SHOP-1, SHOP-2')
  expect(say('checklist', [{ id: '1', text: 'Paid', done: true }, { id: '2', text: 'Sent', done: false }])).toBe('the checklist to ☑ Paid, ☐ Sent') // biome-ignore format: one line
  expect(say('promptId', 'p')).toBe('the prompt to “prompt p”')
  expect(say('promptId', null)).toBe('the prompt to nothing')
  expect(say('wipLimit', null)).toBe('the limit to nothing')
})
