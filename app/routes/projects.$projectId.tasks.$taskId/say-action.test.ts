import { expect, test } from 'vitest'
import { sayAction } from './say-action.ts'

test('TIMELINE-1 known events read as sentences, unknown ones stay readable', () => {
  expect(sayAction('attempt.failed')).toBe('could not finish the attempt')
  expect(sayAction('budget.over_limit')).toBe('budget over limit')
})
