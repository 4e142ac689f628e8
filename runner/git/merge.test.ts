import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCommitMessage } from '#domain/changes/rules.ts'
import { fingerprint, type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { finishMerge } from './finish-merge.ts'
import { type MergeHands, type MergeIntent, mergeBranch } from './merge.ts'
import { openRepository, type Repository } from './repository.ts'

let test: TestRepository
let repo: Repository
let hands: MergeHands
let intents: MergeIntent[]
const branch = 'slipway/app-1-login'
const ada = { name: 'Ada', email: 'ada@example.org' }

const commitOn = (name: string, file: string, text: string): string => test.commitOn(name, file, text)
const mainHead = (): string => test.refs().get('refs/heads/main') ?? ''
const wanted = (headCommit: string) => ({ branch, targetBranch: 'main', headCommit, message: 'feat: add the login', mergedBy: ada })

beforeEach(async () => {
  test = testRepository({ 'README.md': '# Hello\n', 'src/a.ts': 'export const a = 1\n', '.gitignore': 'ignored.txt\n' })
  repo = await openRepository(test.machine, test.path)
  intents = []
  hands = {
    scratchIn: test.root,
    beforeMove: () => {},
    keepIntent: async (intent) => {
      intents.push(intent)
      return async () => {}
    },
  }
})
afterEach(() => {
  expect(() => test.git('fsck', '--no-dangling')).not.toThrow()
  test.gone()
})

describe('direct merge', () => {
  it('MERGE-1 makes a conventional merge commit; a checkout of another branch is untouched', async () => {
    const head = commitOn(branch, 'src/b.ts', 'export const b = 2\n')
    test.git('switch', '--quiet', '-c', 'mine')
    test.write('README.md', '# dirty\n')
    const before = mainHead()
    const files = fingerprint(test).length && test.git('status', '--porcelain')
    const { mergeCommit, targetHead } = await mergeBranch(repo, wanted(head), hands)
    expect(mainHead()).toBe(targetHead)
    expect(test.git('show', '-s', '--format=%P', mergeCommit)).toBe(`${before} ${head}`)
    const message = test.git('show', '-s', '--format=%B', mergeCommit)
    expect(readCommitMessage(message)?.type).toBe('feat')
    expect(message).toContain('Co-authored-by: Ada <ada@example.org>')
    expect(test.git('status', '--porcelain')).toBe(files)
    expect(test.git('show', 'main:src/b.ts')).toBe('export const b = 2')
  })

  it('MERGE-2 told twice, merges once', async () => {
    const head = commitOn(branch, 'src/b.ts', 'b\n')
    const first = await mergeBranch(repo, wanted(head), hands)
    expect(await mergeBranch(repo, wanted(head), hands)).toEqual(first)
    expect(test.git('rev-list', '--count', '--merges', 'main')).toBe('1')
  })

  it('MERGE-3 a base that moved is fine without a conflict; with one, the files are named and nothing moves', async () => {
    const head = commitOn(branch, 'src/a.ts', 'export const a = 2\n')
    const moved = commitOn('main2', 'other.txt', 'x\n')
    test.git('merge', '--quiet', '--ff-only', 'main2')
    const { mergeCommit } = await mergeBranch(repo, wanted(head), hands)
    expect(test.git('show', '-s', '--format=%P', mergeCommit)).toBe(`${moved} ${head}`)
    const second = commitOn('slipway/app-2', 'src/a.ts', 'export const a = 3\n')
    test.write('src/a.ts', 'export const a = 4\n')
    test.git('commit', '--quiet', '-am', 'fix: four')
    const before = [fingerprint(test), mainHead()]
    await expect(mergeBranch(repo, { ...wanted(second), branch: 'slipway/app-2' }, hands)).rejects.toThrow(
      /both changed src\/a\.ts\. Nothing was merged/,
    )
    expect([fingerprint(test), mainHead()]).toEqual(before)
  })

  it('MERGE-1 refuses a head nobody reviewed, and a branch that is gone', async () => {
    const head = commitOn(branch, 'src/b.ts', 'b\n')
    commitOn(branch, 'src/b.ts', 'b2\n')
    await expect(mergeBranch(repo, wanted(head), hands)).rejects.toThrow('changed after it was reviewed')
    test.git('branch', '-D', branch)
    await expect(mergeBranch(repo, wanted(head), hands)).rejects.toThrow('is gone')
    await expect(mergeBranch(repo, { ...wanted(head), targetBranch: 'nope' }, hands)).rejects.toThrow('There is no branch nope')
  })

  it('MERGE-4 a clean checkout of the target comes along; untracked and ignored files stay', async () => {
    const head = commitOn(branch, 'src/b.ts', 'b\n')
    test.write('untracked.txt', 'mine')
    test.write('ignored.txt', 'mine')
    await mergeBranch(repo, wanted(head), hands)
    expect(test.git('status', '--porcelain')).toBe('?? untracked.txt')
    expect(existsSync(join(test.path, 'src/b.ts'))).toBe(true)
    expect(intents).toHaveLength(1)
  })

  it.each([
    ['an edited file', () => test.write('README.md', '# mine\n'), /changes of its own\. Commit or stash there/],
    [
      'an untracked file in the way',
      () => test.write('src/b.ts', 'mine\n'),
      /a file of its own where the merge brings one: src\/b\.ts\. Move/,
    ],
    ['an ignored file in the way', () => test.write('ignored.txt', 'mine\n'), /where the merge brings one: ignored\.txt\. Move/],
    ['another git at work', () => test.write('.git/index.lock', ''), /Another git command is working/],
  ])('MERGE-4 a checkout of the target with %s is left byte for byte, and its cure is said', async (_name, spoil, sentence) => {
    commitOn(branch, 'src/b.ts', 'b\n')
    const head = commitOn(branch, 'ignored.txt', 'theirs\n')
    spoil()
    const before = [fingerprint(test), mainHead()]
    await expect(mergeBranch(repo, wanted(head), hands)).rejects.toThrow(sentence)
    expect([fingerprint(test), mainHead()]).toEqual(before)
  })

  it('MERGE-1 a lost lease moves nothing', async () => {
    const head = commitOn(branch, 'src/b.ts', 'b\n')
    const before = fingerprint(test)
    const lost = {
      ...hands,
      beforeMove: () => {
        throw new Error('lease lost')
      },
    }
    await expect(mergeBranch(repo, wanted(head), lost)).rejects.toThrow('lease lost')
    expect(fingerprint(test)).toBe(before)
  })

  it('MERGE-5 a checkout killed while it came along is finished, unless a person wrote into it', async () => {
    const head = commitOn(branch, 'src/b.ts', 'a whole new file\n')
    const from = mainHead()
    const to = test.git('commit-tree', `${head}^{tree}`, '-p', from, '-p', head, '-m', 'feat: x')
    const intent = { checkout: test.path, targetBranch: 'main', from, to }
    expect(await finishMerge(repo, intent)).toBe('nothing to do')
    test.write('src/b.ts', 'a whole')
    test.write('.git/index.lock', '')
    test.write('README.md', '# edited since\n')
    expect(await finishMerge(repo, intent)).toBe('finished')
    expect(mainHead()).toBe(to)
    expect(test.git('status', '--porcelain')).toBe(' M README.md')
    expect(await finishMerge(repo, intent)).toBe('nothing to do')
  })

  it('MERGE-5 leaves a person’s edit alone', async () => {
    const head = commitOn(branch, 'src/b.ts', 'a whole new file\n')
    const from = mainHead()
    const to = test.git('commit-tree', `${head}^{tree}`, '-p', from, '-p', head, '-m', 'feat: x')
    test.write('src/b.ts', 'something of mine')
    expect(await finishMerge(repo, { checkout: test.path, targetBranch: 'main', from, to })).toBe('left alone')
  })
})
