import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redactor } from './redact.ts'

const KEY = 'sk-test/Key+0123456789=abcdef'

describe('redaction', () => {
  it('REDACT-1 hides the key however it is written', () => {
    const redactor = new Redactor([KEY, null])
    const b64 = (text: string) => Buffer.from(text).toString('base64')
    for (const form of [
      KEY,
      encodeURIComponent(KEY),
      b64(KEY),
      b64(`a:${KEY}`),
      b64(`ab:${KEY}!`),
      b64(`user:${KEY}`),
      Buffer.from(KEY).toString('base64url'),
      Buffer.from(KEY).toString('hex'),
      JSON.stringify(KEY),
    ]) {
      const hidden = redactor.hide(`before ${form} after`)
      expect(hidden, form).toContain('[redacted]')
      expect(redactor.holdsSecret(hidden)).toBe(false)
    }
  })

  it.each([
    'sk-abcdefghijklmnop1234',
    'sk-ant-api03-abcdefghijklmnopqrst',
    'sk-proj-abcdefghijklmnopqrst',
    'sk-or-v1-0123456789abcdef0123',
    `ghp_${'a'.repeat(36)}`,
    `gho_${'a'.repeat(36)}`,
    `ghu_${'a'.repeat(36)}`,
    `ghs_${'a'.repeat(36)}`,
    `ghr_${'a'.repeat(36)}`,
    `github_pat_${'a'.repeat(40)}`,
    'glpat-abcdefghij1234567890',
    'xoxb-1234567890-abcdef',
    'xoxp-1234567890-abcdef',
    'AKIAABCDEFGHIJKLMNOP',
    'ASIAABCDEFGHIJKLMNOP',
    `AIza${'a'.repeat(35)}`,
    `ya29.${'a'.repeat(30)}`,
    `sk_live_${'a'.repeat(24)}`,
    `rk_test_${'a'.repeat(24)}`,
    `npm_${'a'.repeat(36)}`,
    `hf_${'a'.repeat(34)}`,
    `gsk_${'a'.repeat(40)}`,
    `xai-${'a'.repeat(40)}`,
    `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`,
    `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`,
    `123456789:AA${'x'.repeat(33)}`,
    '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nabc',
    `xoxa-${'1'.repeat(12)}`,
  ])('REDACT-1 hides a common shape: %s', (key) => {
    expect(new Redactor([]).hide(`token=${key} end`)).not.toContain(key.slice(0, 20))
  })

  it('REDACT-2 hides it across any borders of chunks, and loses nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(KEY), fc.constant(Buffer.from(KEY).toString('base64')), fc.string({ maxLength: 12 }))),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (parts, cuts) => {
          const text = parts.join('|')
          const redactor = new Redactor([KEY])
          const stream = redactor.stream()
          let told = ''
          for (let at = 0, cut = 0; at < text.length; cut++) {
            const size = cuts[cut % cuts.length] ?? 1
            told += stream.push(text.slice(at, at + size))
            at += size
          }
          told += stream.end()
          expect(redactor.holdsSecret(told)).toBe(false)
          expect(told).toBe(redactor.hide(text))
        },
      ),
    )
  })

  it('REDACT-2 does not hold back ordinary text', () => {
    const stream = new Redactor([KEY]).stream()
    expect(stream.push('All is well.\n')).toBe('All is well.\n')
  })
})
