import { expect, test } from 'vitest'
import { saidOf } from './said-of.ts'

test('CHAT-3 why an attempt stopped is said once: in the bar over the chat, and not again under the last words', () => {
  const limit = 'Fake is at its limit (429).'
  const failed = { reason: `${limit} What was done so far is committed on slipway/app-1.` }
  const message = { role: 'assistant', content: 'Let me look.', error: limit }
  expect(saidOf(message, failed)).toEqual({ ...message, error: null })
  expect(saidOf({ ...message, content: '' }, failed)).toBeNull()
  // Of an earlier turn it says more than the bar.
  expect(saidOf(message, { reason: null })).toBe(message)
  expect(saidOf(message, { reason: 'The tests fail.' })).toBe(message)
  expect(saidOf({ ...message, role: 'tool' }, failed)?.error).toBe(limit)
})
