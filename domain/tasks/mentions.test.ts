import { expect, test } from 'vitest'
import { mentionedIn, piecesOf } from './mentions.ts'

const people = [
  { id: 'a', name: 'Ada' },
  { id: 'l', name: 'Ada Lovelace' },
  { id: 'b', name: 'bob.smith' },
  { id: 'j', name: 'Jürgen' },
  { id: 'x', name: 'Same' },
  { id: 'y', name: 'same' },
]
const mentioned = (body: string) => mentionedIn(body, people)

test('COMMENT-2 mentioned is who is named after an @, each once, in small letters or large', () => {
  expect(mentioned('@Ada can you look? (@jürgen too, and @ADA.)')).toEqual(['a', 'j'])
  expect(mentioned('Ada and @Nobody')).toEqual([])
  expect(mentioned('@Ada’s and @Ada-')).toEqual(['a'])
})

test('COMMENT-2 of names that begin alike the longest counts, and a name is not a part of another word', () => {
  expect(mentioned('@Ada Lovelace')).toEqual(['l'])
  expect(mentioned('@Adam, @Ada.smith, @Ada-Marie, @Ada_')).toEqual([])
  expect(mentioned('@bob.smith.')).toEqual(['b'])
})

test('COMMENT-2 all who go by one name are meant', () => {
  expect(mentioned('@same')).toEqual(['x', 'y'])
})

test('COMMENT-2 not in an address, in a path, after a backslash, or in code', () => {
  expect(mentioned('me@Ada, https://x.org/@Ada, \\@Ada, @@Ada')).toEqual([])
  expect(mentioned('`@Ada` and ``a ` @Ada``\n```\n@Ada\n```\n~~~\n@Ada')).toEqual([])
  expect(mentioned('`open and @Ada')).toEqual(['a'])
})

test('COMMENT-2 the pieces of a text are the text', () => {
  const pieces = piecesOf('Hi @Ada, and @bob.smith', people)
  expect(pieces).toEqual([
    { text: 'Hi ', ids: [] },
    { text: '@Ada', ids: ['a'] },
    { text: ', and ', ids: [] },
    { text: '@bob.smith', ids: ['b'] },
  ])
})
