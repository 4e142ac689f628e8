import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { plainLine } from './ansi.ts'

plain('LOG-1 colours, cursor moves, links and bells are gone', () => {
  expect(plainLine('\u001b[1;32mok\u001b[0m 3 passed\u0007')).toBe('ok 3 passed')
  expect(plainLine('\u001b]8;;https://x.test\u0007link\u001b]8;;\u0007')).toBe('link')
  expect(plainLine('\u001b[2K\u001b[1Gdone')).toBe('done')
  expect(plainLine('\u001b(Bplain')).toBe('plain')
})

plain('LOG-1 of a progress bar only the last state is left', () => {
  expect(plainLine('10%\r50%\r100%')).toBe('100%')
  expect(plainLine('windows line\r')).toBe('windows line')
})

test.prop([fc.string({ unit: fc.constantFrom('a', 'ß', '漢', '😀', ' ', '[', '0', 'm', '\u001b', '\u0007', '\r', ']') })])(
  'LOG-1 nothing a terminal would obey is left',
  (text) => {
    expect(plainLine(text)).not.toMatch(/[\u0007\r]/)
  },
)
