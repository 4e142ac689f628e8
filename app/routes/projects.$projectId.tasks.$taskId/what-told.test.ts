import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { saySince, toldAtStart } from './what-told.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const turn = (id: string, prompt: string, createdAt: number) => ({ id, prompt, createdAt })

test('TOLD-1 R10 an attempt was told what its first turn says, unless there was nothing to tell', () => {
  const turns = [turn('b', 'Say which one.', 2), turn('a', 'Build it.', 1)]
  expect(toldAtStart(hashOf('Build it.'), turns)).toBe('Build it.')
  expect(toldAtStart(null, turns)).toBe('Build it.')
  expect(toldAtStart(hashOf(''), [turn('a', 'The title of the card', 1)])).toBeNull()
  expect(toldAtStart(hashOf('Build it.'), [])).toBeUndefined()
})

test('TOLD-2 what became of the prompt since is said, and where the card went', () => {
  const [one, two] = [
    { title: 'Pay', version: 1 },
    { title: 'Pay', version: 2 },
  ]
  expect(saySince(one, [], one, true)).toBe('The prompt has no newer version.')
  expect(saySince(one, [two], one, true)).toBe('There is a newer version since: Pay v2.')
  expect(saySince(one, [two], two, false)).toBe('There is a newer version since: Pay v2. The card starts from Pay v2 now.')
  expect(saySince(one, [], null, false)).toBe('The prompt has no newer version. The card has no prompt any more.')
  expect(saySince(undefined, [], null, false)).toBe('That version is gone since. The card has no prompt any more.')
})
