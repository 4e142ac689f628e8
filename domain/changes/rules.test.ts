import conventional from '@commitlint/config-conventional'
import lint from '@commitlint/lint'
import preset from 'conventional-changelog-conventionalcommits'
import { CommitParser } from 'conventional-commits-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findForbidden } from './forbidden.ts'
import { composeCommitMessage, composeMergeMessage, decideCommitType, decideScope, readCommitMessage, withTrailers } from './rules.ts'

const ask = (title: string, paths: string[] = ['src/a.ts'], name = 'Ada Lovelace', email: string | null = 'ada@example.org') => ({
  task: { shortId: 'APP-42', title },
  changes: paths.map((path) => ({ path, added: 1, removed: 0 })),
  turnId: '0193a000-0000-7000-8000-000000000001',
  promptId: '0193a000-0000-7000-8000-000000000002',
  startedBy: { name, email },
})

const { parser: parserOpts } = (await preset()) as { parser: Record<string, unknown> }
const complaints = async (message: string): Promise<string[]> => {
  const report = await lint(message, conventional.rules as never, { parserOpts: parserOpts as never })
  return report.errors.map((error) => `${error.name}: ${error.message}`)
}

const odd = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
  fc.constantFrom(
    'Add login\n\nSlipway-Task: EVIL-1',
    'x\r\nCo-authored-by: Mallory <m@evil.example>',
    'BREAKING CHANGE: everything',
    'הוסף כניסה למערכת',
    '🚀🚀 Launch 👩‍👩‍👧‍👦',
    'API',
    'CSV export.',
    'feat!: drop the old thing',
    '日本語の題名',
    'A'.repeat(300),
    'ein Wort '.repeat(40),
    '\u202eevil',
    '--amend',
    '#12 closes #13',
    'fix(scope): It Works.',
    '...',
    '',
  ),
)

describe('commit messages', () => {
  it('CHANGE-2 five hundred generated messages parse, lint clean, and carry exactly the product’s trailers', async () => {
    const parser = new CommitParser(parserOpts)
    await fc.assert(
      fc.asyncProperty(odd, odd, fc.option(odd), async (title, name, email) => {
        const message = composeCommitMessage({ ...ask(title, ['src/a.ts'], name, email), ...(title.length % 2 ? { note: name } : {}) })
        expect(await complaints(message)).toEqual([])
        const parsed = parser.parse(message)
        expect(parsed.type).toBeTruthy()
        expect(readCommitMessage(message)?.type).toBe(parsed.type)
        const last = message.split('\n\n').at(-1) ?? ''
        expect(last.split('\n').map((line) => line.split(':')[0])).toEqual([
          'Slipway-Task',
          'Slipway-Prompt',
          'Slipway-Turn',
          'Co-authored-by',
        ])
        expect(message.match(/^Slipway-Task:/gm)).toHaveLength(1)
        expect(message.match(/^Co-authored-by:/gm)).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('CHANGE-3 a model’s own trailers are replaced', () => {
    const message = withTrailers('feat: add x\n\nBecause.\n\nSlipway-Task: EVIL-1\nSigned-off-by: Eve <e@e.example>', ask('x'))
    expect(message).not.toContain('EVIL')
    expect(message).not.toContain('Eve')
    expect(message.startsWith('feat: add x\n\nBecause.\n\nSlipway-Task: APP-42')).toBe(true)
  })

  it('CHANGE-4 a merge leaves a conventional line whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async (words) => {
        const message = composeMergeMessage({
          message: words,
          branch: 'slipway/app-1-x',
          targetBranch: 'main',
          mergedBy: { name: 'Ada', email: null },
        })
        expect(await complaints(message)).toEqual([])
      }),
      { numRuns: 200 },
    )
    expect(
      composeMergeMessage({ message: 'feat(ui): add x', branch: 'b', targetBranch: 'main', mergedBy: { name: 'Ada', email: null } }),
    ).toMatch(/^feat\(ui\): add x\n/)
  })

  it('CHANGE-5 type, scope and breaking mark are read back', () => {
    expect(readCommitMessage('feat(api)!: drop v1')).toEqual({ type: 'feat', scope: 'api', breaking: true, subject: 'drop v1' })
    expect(readCommitMessage('fix: x\n\nBREAKING CHANGE: y')?.breaking).toBe(true)
    expect(readCommitMessage('wip: x')).toBeUndefined()
    expect(readCommitMessage('feat:x')).toBeUndefined()
  })

  it('CHANGE-6 the type follows the files, then the words', () => {
    expect(decideCommitType('Add login', [{ path: 'docs/specs/a.md', added: 1, removed: 0 }])).toBe('docs')
    expect(decideCommitType('Fix the crash', [{ path: 'src/a.ts', added: 1, removed: 0 }])).toBe('fix')
    expect(decideCommitType('Add login', [{ path: 'src/a.ts', added: 1, removed: 0 }])).toBe('feat')
    expect(decideCommitType('perf: be quick', [{ path: 'docs/a.md', added: 1, removed: 0 }])).toBe('perf')
  })

  it('CHANGE-7 the scope is the folder all changes share', () => {
    expect(
      decideScope([
        { path: 'app/a.ts', added: 1, removed: 0 },
        { path: 'app/b/c.ts', added: 1, removed: 0 },
      ]),
    ).toBe('app')
    expect(
      decideScope([
        { path: 'app/a.ts', added: 1, removed: 0 },
        { path: 'x.ts', added: 1, removed: 0 },
      ]),
    ).toBeNull()
  })
})

describe('forbidden paths', () => {
  const at = (path: string, more: Partial<{ from: string; linkTarget: string; gitlink: boolean }> = {}) => ({
    path,
    from: null,
    linkTarget: null,
    gitlink: false,
    ...more,
  })
  const forbidden = ['secrets/', '.env', 'config/*.pem', 'deploy/**/prod.yml']

  it.each([
    ['secrets/key.txt'],
    ['SECRETS/key.txt'],
    ['app/.ENV'],
    ['.env'],
    ['config/a.pem'],
    ['deploy/eu/west/prod.yml'],
    ['deploy/prod.yml'],
    ['.git/config'],
    ['sub/.GIT/hooks/x'],
    ['.git /config'],
    ['git~1/config'],
    ['.g\u200dit/config'],
    ['secrets./x'],
  ])('CHANGE-10 %s may not be touched', (path) => {
    expect(findForbidden([at('ok.ts'), at(path)], forbidden)?.path).toBe(path)
  })

  it('CHANGE-10 nor moved, nor linked to, nor out of the repository', () => {
    expect(findForbidden([at('free.txt', { from: 'secrets/key.txt' })], forbidden)).toMatchObject({ path: 'secrets/key.txt' })
    expect(findForbidden([at('a/link', { linkTarget: '../secrets/key.txt' })], forbidden)).toMatchObject({ path: 'a/link' })
    expect(findForbidden([at('link', { linkTarget: '/etc/passwd' })], forbidden)?.why).toContain('outside')
    expect(findForbidden([at('a/link', { linkTarget: '../../x' })], forbidden)?.why).toContain('outside')
    expect(findForbidden([at('lib', { gitlink: true })], [])?.why).toContain('repository of its own')
  })

  it('CHANGE-10 neighbours of a forbidden path are free', () => {
    expect(
      findForbidden(
        [at('secrets.md'), at('environment/.envrc'), at('config/sub/a.pem'), at('.gitignore'), at('a/link', { linkTarget: './b' })],
        forbidden,
      ),
    ).toBeUndefined()
  })
})
