import { expect, test } from 'vitest'
import { type Found, nextFound } from './next-found.ts'

const thing = (id: string) => ({ id }) as Found['things'][number]
const words = (id: string) => ({ id }) as Found['said'][number]
const before: Found = { things: [thing('bones')], said: [words('bones, too')] }
const [things, said] = [[thing('by')], [words('by and by')]]

test('FIND-4 what was found for fewer letters is not shown any more once there are more', () => {
  expect(nextFound(before, { isTyped: false, things, said })).toBe(before)
})

test('FIND-4 things come first and what was said is added below; where there are no things both come at once', () => {
  expect(nextFound(before, { isTyped: true, things: undefined, said: undefined })).toBe(before)
  expect(nextFound(before, { isTyped: true, things, said: undefined })).toEqual({ things, said: before.said })
  expect(nextFound(before, { isTyped: true, things, said })).toEqual({ things, said })
  expect(nextFound(before, { isTyped: true, things: undefined, said })).toBe(before)
  expect(nextFound(before, { isTyped: true, things: [], said: undefined })).toBe(before)
  expect(nextFound(before, { isTyped: true, things: [], said })).toEqual({ things: [], said })
})
