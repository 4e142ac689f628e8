import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growingString } from './growing-string.ts'

const object = fc
  .record({
    before: fc.dictionary(fc.string(), fc.jsonValue()),
    question: fc.string({ unit: 'binary' }),
    after: fc.dictionary(fc.string(), fc.jsonValue()),
  })
  .map(({ before, question, after }) => {
    const others = (some: Record<string, unknown>) => Object.entries(some).filter(([key]) => key !== 'question')
    return Object.fromEntries([...others(before), ['nested', { question: 'not this' }], ['question', question], ...others(after)])
  })
const written = fc.tuple(object, fc.constantFrom(undefined, 2), fc.boolean()).map(([value, indent, isEscaped]) => {
  const json = JSON.stringify(value, null, indent)
  // Some servers write every sign beyond ASCII as an escape.
  return isEscaped ? json.replace(/[^\x20-\x7e\n]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
})

describe('a text field of JSON that is still arriving', () => {
  it('MODEL-7 is at every moment a beginning of what it will be, never shorter than before, and whole at the end', () => {
    fc.assert(
      fc.property(written, (json) => {
        const whole = (JSON.parse(json) as { question: string }).question
        let before = ''
        for (let length = 0; length <= json.length; length++) {
          const now = growingString(json.slice(0, length), 'question')
          expect(whole.startsWith(now)).toBe(true)
          expect(now.startsWith(before)).toBe(true)
          if (now !== whole) expect(now, 'half a sign is not shown').not.toMatch(/[\ud800-\udbff]$/)
          before = now
        }
        expect(before).toBe(whole)
      }),
    )
  })

  it('MODEL-7 takes whatever comes without a throw', () => {
    fc.assert(fc.property(fc.string(), (json) => void growingString(json, 'question')))
    expect(growingString('Sure! {"question": "Who', 'question')).toBe('Who')
    expect(growingString('{"question": 3', 'question')).toBe('')
    expect(growingString('{"question": ["x"', 'question')).toBe('')
    expect(growingString('{"question":"a\\u00', 'question')).toBe('a')
  })
})
