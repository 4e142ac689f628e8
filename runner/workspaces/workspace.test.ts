import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRepository, type Repository } from '#runner/git/repository.ts'
import { recover } from '#runner/recover.ts'
import { fingerprint, type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { clearEmptyAttempt, clearWorktree } from './clear.ts'
import { planWorkspace } from './plan.ts'
import { prepareWorkspace } from './prepare.ts'
import { salvage } from './salvage.ts'
import { checkSeal } from './seal.ts'
import { findRecord, letOutOfHand, makeFolders, type RunnerFolders, takeInHand } from './workspace.ts'

const ATTEMPT = '0193a000-0000-7000-8000-00000000000a'
const wanted = { attemptId: ATTEMPT, branch: 'slipway/app-1-login', targetBranch: 'main' }
let test: TestRepository
let repo: Repository
let folders: RunnerFolders
let before: string

/** A person's checkout as it may lie there: something staged, edited, stashed, new and ignored. */
const inTheMiddle = ({ git, write }: Pick<TestRepository, 'git' | 'write'>): void => {
  write('stashed.txt', 'in the stash')
  git('add', 'stashed.txt')
  git('stash', '--quiet')
  write('ignored.txt', 'mine')
  write('untracked.txt', 'mine too')
  write('README.md', '# In the middle of something\n')
  write('src/staged.ts', 'export {}\n')
  git('add', 'src/staged.ts')
}

beforeEach(async () => {
  test = testRepository({ 'README.md': '# Hello\n', 'src/a.ts': 'export const a = 1\n', '.gitignore': 'ignored.txt\n' }, inTheMiddle)
  before = fingerprint(test)
  repo = await openRepository(test.machine, test.path)
  folders = await makeFolders(join(test.root, 'data'))
})
afterEach(() => {
  expect(fingerprint(test), 'the person’s own checkout, byte for byte').toBe(before)
  expect(() => test.git('fsck', '--no-dangling')).not.toThrow()
  test.gone()
})

const planned = () => planWorkspace(repo, folders, wanted)
const prepared = async () => prepareWorkspace(repo, folders, await planned())

describe('a worktree per attempt', () => {
  it('WORKSPACE-1 starts from the target branch, beside a dirty checkout', async () => {
    const { record } = await prepared()
    expect(readFileSync(join(record.path, 'README.md'), 'utf8')).toBe('# Hello\n')
    expect(existsSync(join(record.path, 'untracked.txt'))).toBe(false)
    const refs = test.refs()
    expect(refs.get(`refs/heads/${wanted.branch}`)).toBe(refs.get('refs/heads/main'))
    expect(record).toMatchObject({ ready: true, baseCommit: refs.get('refs/heads/main'), path: join(folders.worktrees, ATTEMPT) })
  })

  it('WORKSPACE-1 is the same one for a follow-up, with what lay there', async () => {
    const { record } = await prepared()
    writeFileSync(join(record.path, 'half.txt'), 'unfinished')
    const again = await prepared()
    expect(again.fresh).toBe(false)
    expect(readFileSync(join(record.path, 'half.txt'), 'utf8')).toBe('unfinished')
  })

  it('WORKSPACE-1 is rebuilt from its branch when it was cleared, or its folder deleted by hand', async () => {
    const first = await prepared()
    writeFileSync(join(first.record.path, 'done.txt'), 'done')
    await first.git('add', '--all')
    await first.git('commit', '--quiet', '-m', 'feat: x')
    await clearWorktree(repo, first.record, '1')
    expect(existsSync(first.record.path)).toBe(false)
    const second = await prepared()
    expect(readFileSync(join(second.record.path, 'done.txt'), 'utf8')).toBe('done')
    expect(second.record.baseCommit).toBe(first.record.baseCommit)
    rmSync(second.record.path, { recursive: true })
    expect((await planned()).head).toBe(test.refs().get(`refs/heads/${wanted.branch}`))
    const third = await prepared()
    expect(readFileSync(join(third.record.path, 'done.txt'), 'utf8')).toBe('done')
  })

  it.each([wanted.branch, `${wanted.branch}/more`])(
    'WORKSPACE-2 leaves %s alone, which is somebody else’s, and takes another name, always the same',
    async (theirs) => {
      test.git('branch', theirs)
      const main = test.refs().get('refs/heads/main')
      const { git, record } = await prepared()
      expect(record.branch).toBe(`${wanted.branch}-${ATTEMPT.slice(-8)}`)
      writeFileSync(join(record.path, 'done.txt'), 'done')
      await git('add', '--all')
      await git('commit', '--quiet', '-m', 'feat: x')
      const head = test.refs().get(`refs/heads/${record.branch}`)
      // Killed before it noted anything, or its folder lost: the repository alone knows.
      rmSync(join(folders.attempts, `${ATTEMPT}.json`))
      for (const branch of [wanted.branch, record.branch])
        expect(await planWorkspace(repo, folders, { ...wanted, branch })).toMatchObject({ branch: record.branch, head, base: main })
      expect(test.refs().get(`refs/heads/${theirs}`)).toBe(main)
    },
  )

  it('WORKSPACE-3 says what is missing to start from', async () => {
    await expect(planWorkspace(repo, folders, { ...wanted, targetBranch: 'nope' })).rejects.toThrow(
      /There is no branch nope .* Choose one of: main/,
    )
    const empty = testRepository({})
    const unborn = await openRepository(empty.machine, empty.path)
    await expect(planWorkspace(unborn, folders, wanted)).rejects.toThrow('has no commit yet')
    empty.gone()
  })

  it('WORKSPACE-3 says where the branch is checked out when it cannot be taken', async () => {
    const { record } = await prepared()
    await clearWorktree(repo, record, '1')
    const elsewhere = join(test.root, 'elsewhere')
    test.git('worktree', 'add', '--quiet', elsewhere, wanted.branch)
    await expect(prepared()).rejects.toThrow(`is checked out in ${elsewhere}`)
    test.git('worktree', 'remove', elsewhere)
  })

  it('WORKSPACE-4 notices when git’s own files of the worktree were changed', async () => {
    const { record } = await prepared()
    if (!record.seal) throw new Error('no seal')
    await checkSeal(record.seal, record.path, record.gitDir)
    writeFileSync(join(record.path, '.git'), 'gitdir: /tmp/evil\n')
    await expect(checkSeal(record.seal, record.path, record.gitDir)).rejects.toThrow('".git"')
    rmSync(join(record.path, '.git'))
    await expect(checkSeal(record.seal, record.path, record.gitDir)).rejects.toThrow('".git"')
  })

  it('WORKSPACE-5 keeps uncommitted work under a ref, once, with branch and files as they were', async () => {
    const { git, record } = await prepared()
    writeFileSync(join(record.path, 'new.txt'), 'precious')
    writeFileSync(join(record.path, 'README.md'), 'edited')
    rmSync(join(record.path, 'src/a.ts'))
    const ref = await salvage(git, record, '100')
    expect(ref).toBe(`refs/slipway/rescue/${ATTEMPT}/100`)
    expect(await salvage(git, record, '200')).toBe(ref)
    expect(test.git('show', `${ref}:new.txt`)).toBe('precious')
    expect(test.git('show', `${ref}:README.md`)).toBe('edited')
    expect(() => test.git('show', `${ref}:src/a.ts`)).toThrow()
    expect(readFileSync(join(record.path, 'new.txt'), 'utf8')).toBe('precious')
    expect(test.refs().get(`refs/heads/${wanted.branch}`)).toBe(record.baseCommit)
  })

  it('WORKSPACE-5 works where the .git file of the worktree was broken', async () => {
    const { git, record } = await prepared()
    writeFileSync(join(record.path, 'new.txt'), 'precious')
    writeFileSync(join(record.path, '.git'), 'gitdir: /nowhere\n')
    const ref = await salvage(git, record, '100')
    expect(test.git('show', `${ref}:new.txt`)).toBe('precious')
  })

  it('WORKSPACE-6 saves before it removes', async () => {
    const { record } = await prepared()
    writeFileSync(join(record.path, 'new.txt'), 'precious')
    const { rescued } = await clearWorktree(repo, record, '7')
    expect(existsSync(record.path)).toBe(false)
    expect(test.git('show', `${rescued}:new.txt`)).toBe('precious')
  })

  it('WORKSPACE-7 an attempt without a commit leaves neither branch nor folder nor record', async () => {
    const { record } = await prepared()
    expect(await clearEmptyAttempt(repo, folders, record, '1')).toBe(true)
    expect(existsSync(record.path)).toBe(false)
    expect(await findRecord(folders, ATTEMPT)).toBeUndefined()
    expect([...test.refs().keys()].sort()).toEqual(['refs/heads/main', 'refs/stash'])
    const again = await prepared()
    expect(again.fresh).toBe(true)
  })

  it('WORKSPACE-7 keeps a branch that holds a commit, or uncommitted work', async () => {
    const { git, record } = await prepared()
    writeFileSync(join(record.path, 'new.txt'), 'precious')
    expect(await clearEmptyAttempt(repo, folders, record, '1')).toBe(false)
    expect(test.refs().get(`refs/heads/${wanted.branch}`)).toBe(record.baseCommit)
    const again = await prepared()
    writeFileSync(join(again.record.path, 'new.txt'), 'precious')
    await again.git('add', '--all')
    await again.git('commit', '--quiet', '-m', 'feat: x')
    expect(await clearEmptyAttempt(repo, folders, record, '2')).toBe(false)
    void git
  })

  it('WORKSPACE-8 a checkout cut short is finished, and counts for nothing to save', async () => {
    const first = await prepared()
    first.record.ready = false
    rmSync(join(first.record.path, 'README.md'))
    expect(await salvage(first.git, first.record, '1')).toBeUndefined()
    const kept = (await findRecord(folders, ATTEMPT)) ?? first.record
    writeFileSync(join(folders.attempts, `${ATTEMPT}.json`), JSON.stringify({ ...kept, ready: false }))
    const again = await prepared()
    expect(existsSync(join(again.record.path, 'README.md'))).toBe(true)
  })
  it('WORKSPACE-10 a start keeps the work of a run cut short, once, and looks nowhere else', async () => {
    const { record } = await prepared()
    const start = async (stamp: string): Promise<string[]> => {
      writeFileSync(join(record.path, `${stamp}.txt`), 'precious')
      await recover(folders, test.machine, stamp, pino({ level: 'silent' }))
      return [...test.refs().keys()].filter((name) => name.startsWith(`refs/slipway/rescue/${ATTEMPT}/`)).map((name) => basename(name))
    }
    await takeInHand(folders, record, 'one')
    expect(await start('1')).toEqual(['1'])
    expect(await start('2')).toEqual(['1'])
    await takeInHand(folders, record, 'two')
    await letOutOfHand(folders, { ...record, run: 'one' })
    expect(await start('3')).toEqual(['1', '3'])
  })
})
