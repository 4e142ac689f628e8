import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branchName, isUnderWay, parentBranch } from './rules.ts'
import { ATTEMPT_STATUSES } from './schema.ts'

test('ATTEMPT-1 an attempt is under way from the moment it is queued until it ends', () => {
  expect(ATTEMPT_STATUSES.filter(isUnderWay)).toEqual(['queued', 'preparing', 'running'])
})

test('SUB-4 a subtask starts from the newest branch of its parent in the repository, while the parent goes on', () => {
  const tried = (id: string, createdAt: number, baseCommit: string | null = 'a') => ({ id, branch: `b-${id}`, baseCommit, createdAt })
  const tries = [tried('one', 1), tried('three', 3), tried('two', 2), tried('elsewhere', 4), tried('waits', 5, null)]
  const here = new Set(['one', 'two', 'three', 'waits'])
  expect(parentBranch({ status: 'review' }, tries, here)).toBe('b-three')
  expect(parentBranch({ status: 'review' }, tries, new Set(['waits']))).toBeNull()
  expect([parentBranch(undefined, tries, here), parentBranch({ status: 'done' }, tries, here)]).toEqual([null, null])
  expect(parentBranch({ status: 'cancelled' }, tries, here)).toBeNull()
})

test.each([
  ['APP-42', 'Let people pay by card', 'slipway/app-42-let-people-pay-by-card'],
  ['APP-1', 'Ärger mit Öfen, größer!', 'slipway/app-1-arger-mit-ofen-gro-er'],
  ['APP-2', '结账页面', 'slipway/app-2'],
  ['APP-3', '../../etc/passwd.lock @{0} ~^:?*[\\', 'slipway/app-3-etc-passwd-lock-0'],
  ['', '', 'slipway/card'],
])('ATTEMPT-2 %s %j becomes %s', (shortId, title, branch) => {
  expect(branchName(shortId, title)).toBe(branch)
})

test('ATTEMPT-2 a name taken gets a number', () => {
  const taken = new Set(['slipway/app-1-x'])
  expect(branchName('APP-1', 'x', taken)).toBe('slipway/app-1-x-2')
  expect(branchName('APP-1', 'x', new Set([...taken, 'slipway/app-1-x-2']))).toBe('slipway/app-1-x-3')
})

/** Titles people type: many scripts, signs git forbids, equal ones, very long ones, control characters. */
const title = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('..', '.lock', '@{', '~', '^', ':', '\\', ' ', '/', '-', 'a', 'Z', '\t', '\0'), maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('å', 'ñ', 'ж', 'ض', 'ক', '漢', 'ᄒ', '🙂', 'e'), maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 300, maxLength: 300 }),
  fc.constantFrom('Fix the bug', 'Fix the bug!', 'fix the BUG', 'HEAD', '-', 'a'.repeat(300)),
)

test('ATTEMPT-2 10,000 titles in many scripts, equal and of 300 characters, give valid branch names that are distinct without regard to case', () => {
  const titles = fc.sample(title, { numRuns: 10_000, seed: 20_251_122 })
  expect(titles.filter((text) => text.length >= 300).length).toBeGreaterThan(1_000)
  const taken = new Set<string>()
  titles.forEach((text, at) => {
    const name = branchName(`APP-${at % 10}`, text, taken)
    expect(isRefName(name), `${JSON.stringify(text)} gave ${name}`).toBe(true)
    taken.add(name)
  })
  expect(new Set([...taken].map((name) => name.toLowerCase())).size).toBe(10_000)
  makeBranches([...taken].filter((_name, at) => at % 10 === 0))
})

/** Has git itself make all of them at once, beside each other in one repository. */
function makeBranches(names: readonly string[]): void {
  const cwd = mkdtempSync(join(tmpdir(), 'slipway-names-'))
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org']
  const git = (args: string[], input = ''): string => execFileSync('git', args, { cwd, input, encoding: 'utf8' }).trim()
  try {
    git(['init', '--quiet'])
    const tree = git(['hash-object', '-w', '-t', 'tree', '--stdin'])
    const commit = git([...person, 'commit-tree', tree, '-m', 'chore: start'])
    git(['update-ref', '--stdin'], names.map((name) => `create refs/heads/${name} ${commit}\n`).join(''))
    const made = git(['for-each-ref', '--format=%(refname:lstrip=2)']).split('\n')
    expect(made.sort()).toEqual([...names].sort())
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

/** The rules of git-check-ref-format, for all ten thousand; git itself makes every tenth. */
function isRefName(name: string): boolean {
  const parts = name.split('/')
  return (
    name.length <= 200 &&
    !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|^-|^@$/.test(name) &&
    parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
  )
}
