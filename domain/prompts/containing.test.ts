import { expect, it } from 'vitest'
import { containing } from './containing.ts'

const version = (id: string, familyId: string, parentId: string | null, components: string[], createdAt = 1) => ({
  id,
  familyId,
  parentId,
  components,
  createdAt,
})
const says = (all: Parameters<typeof containing>[0], familyId: string) =>
  containing(all, familyId).map(({ prompt, has }) => `${prompt.id} has ${has.id}`)

it('the prompts that contain one are found by any of its versions, newest first, and each says which', () => {
  const all = [
    version('style1', 'style1', null, []),
    version('style2', 'style1', 'style1', [], 2),
    version('page', 'page', null, ['style1'], 3),
    version('form', 'form', null, ['other', 'style2'], 4),
  ]
  expect(says(all, 'style1')).toEqual(['form has style2', 'page has style1'])
})

it('a prompt whose newest version contains it no more is none of them', () => {
  const all = [version('style', 'style', null, []), version('page1', 'page1', null, ['style']), version('page2', 'page1', 'page1', [])]
  expect(says(all, 'style')).toEqual([])
})
