import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { type Offer, offersAt } from './offers.ts'

const offers: Offer[] = [{ name: 'house-rules', hint: 'v2', group: 'Tags', insert: 'Be kind.' }]
const at = (doc: string) => offersAt(new CompletionContext(EditorState.create({ doc }), doc.length, false), offers)

describe('what @ offers (R8)', () => {
  it('from the moment it is typed, at the beginning of a word', () => {
    expect(at('Keep to @')).toMatchObject({ from: 8, options: [{ label: '@house-rules', detail: 'v2', section: 'Tags' }] })
    expect(at('(@house-r')).toMatchObject({ from: 1 })
    expect(at('Done.@')).toMatchObject({ from: 5 })
    expect(at('@Straße')).toMatchObject({ from: 0 })
  })
  it('a sentence where there is nothing to offer, until more is typed', () => {
    const say = (doc: string) => offersAt(new CompletionContext(EditorState.create({ doc }), doc.length, false), 'Write a tag.')
    expect(say('Keep to @')).toMatchObject({ from: 8, options: [{ displayLabel: 'Write a tag.' }] })
    expect(say('Keep to @h')).toBeNull()
    expect(say('ada@')).toBeNull()
  })
  it('not in an address, nor after the word has ended', () => {
    expect(at('ada@host')).toBeNull()
    expect(at('@house ')).toBeNull()
    expect(at('house')).toBeNull()
  })
})
