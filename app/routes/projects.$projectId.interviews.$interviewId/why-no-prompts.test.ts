import { expect, test } from 'vitest'
import { whyNoPrompts } from './why-no-prompts.ts'

const facts = { status: 'active', canWrite: true, hasContradictions: false, hasAnswers: true } as const

test('prompts can be made of answers that agree, also of an interview that has ended', () => {
  for (const status of ['active', 'completed', 'cancelled'] as const) expect(whyNoPrompts({ ...facts, status })).toBeNull()
})

test('where they cannot, it says why, and what to do about it', () => {
  expect(whyNoPrompts({ ...facts, hasAnswers: false })).toBe('Prompts are made of answers, and nothing was answered yet.')
  for (const status of ['completed', 'cancelled'] as const)
    expect(whyNoPrompts({ ...facts, status, hasAnswers: false })).toMatch(/nothing was answered\. Reopen the interview/)
  expect(whyNoPrompts({ ...facts, hasContradictions: true })).toMatch(/^First settle/)
  expect(whyNoPrompts({ ...facts, canWrite: false, hasAnswers: false }), 'a viewer cannot reopen it').toMatch(/members/)
})
