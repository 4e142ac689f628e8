import { describe, expect, it } from 'vitest'
import { changesOf, draftOf, moveEntry, readDraft } from './draft.ts'

const version = { title: 'Checkout', content: 'Pay', type: 'feature', isReusable: false, components: ['a'], variables: { lang: 'ts' } }

describe('a draft', () => {
  it('an untouched one changes nothing', () => {
    expect(changesOf(draftOf(version), version)).toEqual({})
  })
  it('names only what it changes', () => {
    expect(changesOf({ ...draftOf(version), content: 'Pay now', components: ['a', 'b'] }, version)).toEqual({
      content: 'Pay now',
      components: ['a', 'b'],
    })
  })
  it('comes back from the device as it was', () => {
    expect(readDraft(JSON.stringify(draftOf(version)))).toEqual(version)
  })
  it('anything else on the device is no draft', () => {
    for (const text of [null, '', '{', '[]', '{"title":1}', JSON.stringify({ ...version, components: [1] })])
      expect(readDraft(text)).toBeNull()
  })
})

describe('moveEntry', () => {
  it('moves by one place and stops at the ends', () => {
    expect(moveEntry(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moveEntry(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moveEntry(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
  })
})
