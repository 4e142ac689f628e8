import { expect, test } from 'vitest'
import { REACTIONS } from '#domain/tasks/reactions.ts'
import { sayReaction, sayWho } from './say-reaction.ts'

test('COMMENT-3 a reaction is said in words, and one of a newer version as it is', () => {
  expect(REACTIONS.map(sayReaction)).toEqual(['Thumbs up', 'Heart', 'Hooray', 'Laugh', 'Looking at it', 'Rocket'])
  expect(sayReaction('🙈')).toBe('🙈')
})

test('COMMENT-3 who reacted stands in one line, oneself last', () => {
  expect(sayWho(['you'])).toBe('you')
  expect(sayWho(['you', 'Bob'])).toBe('Bob and you')
  expect(sayWho(['Carla', 'you', 'Bob'])).toBe('Bob, Carla and you')
  expect(sayWho([...Array.from({ length: 12 }, (_, at) => `P${at + 10}`), 'you'])).toMatch(/P19, 2 more and you$/)
})
