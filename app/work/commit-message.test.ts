import { expect, test } from 'vitest'
import { readMessage } from './commit-message.ts'

test('the description of a commit is parted from type, scope and body', () => {
  expect(readMessage('feat(cart)!: pay by card\n\nWhy not.')).toEqual({ subject: 'pay by card', body: 'Why not.' })
  expect(readMessage('no type here')).toEqual({ subject: 'no type here', body: '' })
})
