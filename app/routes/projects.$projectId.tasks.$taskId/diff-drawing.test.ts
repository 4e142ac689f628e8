import { fc, test } from '@fast-check/vitest'
import { getChangeKey, type TokenNode } from 'react-diff-view'
import { describe, expect, it } from 'vitest'
import { type DrawnLine, FileDrawing } from './diff-drawing.ts'
import { hunkOf } from './diff-hunks.ts'
import { parserFor } from './diff-languages.ts'

const linesOf = (lines: readonly string[]): DrawnLine[] =>
  hunkOf({ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [...lines] }).changes.map((change) => ({
    key: getChangeKey(change),
    type: change.type,
    content: change.content,
  }))
const textOf = (tokens: readonly TokenNode[]): string =>
  tokens.map(({ value, children }) => (typeof value === 'string' ? value : textOf(children ?? []))).join('')
/** The parts of a line with one look, or that are marked. */
const parts = (tokens: readonly TokenNode[], is: (token: TokenNode) => boolean): string[] =>
  tokens.flatMap((token) => (is(token) ? [textOf([token])] : parts(token.children ?? [], is)))
const looking = (look: string) => (token: TokenNode) => token.className === `code-${look}`
const isMark = (token: TokenNode) => token.type === 'edit'

async function draw(path: string, lines: readonly string[]): Promise<TokenNode[][]> {
  const hunk = linesOf(lines)
  const tokens = new FileDrawing([hunk], await parserFor(path)).tokens(hunk.map(({ key }) => key))
  return hunk.map(({ key }) => tokens[key] ?? [])
}

/** Of each language a line, and what of it is seen as what. */
const LANGUAGES: readonly (readonly [string, string, string, string])[] = [
  ['a.ts', 'export type Rate = 7 // percent', 'keyword', 'export'],
  ['a.tsx', 'const a = <Price of="tea" />', 'name', 'Price'],
  ['a.mjs', 'return "tea"', 'string', '"tea"'],
  ['a.css', 'a { color: red; } /* tea */', 'comment', '/* tea */'],
  ['a.scss', '$tea: 7px; // warm', 'comment', '// warm'],
  ['a.html', '<p class="tea">Tea</p>', 'name', 'p'],
  ['a.json', '{"tea": 7}', 'constant', '7'],
  ['a.md', '# Tea', 'name', ' Tea'],
  ['a.yml', 'tea: warm # yes', 'comment', '# yes'],
  ['a.py', 'def tea(): return None', 'keyword', 'def'],
  ['a.rs', 'fn tea() -> u8 { 7 }', 'keyword', 'fn'],
  ['a.go', 'func tea() int { return 7 }', 'keyword', 'func'],
  ['A.java', 'class Tea { int warm = 7; }', 'keyword', 'class'],
  ['a.hpp', 'return 7; // tea', 'comment', '// tea'],
  ['a.php', 'return "tea";', 'string', '"tea"'],
]

describe('DIFF-6 the looks of code', () => {
  it.each(LANGUAGES)('%s: %s', async (path, line, look, part) => {
    const [tokens = []] = await draw(path, [`+${line}`])
    expect(parts(tokens, looking(look))).toContain(part)
    expect(textOf(tokens)).toBe(line)
  })
  it('an unknown language is plain, and so is a line that no person wrote; what is around it is not', async () => {
    expect(await draw('toString.constructor', ['+return 7'])).toEqual([[]])
    const [long, next = []] = await draw('a.ts', [`+${'a=1;'.repeat(300)}`, '+return 7'])
    expect(long).toEqual([])
    expect(parts(next, looking('keyword'))).toEqual(['return'])
  })
  it('a comment goes on at its next line, on the side where it is one', async () => {
    const [, kept = [], gone = [], come = []] = await draw('a.ts', [' /* one', ' two */', '-/* three', '+three()', ' four'])
    expect([kept, gone].map((tokens) => parts(tokens, looking('comment')))).toEqual([['two */'], ['/* ', 'three']])
    expect(parts(come, looking('comment'))).toEqual([])
  })
  it('a marked word has its looks too', async () => {
    const [gone = [], come = []] = await draw('a.ts', ['-const rate = 19', '+const rate = "none"'])
    expect([gone, come].map((tokens) => parts(tokens, isMark))).toEqual([['19'], ['"none"']])
    expect(parts(come, looking('string'))).toEqual(['"none"'])
    expect(textOf(gone)).toBe('const rate = 19')
  })
  it('words are marked where there is no grammar', async () => {
    const [gone = []] = await draw('LICENSE', ['-Copyright 2025 Ada', '+Copyright 2026 Ada'])
    expect(parts(gone, isMark)).toEqual(['2025'])
  })
})

const word = fc.constantFrom(
  'const',
  'é',
  '👩‍👧',
  '"',
  '`',
  '/*',
  '*/',
  '//',
  '{',
  '}',
  '<a>',
  '\t',
  ' ',
  '\r',
  '7',
  '#',
  '- ',
  ':',
  '\ud800',
)
const line = fc.tuple(
  fc.constantFrom('+', '-', ' '),
  fc.oneof(
    fc.array(word).map((words) => words.join('')),
    fc.string({ unit: 'grapheme' }),
  ),
)
const hunk = fc.array(
  line.map(([sign, text]) => sign + text.replaceAll('\n', '')),
  { maxLength: 12 },
)

test.prop([fc.constantFrom(...LANGUAGES.map(([path]) => path), 'plain'), hunk])(
  'DIFF-6 whatever the text and the language, what is drawn of a line is the line',
  async (path, lines) => {
    const drawn = await draw(path, lines)
    for (const [at, tokens] of drawn.entries()) if (tokens.length > 0) expect(textOf(tokens)).toBe(lines[at]?.slice(1))
  },
)
