import { describe, expect, it } from 'vitest'
import { decideSettings, SETTING_KEYS, SETTINGS, withDefaults } from './settings.ts'

describe('settings (TEAM-3, X7)', () => {
  it('each has words, and a default that it may be', () => {
    for (const key of SETTING_KEYS) {
      const { label, description, schema, byDefault } = SETTINGS[key]
      expect(label.length * description.length, key).toBeGreaterThan(0)
      expect(key.length).toBeLessThanOrEqual(100)
      expect(schema.safeParse(byDefault).success, key).toBe(true)
    }
  })

  it('one that cannot be is refused by its name, whatever the others are', () => {
    expect(decideSettings({ 'runs.maxSteps': 10, 'runs.maxMinutes': 0, 'runs.maxTokens': 5_000 })).toMatchObject({
      ok: false,
      field: 'runs.maxMinutes',
      message: 'At least 1.',
    })
    const both = decideSettings({ 'runs.maxSteps': 0, 'runs.maxMinutes': 0 })
    expect(both, 'each of them at once').toMatchObject({ field: 'runs.maxSteps', others: [{ field: 'runs.maxMinutes' }] })
    expect(decideSettings({ 'runs.maxSteps': 1e23 })).toMatchObject({ message: 'At most 500.' })
    expect(decideSettings({ 'runs.maxSteps': 2.5 })).toMatchObject({ message: 'A whole number is needed.' })
    expect(decideSettings({ 'runs.maxSteps': 10, constructor: 1 })).toMatchObject({ code: 'setting-unknown', field: 'constructor' })
    expect(decideSettings({ 'runs.forbiddenPaths': ['a', ' '] })).toMatchObject({ field: 'runs.forbiddenPaths' })
  })

  it('what was kept and can no longer be is as by default', () => {
    expect(withDefaults({ 'runs.maxSteps': 10, 'runs.maxMinutes': 'long', gone: 1 })).toEqual({
      'runs.maxSteps': 10,
      'runs.maxMinutes': 30,
      'runs.maxTokens': 2_000_000,
      'runs.forbiddenPaths': [],
      'pictures.keepDays': 60,
    })
  })
})
