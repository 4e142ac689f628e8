import { expect, test } from 'vitest'
import { sayWhy } from './say-need.ts'

const say = (need: Partial<Parameters<typeof sayWhy>[0]>) =>
  sayWhy({ kind: 'card', why: 'review', said: '', by: null, open: 0, ...need }, (id) => `name of ${id}`)

test('NEED-7 why something waits is said in the words of whoever stopped, else in ours', () => {
  expect(say({ why: 'failed', said: 'The model\n refused.' })).toBe('The model refused.')
  expect(say({ why: 'failed' })).toBe('The attempt did not get to its end.')
  expect(say({ said: 'Wrote `the form`.', by: 'bob' })).toBe('Wrote the form.')
  expect(say({ why: 'mention', said: '@Ada,\ncan you?', by: 'bob' })).toBe('name of bob: @Ada, can you?')
  expect(say({ why: 'missed', said: 'No runner was connected at that time.' })).toBe('No runner was connected at that time.')
  expect(say({ why: 'missed' })).toBe('It did not start at its time.')
  expect([1, 2].map((open) => say({ kind: 'prompt', why: 'approval', open }))).toEqual(['One card waits to start from it.', '2 cards wait to start from it.']) // biome-ignore format: one line
  expect(say({ by: 'bob' })).toBe('name of bob put it into review.')
  expect(say({})).toBe('The agent has finished.')
  expect(say({ kind: 'interview', why: 'question', open: 1 })).toBe('One topic is still open.')
  expect(say({ kind: 'interview', why: 'question', open: 3 })).toBe('3 topics are still open.')
})
