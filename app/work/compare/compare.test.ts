import { describe, expect, it } from 'vitest'
import { compareTexts, countWords } from './compare.ts'

describe('compareTexts (R9)', () => {
  it('word by word', () => {
    const segments = compareTexts('Pay by card.', 'Pay by bank card.')
    expect(segments.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual(['bank'])
    expect(countWords(segments)).toEqual({ added: 1, removed: 0 })
  })
  it('a sentence that was rewritten is one change, and the line after it stays', () => {
    expect(compareTexts('Send it to the bank.\n\nDone', 'Keep this in a drawer.\n\nDone')).toEqual([
      { kind: 'removed', text: 'Send it to the bank' },
      { kind: 'added', text: 'Keep this in a drawer' },
      { kind: 'same', text: '.\n\nDone' },
    ])
  })
  it('each side can be read back out of it', () => {
    const [before, after] = ['# One\n\n- a\n- b', '# One\n\n- a\n- c\n- d']
    const segments = compareTexts(before, after)
    const side = (without: string) =>
      segments
        .filter(({ kind }) => kind !== without)
        .map(({ text }) => text)
        .join('')
    expect(side('added')).toBe(before)
    expect(side('removed')).toBe(after)
  })
})
