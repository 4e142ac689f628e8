import { expect, it } from 'vitest'
import { withDefaults } from '#domain/team/settings.ts'
import { changesOf, DEFAULT_FIELDS, fieldsOf } from './setting-form.ts'

it('only what differs is sent: a default as null, a list by its lines, what is no number as it was typed (X7)', () => {
  const kept = fieldsOf(withDefaults({ 'runs.maxSteps': 7 }))
  expect(changesOf(kept, kept)).toEqual({})
  expect(
    changesOf(
      { ...kept, 'runs.maxSteps': '50', 'runs.maxMinutes': 'long', 'runs.maxTokens': '3,000,000', 'runs.forbiddenPaths': 'a\n\n b ' },
      kept,
    ),
  ).toEqual({ 'runs.maxSteps': null, 'runs.maxMinutes': 'long', 'runs.maxTokens': 3_000_000, 'runs.forbiddenPaths': ['a', 'b'] })
  expect(changesOf({ ...DEFAULT_FIELDS }, kept)).toEqual({ 'runs.maxSteps': null })
})
