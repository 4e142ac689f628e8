import { expect, test } from 'vitest'
import { tagText } from '#domain/team/tags.ts'
import { sayUses } from './say-uses.ts'

const text = (projectId: string, ...tags: string[]) => ({
  projectId,
  content: tags.map((tagName) => tagText({ tagName, version: 1, content: 'x' })).join(''),
})

test('TEAM-2 a tag is said to stand in so many prompts of so many projects, a prompt once, and what is not known is said too', () => {
  const texts = [text('a', 'house', 'house'), text('a', 'house'), text('b', 'house', 'tone'), text('b')]
  expect(sayUses('house', texts, 0)).toBe('It stands in 3 prompts of 2 projects; they keep its words.')
  expect(sayUses('tone', texts, 0)).toBe('It stands in one prompt of one project; it keeps its words.')
  expect(sayUses('tone', texts, 2)).toBe(
    'It stands in one prompt of one project; it keeps its words. 2 projects have not come to this device, and may use it too.',
  )
  expect(sayUses('other', texts, 0)).toBe('It stands in no prompt.')
  expect(sayUses('other', texts, 1)).toBe(
    'It stands in no prompt on this device. One project has not come to this device, and may use it too.',
  )
})
