import { describe, expect, it } from 'vitest'
import { compareTexts, countWords } from './compare.ts'

describe('compareTexts (R9)', () => {
  it('word by word', () => {
    const segments = compareTexts('Pay by card.', 'Pay by bank card.')
    expect(segments.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual(['bank'])
    expect(countWords(segments)).toEqual({ added: 1, removed: 0 })
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
