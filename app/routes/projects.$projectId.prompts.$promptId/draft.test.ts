import { describe, expect, it } from 'vitest'
import { changesOf, draftOf, putAt, readDraft } from './draft.ts'

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

describe('putAt', () => {
  it('puts what is new before what stands there, or at the end', () => {
    expect(putAt(['a', 'b'], 'c', 0)).toEqual(['c', 'a', 'b'])
    expect(putAt(['a', 'b'], 'c', 1)).toEqual(['a', 'c', 'b'])
    expect(putAt(['a', 'b'], 'c', 2)).toEqual(['a', 'b', 'c'])
    expect(putAt([], 'c', 7)).toEqual(['c'])
  })
  it('moves what is there, counted by what is seen', () => {
    expect(putAt(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'a', 'c'])
    expect(putAt(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'c', 'b'])
    expect(putAt(['a', 'b', 'c'], 'a', 3)).toEqual(['b', 'c', 'a'])
  })
  it('before and after itself is where it is', () => {
    for (const place of [1, 2]) expect(putAt(['a', 'b', 'c'], 'b', place)).toEqual(['a', 'b', 'c'])
  })
})
