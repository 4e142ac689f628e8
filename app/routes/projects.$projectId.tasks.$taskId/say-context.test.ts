import { expect, test } from 'vitest'
import { sayContext } from './say-context.ts'

test('SESSION-1 W35 says what is used, of what limit where one is known, and what gave way', () => {
  const say = (contextUsed: number | null, contextLimit: number | null, contextLeftOut = 0) =>
    sayContext({ contextUsed, contextLimit, contextLeftOut })
  expect(say(null, 128_000)).toBeNull()
  expect(say(42_100, 128_000)).toEqual({ tokens: '42,100 of 128,000 tokens', gone: '', part: 42_100 / 128_000 })
  expect(say(42_100, null, 1)).toEqual({ tokens: '42,100 tokens', gone: 'one older result left out', part: null })
  expect(say(9_000, 8_000, 12)).toEqual({ tokens: '9,000 of 8,000 tokens', gone: '12 older results left out', part: 1 })
})
