import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PayloadOf } from '#domain/sessions/protocol.ts'
import { fingerprint, type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { type FakeOpenAi, fakeOpenAi, specOfFake } from '#tests/fakes/openai-server.ts'
import { type FakeRunnerServer, fakeRunnerServer } from '#tests/fakes/runner-server.ts'
import { program } from '#tests/harness/program.ts'

let server: FakeRunnerServer
let model: FakeOpenAi
let test: TestRepository
let started: { child: ChildProcess; stderr: () => string; exit: Promise<number | null> }[] = []

beforeAll(async () => {
  server = await fakeRunnerServer()
  model = await fakeOpenAi()
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => {
  test = testRepository()
})
afterEach(async () => {
  for (const { child, exit } of started) {
    child.kill('SIGKILL')
    await exit
  }
  started = []
  test.gone()
})

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, program('runner'), {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: test.root,
      SLIPWAY_DATA: join(test.root, 'data'),
      SLIPWAY_URL: server.url,
      SLIPWAY_RUNNER_TOKEN: server.token,
      SLIPWAY_UNSANDBOXED: 'allow',
      SLIPWAY_BWRAP: '/nowhere/bwrap',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr?.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const run = { child, stderr: () => text, exit }
  started.push(run)
  return run
}

const work = (command: string): PayloadOf<'execute'> => {
  let asked = 0
  model.says((request) =>
    request.tools && request.messages.some((message) => message.content?.includes(command)) && asked++ === 0
      ? { calls: [{ name: 'run_command', arguments: { command } }] }
      : undefined,
  )
  return {
    kind: 'execute',
    agent: specOfFake(model),
    projectId: 'p',
    attemptId: '0193a000-0000-7000-8000-00000000000a',
    sessionId: 's',
    repoId: 'r',
    repoPath: test.path,
    branch: 'slipway/app-1-x',
    targetBranch: 'main',
    headCommit: null,
    task: { id: 't', shortId: 'APP-1', title: 'X', description: '', checklist: [] },
    prompt: command,
    promptId: null,
    transcript: [],
    startedBy: { name: 'Ada', email: null },
    limits: { maxSteps: 10, maxMs: 60_000, maxTokens: 1_000_000 },
    forbiddenPaths: [],
  }
}
const inWorktree = (name: string): string => join(test.root, 'data/runner/worktrees/0193a000-0000-7000-8000-00000000000a', name)
/** A process may take its time to start on a busy machine. */
const until = <T>(look: () => T | undefined | false): Promise<T> => server.until(look, 60_000)
const alive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('a runner as a process', () => {
  it('RUNNER-1 one runner per data folder: the second says which process has it; a dead one’s lock is taken', async () => {
    const first = start()
    await until(() => first.stderr().includes('runner ready'))
    const second = start()
    expect(await second.exit).toBe(1)
    expect(second.stderr()).toContain(`another runner (process ${first.child.pid}) is using`)
    first.child.kill('SIGKILL')
    await first.exit
    const third = start()
    await until(() => third.stderr().includes('runner ready'))
  }, 180_000)

  it('RUNNER-3 bad settings, a git that is missing or old, a folder that cannot be written are one sentence and exit 1', async () => {
    const bad = start({ SLIPWAY_URL: 'localhost:4600' })
    const half = start({ SLIPWAY_RUNNER_TOKEN: '' })
    mkdirSync(join(test.root, 'empty'))
    const noGit = start({ PATH: join(test.root, 'empty'), SLIPWAY_RUNNER_DATA: join(test.root, 'other') })
    mkdirSync(join(test.root, 'old'))
    writeFileSync(join(test.root, 'old/git'), '#!/bin/sh\necho git version 2.34.1\n', { mode: 0o755 })
    const oldGit = start({ PATH: join(test.root, 'old'), SLIPWAY_RUNNER_DATA: join(test.root, 'third') })
    const noFolder = start({ SLIPWAY_RUNNER_DATA: join(test.path, 'README.md') })
    expect(await Promise.all([bad, half, noGit, oldGit, noFolder].map(({ exit }) => exit))).toEqual([1, 1, 1, 1, 1])
    expect(oldGit.stderr().trim()).toBe('slipway runner: git 2.34.1 is too old. Install git 2.38 or newer, then start again.')
    expect(noFolder.stderr().trim()).toMatch(
      /^slipway runner: the data folder .*README.md cannot be written \(EEXIST: .*SLIPWAY_RUNNER_DATA\.$/,
    )
    expect(bad.stderr().trim()).toBe('slipway runner: SLIPWAY_URL must be the address of the server, such as http://localhost:4600.')
    expect(half.stderr().trim().split('\n')).toHaveLength(1)
    expect(noGit.stderr().trim()).toBe('slipway runner: git was not found. Install git (2.38 or newer), then start again.')
  }, 180_000)

  it('RUNNER-4 waits for a server that is not there yet, and says why one gives no work, each with one line', async () => {
    const data = join(test.root, 'data')
    const runner = start({ SLIPWAY_URL: undefined as never, SLIPWAY_RUNNER_TOKEN: undefined as never })
    await until(() => runner.stderr().includes('waiting for the server to start'))
    const addressIs = (url: string, runnerToken: string): void => {
      writeFileSync(join(data, 'new.json'), JSON.stringify({ url, runnerToken }))
      renameSync(join(data, 'new.json'), join(data, 'server.json'))
    }
    addressIs(server.url, 'another')
    await until(() => runner.stderr().includes("does not take this runner's token. Make one there"))
    addressIs(server.url, server.token)
    await until(() => runner.stderr().includes('the server answers'))
    expect(runner.stderr().match(/Asking again until then/g)).toHaveLength(1)
    expect(runner.stderr().match(/waiting for the server/g)).toHaveLength(1)
    const { turnId } = server.queue({ kind: 'inspectRepo', path: test.path })
    expect((await server.ended(turnId, 60_000)).end?.outcome).toBe('succeeded')
  }, 180_000)

  it('RUNNER-5 SIGTERM in the middle of a command: gone within ten seconds, nothing left running, the work kept', async () => {
    const before = fingerprint(test)
    const runner = start()
    const turn = server.queue(work('echo precious > half.txt; sleep 300 & echo $! > child.txt; wait'))
    await until(() => existsSync(inWorktree('child.txt')) && readFileSync(inWorktree('child.txt'), 'utf8').trim() !== '')
    const pid = Number(readFileSync(inWorktree('child.txt'), 'utf8'))
    expect(alive(pid)).toBe(true)
    const asked = Date.now()
    runner.child.kill('SIGTERM')
    expect(await runner.exit).toBe(0)
    expect(Date.now() - asked).toBeLessThan(10_500)
    expect(alive(pid)).toBe(false)
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('The runner was stopped') })
    expect(readFileSync(inWorktree('half.txt'), 'utf8')).toBe('precious\n')
    expect(test.git('for-each-ref', '--format=%(refname)', 'refs/slipway/rescue')).toContain('rescue')
    expect(fingerprint(test)).toBe(before)
  }, 180_000)

  it('RUNNER-2 after kill -9 the next start ends the orphans, keeps the work, and a resumed turn goes on with it', async () => {
    const before = fingerprint(test)
    const first = start()
    server.queue(work('echo precious > half.txt; setsid sleep 300 & sleep 300 & echo $! > child.txt; wait'))
    await until(() => existsSync(inWorktree('child.txt')) && readFileSync(inWorktree('child.txt'), 'utf8').trim() !== '')
    const pid = Number(readFileSync(inWorktree('child.txt'), 'utf8'))
    first.child.kill('SIGKILL')
    await first.exit
    expect(alive(pid)).toBe(true)
    const second = start()
    await until(() => second.stderr().includes('runner ready'))
    expect(alive(pid)).toBe(false)
    expect(readdirSync(join(test.root, 'data/runner/processes'))).toEqual([])
    const ref = test.git('for-each-ref', '--format=%(refname)', 'refs/slipway/rescue')
    expect(test.git('show', `${ref}:half.txt`)).toBe('precious')
    const resumed = await server.ended(server.queue(work('true')).turnId, 8_000)
    expect(resumed.end?.outcome).toBe('succeeded')
    expect(test.git('show', 'slipway/app-1-x:half.txt')).toBe('precious')
    expect(fingerprint(test)).toBe(before)
  }, 180_000)

  it('TURN-5 short turns are not kept waiting by long ones', async () => {
    start()
    const long = work('sleep 30')
    for (const letter of ['a', 'b', 'c'])
      server.queue({
        ...long,
        attemptId: `0193a000-0000-7000-8000-00000000000${letter}`,
        branch: `slipway/${letter}`,
        prompt: `wait ${letter}`,
        agent: { ...long.agent, baseUrl: 'http://10.255.255.1/v1' } as never,
      })
    const { turnId } = server.queue({ kind: 'inspectRepo', path: test.path })
    expect((await server.ended(turnId, 60_000)).end?.outcome).toBe('succeeded')
    expect(
      [...server.turns.values()].filter(
        (turn) => turn.payload.kind === 'execute' && turn.payload.prompt.startsWith('wait') && turn.claimedAt > 0 && turn.end === null,
      ),
    ).toHaveLength(2)
  }, 180_000)
})
