import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { createRepository } from './create.ts'
import { findCommitHooks } from './hooks.ts'
import { inspectRepository, withoutCredentials } from './inspect.ts'
import { isBranchName, openRepository } from './repository.ts'

let repo: TestRepository
beforeEach(() => {
  repo = testRepository()
})
afterEach(() => repo.gone())

const open = (path: string) => openRepository(repo.machine, path)

describe('opening a repository', () => {
  it('GIT-3 says in one sentence what is wrong and what to do', async () => {
    mkdirSync(join(repo.root, 'plain'))
    writeFileSync(join(repo.root, 'file'), '')
    repo.git('clone', '--quiet', '--bare', repo.path, join(repo.root, 'bare.git'))
    await expect(open('relative/path')).rejects.toThrow('is not a full path')
    await expect(open(join(repo.root, 'nowhere'))).rejects.toThrow(/There is no folder .*nowhere on the runner's machine/)
    await expect(open(join(repo.root, 'file'))).rejects.toThrow('is a file. Link the folder')
    await expect(open(join(repo.root, 'plain'))).rejects.toThrow(/is not a git repository. Run "git init"/)
    await expect(open(join(repo.root, 'bare.git'))).rejects.toThrow('is a bare repository')
    await expect(open(join(repo.path, 'src'))).rejects.toThrow(`is a folder inside the repository ${repo.path}. Link ${repo.path} instead.`)
    await expect(open(join(repo.path, '.git'))).rejects.toThrow('lies inside the .git folder')
  })

  it('GIT-3 inspects without touching a byte, dirty or not', async () => {
    repo.git('branch', 'next')
    repo.git('remote', 'add', 'origin', 'https://ada:secret@example.org/app.git')
    repo.write('README.md', '# Changed\n')
    repo.write('untracked.txt', 'x')
    const before = fingerprint(repo)
    const found = await inspectRepository(await open(repo.path))
    expect(found).toEqual({
      path: repo.path,
      name: 'repo',
      remoteUrl: 'https://example.org/app.git',
      defaultBranch: 'main',
      headCommit: repo.git('rev-parse', 'main'),
      branches: expect.arrayContaining(['main', 'next']),
      dirty: true,
    })
    expect(fingerprint(repo)).toBe(before)
  })

  it('GIT-3 a repository without a commit can be linked', async () => {
    const empty = testRepository({})
    const found = await inspectRepository(await openRepository(empty.machine, empty.path))
    expect(found).toMatchObject({ defaultBranch: 'main', headCommit: null, branches: [], dirty: false })
    empty.gone()
  })

  it('GIT-4 credentials never leave with a remote address', () => {
    expect(withoutCredentials('ssh://git:pw@host/x.git')).toBe('ssh://host/x.git')
    expect(withoutCredentials('git@github.com:a/b.git')).toBe('git@github.com:a/b.git')
    expect(withoutCredentials(null)).toBeNull()
  })

  it('makes a repository with a first commit, and a second of the same name beside it', async () => {
    const folder = join(repo.root, 'made')
    const first = await createRepository(repo.machine, folder, 'Café — Häuser')
    const second = await createRepository(repo.machine, folder, 'Café — Häuser')
    expect([first.name, second.name]).toEqual(['cafe-hauser', 'cafe-hauser-2'])
    expect(await inspectRepository(await open(first.path))).toEqual({ ...first })
  })

  it.each(['-x', 'a..b', 'a b', 'a~1', '.a', 'a.lock', 'a/', '/a', 'a//b', 'a@{1}', '@', 'a\nb', 'a\\b', ''])(
    'refuses %j as a branch name',
    (name) => {
      expect(isBranchName(name)).toBe(false)
    },
  )

  it('GIT-5 commit hooks are those of its own folder, or of the one its configuration names', async () => {
    const hook = (file: string): string => {
      repo.write(file, '#!/bin/sh\n')
      chmodSync(join(repo.path, file), 0o755)
      return join(repo.path, file)
    }
    const found = async () => {
      const { git, commonDir, namesHooks } = await open(repo.path)
      return findCommitHooks(git, { commonDir, workTree: repo.path, namesHooks })
    }
    const own = hook('.git/hooks/commit-msg')
    expect(await found()).toEqual([{ name: 'commit-msg', path: own }])
    const named = hook('mine/pre-commit')
    repo.git('config', 'core.hooksPath', 'mine')
    expect(await found()).toEqual([{ name: 'pre-commit', path: named }])
  })

  it('GIT-2 nothing a repository configures is run: fsmonitor, filters, textconv, diff and merge drivers, hooks', async () => {
    const marker = join(repo.root, 'ran')
    const run = `touch ${marker}; cat`
    const settings = [
      '[core]',
      `fsmonitor = "${run}"`,
      `sshCommand = "${run}"`,
      '[filter "f=x"]',
      `clean = "${run}"`,
      `smudge = "${run}"`,
      `process = "${run}"`,
      'required = true',
      '[diff]',
      `external = "${run}"`,
      '[diff "d"]',
      `textconv = "${run}"`,
      `command = "${run}"`,
      '[merge "m"]',
      `driver = "${run}"`,
      '[gpg]',
      `program = "${run}"`,
      '[commit]',
      'gpgSign = true',
    ]
    appendFileSync(join(repo.path, '.git/config'), `${settings.join('\n')}\n`)
    repo.write('.git/hooks/post-checkout', `#!/bin/sh\ntouch ${marker}\n`)
    repo.write('.git/hooks/pre-commit', `#!/bin/sh\ntouch ${marker}\n`)
    repo.write('.git/hooks/reference-transaction', `#!/bin/sh\ntouch ${marker}\n`)
    repo.git('-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', 'config', 'user.name', 'x')
    for (const hook of ['post-checkout', 'pre-commit', 'reference-transaction']) chmodSync(join(repo.path, '.git/hooks', hook), 0o755)
    writeFileSync(join(repo.path, '.gitattributes'), '* filter=f=x diff=d merge=m\n')
    const { git } = await open(repo.path)
    await inspectRepository(await open(repo.path))
    await git('add', '--all', '--', '.')
    await git('diff', '--no-ext-diff', '--no-textconv', '--cached')
    await git('worktree', 'add', '--quiet', '-b', 'other', '--', join(repo.root, 'wt'), 'HEAD')
    await git('commit', '--quiet', '-m', 'chore: x')
    expect((await import('node:fs')).existsSync(marker)).toBe(false)
  })
})
