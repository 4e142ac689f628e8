import { expect, test } from 'vitest'
import { plainExcerpt } from './plain-excerpt.ts'

test.each([
  ['## Goal **Sell** coffee, `fast`', 'Goal Sell coffee, fast'],
  ['- [ ] pay at the `counter` - [x] print', 'pay at the counter print'],
  ['said *loudly* and _softly_, ~~not~~ snake_case, 2 * 3 > 4', 'said loudly and softly, not snake_case, 2 * 3 > 4'],
  ['see [the docs](https://example.org/a "b") and ![till.png](/blobs/0a)', 'see the docs and till.png'],
  ['docs](https://example.org/a) first, [last](https://exam', 'docs first, last'],
  ['<!-- @house-rules v1 --> Small commits. <!-- @other', 'Small commits.'],
  ['```ts const a = 1 ``` and \\*not\\* \\_\\_init\\_\\_', 'const a = 1 and *not* __init__'],
])('FIND-4 what was found reads as words: %s', (text, plain) => {
  expect(plainExcerpt(text, ['nothing'])).toBe(plain)
})

test('FIND-4 a word that was looked for is never lost with its marks', () => {
  expect(plainExcerpt('**see** [docs](https://Example.org/a)', ['example'])).toBe('see [docs](https://Example.org/a)')
  expect(plainExcerpt('run `npm test` **now**', ['`npm'])).toBe('run `npm test` **now**')
  expect(plainExcerpt('<!-- @house-rules v1 --> *Small* commits', ['house-rules', 'small'])).toBe('<!-- @house-rules v1 --> Small commits')
})
