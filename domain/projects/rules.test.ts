import fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectKey } from './rules.ts'

test.each([
  ['Shop', 'SHOP'],
  ['Online Shop', 'OS'],
  ['The very long name of a thing', 'TVLN'],
  ['Élan vital', 'EV'],
  ['商店', 'APP'],
  ['42', 'APP'],
  ['  ', 'APP'],
])('PROJECT-1 %j gets the key %s', (name, key) => {
  expect(projectKey(name, [])).toBe(key)
})

test('PROJECT-1 a key taken gets a number', () => {
  expect(projectKey('Shop', ['SHOP'])).toBe('SHOP2')
  expect(projectKey('Shop', ['SHOP', 'SHOP2'])).toBe('SHOP3')
})

test('PROJECT-1 whatever the names, keys are distinct, short, and start with a letter', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 40 }), (names) => {
      const keys: string[] = []
      for (const name of names) keys.push(projectKey(name, keys))
      expect(new Set(keys).size).toBe(keys.length)
      for (const key of keys) expect(key).toMatch(/^[A-Z][A-Z0-9]{0,5}$/)
    }),
  )
})
