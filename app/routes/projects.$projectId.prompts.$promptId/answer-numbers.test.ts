import { expect, it } from 'vitest'
import { sayAnswers } from './answer-numbers.ts'

it('numbers the answers a prompt came from (R4)', () => {
  const messages = ['q1', 'a1', 'q2', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'].map((id, at) => ({
    id,
    role: id.startsWith('q') ? ('assistant' as const) : ('user' as const),
    order: `a${at}`,
  }))
  expect(sayAnswers(messages, ['a3', 'a7'])).toBe('3, 7')
  expect(sayAnswers([...messages].reverse(), ['a1', 'a2', 'a3', 'a6', 'a7'])).toBe('1–3, 6, 7')
  expect(sayAnswers(messages, ['gone'])).toBe('')
})
