import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { expect, test } from 'vitest'
import { makeRoom } from './window.ts'

const said = (content: string): ChatCompletionMessageParam => ({ role: 'user', content })
const result = (id: string): ChatCompletionMessageParam => ({ role: 'tool', tool_call_id: id, content: id.repeat(4_000) })

test('AGENT-5 W35 when a window fills the oldest results give way, and they are counted', () => {
  const messages = [said('Build it.'), result('a'), result('b'), result('c'), said('1'), said('2'), said('3'), said('4')]
  expect(makeRoom(messages, 7_000, null)).toBe(0)
  expect(makeRoom(messages, 7_000, 10_000)).toBe(0)
  expect(makeRoom(messages, 7_600, 12_000)).toBe(0)
  expect(makeRoom(messages, 6_900, 9_000)).toBe(3)
  expect(messages.map(({ content }) => String(content).slice(0, 9))).toEqual([
    'Build it.',
    '(left out',
    '(left out',
    '(left out',
    '1',
    '2',
    '3',
    '4',
  ])
  expect(makeRoom(messages, 6_900, 9_000), 'each gives way once').toBe(0)
  const few = [result('a'), result('b'), result('c'), result('d'), said('1'), said('2'), said('3'), said('4')]
  expect(makeRoom(few, 7_500, 10_000), 'no more than needed').toBe(3)
})
