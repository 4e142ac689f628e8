import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { MOST_IN_TITLE, readWritten, shortTitle } from './written.ts'

test('TASK-15 one line is a title as it was typed, also one that is too long: that is refused where it is kept', () => {
  expect(readWritten('  Pay by card ')).toEqual({ title: 'Pay by card', description: '', userRequest: null, isUntitled: false, origin: 'standalone', originLink: null }) // biome-ignore format: one line
  expect(readWritten('y'.repeat(300)).title).toHaveLength(300)
})

test('TASK-15 of several lines a short first one is the title, and what was written is kept word for word', () => {
  expect(readWritten('Pay by card\n\nAt the counter.')).toMatchObject({ title: 'Pay by card', description: 'At the counter.', userRequest: 'Pay by card\n\nAt the counter.', isUntitled: false }) // biome-ignore format: one line
  const long = '## When somebody pays by card at the counter, the receipt is printed twice\nand nobody knows why.'
  expect(readWritten(long)).toMatchObject({ title: 'When somebody pays by card at the counter, the receipt is…', description: long, userRequest: long, isUntitled: true }) // biome-ignore format: one line
})

test('TASK-15 a link to an issue or to a comment of a review is where the card came from', () => {
  expect(readWritten('https://github.com/acme/shop/issues/12')).toMatchObject({ title: 'shop #12', origin: 'issue', originLink: 'https://github.com/acme/shop/issues/12' }) // biome-ignore format: one line
  expect(readWritten('Receipts twice https://gitlab.com/acme/tools/shop/-/issues/7 soon')).toMatchObject({ title: 'Receipts twice soon', origin: 'issue' }) // biome-ignore format: one line
  expect(readWritten('https://github.com/acme/shop/pull/3#discussion_r99')).toMatchObject({ title: 'shop #3', origin: 'review_comment' })
  expect(readWritten('Look at https://github.com/acme/shop/pull/3')).toMatchObject({ title: 'Look at https://github.com/acme/shop/pull/3', origin: 'standalone', originLink: null }) // biome-ignore format: one line
  expect(readWritten('javascript://x/a/b/issues/1')).toMatchObject({ originLink: null })
})

test('B23 a title nobody typed has one line of sixty characters at most, and is never empty where there is a word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (words) => {
      const title = shortTitle(`a ${words}`)
      expect(title.length).toBeLessThanOrEqual(MOST_IN_TITLE)
      expect(title).toMatch(/^\S([^\n]*\S)?$/)
    }),
  )
})
