import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { repeatedQuestions } from '#domain/interviews/repeats.ts'
import { type PayloadOf, type Spoken, type TurnPayload, type TurnResults, turnResults } from '#domain/sessions/protocol.ts'
import { DEADLINES, type ModelDeadlines } from '#runner/agents/model-call.ts'
import { toolFolders } from '#runner/sandbox/bwrap.ts'
import { TurnStop } from '#runner/turn-stop.ts'
import { makeFolders } from '#runner/workspaces/workspace.ts'
import { fingerprint, type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import type { Levers } from '#tests/fakes/openai-levers.ts'
import { FAKE_KEY, type FakeOpenAi, fakeOpenAi, specOfFake } from '#tests/fakes/openai-server.ts'
import { type FakeRunnerServer, type FakeTurn, fakeRunnerServer } from '#tests/fakes/runner-server.ts'
import { claimTurns } from './claim-loop.ts'
import { type Leases, openLeases } from './leases.ts'
import { runTurn } from './run-turn.ts'
import { serverOverTrpc } from './trpc-server.ts'
import type { Machine } from './turn-context.ts'

let server: FakeRunnerServer
let model: FakeOpenAi
let leases: Leases
let test: TestRepository
let machine: Machine
let stopping: AbortController
let claiming: Promise<void>
let before: string

beforeAll(async () => {
  server = await fakeRunnerServer()
  leases = openLeases({ url: server.url, token: server.token, askMs: 100 })
})
afterAll(async () => {
  await leases.close()
  await server.close()
})
beforeEach(async () => {
  model = await fakeOpenAi()
  test = testRepository({ 'README.md': '# Hello\n', 'src/a.ts': 'export const a = 1\n', '.gitignore': 'ignored.txt\n' })
  test.write('ignored.txt', 'mine')
  test.write('untracked.txt', 'mine')
  test.write('README.md', '# In the middle\n')
  before = fingerprint(test)
  const folders = await makeFolders(join(test.root, 'data'))
  machine = {
    name: 'test-machine',
    git: { searchPath: process.env.PATH ?? '', home: folders.home },
    folders,
    repositories: join(test.root, 'repositories'),
    isolation: { kind: 'unsandboxed' },
    tools: toolFolders(process.execPath),
    commandLimits: { timeoutMs: 5_000, maxOutput: 20_000 },
    deadlines: { ...DEADLINES, retryPauseMs: 10 },
    newId: () => v7(),
    now: () => Date.now(),
    log: pino({ level: 'silent' }),
  }
  stopping = new AbortController()
  const port = serverOverTrpc(async () => server)
  claiming = claimTurns({
    server: port,
    runner: { runnerId: 'r', name: 'test', version: '0' },
    slots: 2,
    signal: stopping.signal,
    onContact: () => {},
    run: (claim) => runTurn(claim, stopping.signal, { server: port, leases, machine, pause: () => sleep(20) }),
  })
})
afterEach(async () => {
  stopping.abort(new TurnStop('shutdown', 'stopped'))
  await claiming
  expect(fingerprint(test), 'the person’s own checkout, byte for byte').toBe(before)
  await model.close()
  test.gone()
})

const builtin = { kind: 'builtin' } as const
const openai = (more: Partial<{ apiKey: string; model: string; baseUrl: string }> = {}) => ({ ...specOfFake(model), ...more })
const executePayload = (more: Partial<PayloadOf<'execute'>> = {}): PayloadOf<'execute'> => ({
  kind: 'execute',
  agent: builtin,
  projectId: 'p',
  attemptId: '0193a000-0000-7000-8000-00000000000a',
  sessionId: 's',
  repoId: 'r',
  repoPath: test.path,
  branch: 'slipway/app-42-add-login',
  targetBranch: 'main',
  headCommit: null,
  task: { id: 't', shortId: 'APP-42', title: 'Add login', description: 'People sign in.', checklist: ['a test proves it'] },
  prompt: 'Build a login page.',
  promptId: '0193a000-0000-7000-8000-0000000000ff',
  transcript: [],
  startedBy: { name: 'Ada Lovelace', email: 'ada@example.org' },
  limits: { maxSteps: 12, maxMs: 20_000, maxTokens: 1_000_000 },
  forbiddenPaths: [],
  ...more,
})
const run = (payload: TurnPayload): Promise<FakeTurn> => server.ended(server.queue(payload).turnId, 30_000)
const resultOf = <K extends TurnPayload['kind']>(turn: FakeTurn, kind: K): TurnResults[K] =>
  turnResults[kind].parse(turn.end?.result) as TurnResults[K]
const eventsOf = <T extends FakeTurn['events'][number]['type']>(turn: FakeTurn, type: T) =>
  turn.events.filter((event) => event.type === type) as Extract<FakeTurn['events'][number], { type: T }>[]
const logOf = (turn: FakeTurn): string =>
  eventsOf(turn, 'log')
    .map((event) => event.text)
    .join('')
/** What checked the work, in order, with what each printed and how it ended. */
const checksOf = (turn: FakeTurn) =>
  eventsOf(turn, 'process.started')
    .filter(({ runReason }) => runReason === 'check')
    .map(({ processId, command }) => {
      const ended = eventsOf(turn, 'process.ended').find((event) => event.processId === processId)
      const logs = eventsOf(turn, 'log').filter((event) => event.processId === processId)
      return { command, status: ended?.status, exitCode: ended?.exitCode, printed: logs.map(({ text }) => text).join('') }
    })
const said = (turn: FakeTurn): string =>
  eventsOf(turn, 'message')
    .map((event) => event.delta)
    .join('')
const userSays = (content: string) => ({
  id: v7(),
  role: 'user' as const,
  content,
  author: 'Ada',
  topic: null,
  answers: null,
  assumed: false,
})

describe('the built-in agent', () => {
  it('AGENT-1 writes the specification on its own branch, in one conventional commit with the person as co-author', async () => {
    const turn = await run(executePayload())
    expect(turn.end).toMatchObject({ outcome: 'succeeded', result: { changed: true } })
    const spec = test.git('show', 'slipway/app-42-add-login:docs/specs/app-42-add-login.md')
    for (const part of ['# APP-42 Add login', 'People sign in.', '> Build a login page.', '- [ ] a test proves it'])
      expect(spec).toContain(part)
    expect(test.git('diff', '--name-only', 'main', 'slipway/app-42-add-login')).toBe('docs/specs/app-42-add-login.md')
    const [commit] = eventsOf(turn, 'commit')
    expect(commit?.sha).toBe(test.refs().get('refs/heads/slipway/app-42-add-login'))
    expect(commit?.message).toMatch(
      /^docs: add login\n\nSlipway-Task: APP-42\nSlipway-Prompt: .*\nSlipway-Turn: .*\nCo-authored-by: Ada Lovelace <ada@example.org>$/,
    )
    const made = (commit?.timestamp ?? 0) / 1000
    expect(test.git('show', '-s', '--format=%an <%ae> %at %ct', commit?.sha ?? '')).toBe(`AI System <ai@slipway.local> ${made} ${made}`)
    const [diff] = eventsOf(turn, 'diff')
    expect(server.blobs.get(diff?.patch ?? '')?.toString()).toContain('+# APP-42 Add login')
    expect(diff).toMatchObject({ filesChanged: 1, linesAdded: commit?.changes[0]?.added, linesRemoved: 0 })
    expect(eventsOf(turn, 'status').map((event) => event.status)).toEqual(['preparing', 'running'])
    expect(eventsOf(turn, 'process.ended')).toMatchObject([{ status: 'completed', exitCode: 0, afterHeadCommit: commit?.sha }])
    expect(turn.seqs).toEqual([...turn.seqs].sort((a, b) => a - b))
  })

  it('AGENT-1 adds a follow-up to it, as a commit of its own', async () => {
    const first = await run(executePayload())
    const headCommit = eventsOf(first, 'commit')[0]?.sha ?? null
    const turn = await run(executePayload({ headCommit, transcript: [userSays('Also remember me.')] }))
    expect(turn.end?.outcome).toBe('succeeded')
    const spec = test.git('show', 'slipway/app-42-add-login:docs/specs/app-42-add-login.md')
    expect(spec).toContain('## Follow-up of')
    expect(spec).toContain('> Also remember me.')
    expect(test.git('rev-list', '--count', 'main..slipway/app-42-add-login')).toBe('2')
    expect(eventsOf(turn, 'diff')[0]?.linesAdded).toBeGreaterThan(eventsOf(turn, 'commit')[0]?.changes[0]?.added ?? 0)
  })

  it('CHANGE-14 a turn told twice commits once', async () => {
    const first = await run(executePayload())
    const again = server.queue(executePayload(), first.turnId)
    await server.ended(again.turnId)
    expect(test.git('rev-list', '--count', 'main..slipway/app-42-add-login')).toBe('1')
    expect(eventsOf(again, 'commit')[0]?.sha).toBe(eventsOf(first, 'commit')[0]?.sha)
  })

  it('TURN-4 bad input ends in one sentence', async () => {
    expect((await run(executePayload({ targetBranch: 'nope' }))).end).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('There is no branch nope'),
    })
    expect((await run({ kind: 'inspectRepo', path: '/nowhere/at/all' })).end).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('There is no folder'),
    })
  })
})

describe('repositories and merges as turns', () => {
  it('inspects, creates, merges', async () => {
    const made = await run({ kind: 'createRepo', name: 'My app' })
    const { path } = resultOf(made, 'createRepo')
    expect((await run({ kind: 'inspectRepo', path })).end?.result).toMatchObject({
      name: 'my-app',
      defaultBranch: 'main',
      branches: ['main'],
      dirty: false,
    })
    const work = await run(executePayload({ repoPath: path }))
    const headCommit = eventsOf(work, 'commit')[0]?.sha ?? ''
    const merge = await run({
      kind: 'merge',
      projectId: 'p',
      attemptId: executePayload().attemptId,
      repoId: 'r',
      repoPath: path,
      branch: 'slipway/app-42-add-login',
      targetBranch: 'main',
      headCommit,
      message: 'docs: add login',
      mergedBy: { name: 'Ada', email: null },
    })
    expect(merge.end).toMatchObject({ outcome: 'succeeded' })
    expect(existsSync(join(path, 'docs/specs/app-42-add-login.md'))).toBe(true)
  })

  it('SUB-5 merges into the branch of another attempt, brings its worktree forward, and tells all it has changed by now', async () => {
    const whole = await run(executePayload())
    const [place] = eventsOf(whole, 'workspace')
    const attemptId = executePayload().attemptId
    const part = await run(
      executePayload({
        attemptId: '0193a000-0000-7000-8000-00000000000b',
        branch: 'slipway/app-43-part',
        targetBranch: 'slipway/app-42-add-login',
        task: { id: 'u', shortId: 'APP-43', title: 'Part', description: 'A part of it.', checklist: [] },
      }),
    )
    const merge = () =>
      run({
        kind: 'merge',
        projectId: 'p',
        attemptId: '0193a000-0000-7000-8000-00000000000b',
        repoId: 'r',
        repoPath: test.path,
        branch: 'slipway/app-43-part',
        targetBranch: 'slipway/app-42-add-login',
        headCommit: eventsOf(part, 'commit')[0]?.sha ?? '',
        message: 'docs: add the part',
        mergedBy: { name: 'Ada', email: null },
        into: { attemptId, baseCommit: place?.baseCommit ?? '' },
      })
    const gitFile = join(place?.path ?? '', '.git')
    const before = readFileSync(gitFile, 'utf8')
    writeFileSync(gitFile, `${before}\n`)
    expect((await merge()).end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('".git"') })
    writeFileSync(gitFile, before)
    const merged = await merge()
    expect(merged.end).toMatchObject({ outcome: 'succeeded', result: { into: { filesChanged: 2 } } })
    expect(existsSync(join(place?.path ?? '', 'docs/specs/app-43-part.md'))).toBe(true)
  })
})

describe('an agent with a model', () => {
  it('AGENT-3 looks, writes, finishes, and words the commit', async () => {
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({
      outcome: 'succeeded',
      result: { changed: true, summary: expect.stringContaining('Wrote src/feature.ts') },
    })
    expect(eventsOf(turn, 'commit')[0]?.message).toMatch(/^feat: add login\n\nSlipway-Task: APP-42/)
    expect(said(turn)).toContain('Let me look at what is here first.')
    expect(eventsOf(turn, 'message').some((event) => event.role === 'tool' && event.tool === 'write_file src/feature.ts')).toBe(true)
    const usage = eventsOf(turn, 'usage')
    expect(usage.length).toBe(4)
    // SESSION-1: how full the conversation is; the words of the commit are asked for outside of it.
    const { promptTokens = 0, completionTokens = 0, context } = usage[2] ?? {}
    expect(context).toEqual({ used: promptTokens + completionTokens, limit: null, leftOut: 0 })
    expect(usage[3]?.context).toBeUndefined()
    expect(model.journal.every((request) => request.authorization === `Bearer ${FAKE_KEY}`)).toBe(true)
    expect(JSON.stringify(turn.events)).not.toContain(FAKE_KEY)
  })

  it('AGENT-3 continues in the same worktree for a follow-up', async () => {
    await run(executePayload({ agent: openai() }))
    const turn = await run(executePayload({ agent: openai(), transcript: [userSays('Build a login page.'), userSays('And a logout.')] }))
    expect(turn.end?.outcome).toBe('succeeded')
    expect(test.git('show', '--format=', '--name-only', 'slipway/app-42-add-login')).toBe('src/follow-up-1.ts')
  })

  it.each<[string, Partial<Levers>, RegExp, number, Partial<ModelDeadlines>?]>([
    ['401', { status: 401, message: 'No such key.' }, /refused the key \(401\): “No such key\.”/, 1],
    ['429 with seconds', { status: 429, message: 'Slow down', retryAfter: '0' }, /at its limit \(429\): “Slow down”/, 3],
    ['429 without a hint', { status: 429, message: 'Slow down' }, /at its limit \(429\)/, 3],
    [
      '429 for an hour',
      { status: 429, message: 'Please try again later.', retryAfter: '3600' },
      /“Please try again later\.” Wait 60 minutes, then resume\.$/,
      1,
    ],
    ['500', { status: 500, message: 'Oops' }, /trouble of its own \(500\): “Oops”/, 3],
    ['a page instead of a stream', { garbage: 'html' }, /not a chat completion/, 1],
    ['an empty stream', { garbage: 'empty', cutAfter: 0 }, /broke off|not a chat completion/, 3],
    ['lines that are no JSON', { garbage: 'sse' }, /not a chat completion|broke off/, 1],
    ['silence before the first byte', { delayMs: 3_000 }, /did not answer within 1 s/, 3, { firstByteMs: 1_000 }],
    ['silence in the middle', { hangAfter: 3 }, /fell silent in the middle/, 1, { idleMs: 1_000 }],
    ['a cut in the middle', { cutAfter: 4 }, /broke off in the middle \(the connection was cut\)/, 1],
  ])('MODEL-1 %s ends in one sentence, and leaves no branch', async (_name, levers, sentence, tries, deadlines) => {
    model.pull(levers)
    Object.assign(machine.deadlines, deadlines)
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(sentence) })
    expect(model.journal).toHaveLength(tries)
    expect([...test.refs().keys()]).toEqual(['refs/heads/main'])
    expect(eventsOf(turn, 'process.ended')).toMatchObject([{ status: 'failed' }])
  })

  it('MODEL-2 a limit that passes is waited for', async () => {
    model.pull({ status: 429, retryAfter: new Date(Date.now() - 1000).toUTCString(), times: 1 })
    expect((await run(executePayload({ agent: openai() }))).end?.outcome).toBe('succeeded')
  })

  it('MODEL-1 a cut after work was done keeps the work, committed by rule', async () => {
    let asked = 0
    // Pulled while the second answer is made, so that it holds from the third on.
    model.says((request) => {
      if (request.tools && ++asked === 2) model.pull({ cutAfter: 1 })
      return undefined
    })
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/broke off.*committed on slipway\/app-42-add-login/),
    })
    expect(test.git('show', 'slipway/app-42-add-login:src/feature.ts')).toContain('Add login')
    expect(eventsOf(turn, 'commit')[0]?.message).toContain('Stopped early')
  })

  it('AGENT-2 tool calls that cannot be read never run, and three end the run', async () => {
    model.pull({ badToolJson: true })
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('3 tool calls in a row that could not be read') })
    expect(model.journal).toHaveLength(3)
    for (const { body } of model.journal)
      for (const message of body?.messages ?? [])
        for (const call of message.tool_calls ?? [])
          expect(() => JSON.parse((call.function as unknown as { arguments: string }).arguments)).not.toThrow()
  })

  it('HANDS-1 tries to get out are refused, listed, and change nothing', async () => {
    const bad = ['../../etc/passwd', '/etc/passwd', '.git/config', '.GIT/hooks/pre-commit', 'link/x', 'secrets/key', '~/x']
    let at = 0
    model.says((request) => {
      if (!request.tools) return undefined
      const path = bad[at++]
      return path === undefined
        ? { calls: [{ name: 'finish', arguments: { summary: 'I tried.' } }] }
        : { calls: [{ name: 'write_file', arguments: { path, content: 'x' } }] }
    })
    const turn = await run(executePayload({ agent: openai(), forbiddenPaths: ['secrets/'] }))
    expect(turn.end).toMatchObject({ outcome: 'succeeded', result: { changed: bad.includes('link/x') } })
    const { summary } = resultOf(turn, 'execute')
    expect(summary).toContain('Refused 6 tries')
    expect(logOf(turn)).toContain('.git/config')
  })

  it('CHANGE-10 a command that writes a forbidden path: no commit, the file named, the work kept', async () => {
    let asked = 0
    model.says((request) =>
      request.tools
        ? asked++ === 0
          ? {
              calls: [
                { name: 'run_command', arguments: { command: 'mkdir -p Secrets && echo x > Secrets/key && echo hello from the command' } },
              ],
            }
          : { calls: [{ name: 'finish', arguments: { summary: 'Done.' } }] }
        : undefined,
    )
    const turn = await run(executePayload({ agent: openai(), forbiddenPaths: ['secrets/'] }))
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('Secrets/key may not be committed') })
    expect(eventsOf(turn, 'commit')).toEqual([])
    expect(readFileSync(join(machine.folders.worktrees, executePayload().attemptId, 'Secrets/key'), 'utf8')).toBe('x\n')
    expect(logOf(turn)).toMatch(/hello from the command[\s\S]*refs\/slipway\/rescue\//)
  })

  it('CHECK-3 B24 a command that checks the work stands apart, with how it ended; one that looks at it does not', async () => {
    const script = `'#!/bin/sh' 'echo "$1 ran"' 'test "$1" = check'`
    const commands = [`printf '%s\\n' ${script} > gradlew; chmod +x gradlew`, './gradlew verify', './gradlew check']
    let asked = 0
    model.says((request) => {
      if (!request.tools) return undefined
      const command = commands[asked++]
      return { calls: [command ? { name: 'run_command', arguments: { command } } : { name: 'finish', arguments: { summary: 'Done.' } }] }
    })
    const turn = await run(executePayload({ agent: openai() }))
    expect(checksOf(turn)).toEqual([
      { command: './gradlew verify', status: 'failed', exitCode: 1, printed: 'verify ran\n' },
      { command: './gradlew check', status: 'completed', exitCode: 0, printed: 'check ran\n' },
    ])
  })

  it('REDACT-1 a key an agent got hold of is neither told nor committed', async () => {
    let asked = 0
    model.says((request) =>
      request.tools
        ? asked++ === 0
          ? { text: `The key is ${FAKE_KEY}.`, calls: [{ name: 'write_file', arguments: { path: 'key.txt', content: FAKE_KEY } }] }
          : { calls: [{ name: 'finish', arguments: { summary: FAKE_KEY } }] }
        : undefined,
    )
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining("holds the model's key") })
    expect(JSON.stringify([turn.events, turn.end])).not.toContain(FAKE_KEY)
  })

  it('AGENT-3 limits of steps and tokens stop it with the work kept', async () => {
    const steps = await run(executePayload({ agent: openai(), limits: { maxSteps: 2, maxMs: 20_000, maxTokens: 1_000_000 } }))
    expect(steps.end).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/limit of 2 steps.*committed on/) })
    const other = executePayload({
      agent: openai(),
      attemptId: '0193a000-0000-7000-8000-00000000000b',
      branch: 'slipway/other',
      limits: { maxSteps: 12, maxMs: 20_000, maxTokens: 10 },
    })
    expect((await run(other)).end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('limit of 10 tokens') })
    model.pull({ delayMs: 900 })
    const slow = executePayload({
      agent: openai(),
      attemptId: '0193a000-0000-7000-8000-00000000000c',
      branch: 'slipway/slow',
      limits: { maxSteps: 12, maxMs: 200, maxTokens: 1_000_000 },
    })
    expect((await run(slow)).end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('time limit') })
  })

  it('AGENT-3 commands are refused with a sentence where there is no sandbox', async () => {
    machine.isolation = { kind: 'none', because: 'No sandbox (bubblewrap) is installed on the runner.' }
    let asked = 0
    model.says((request) =>
      request.tools && asked++ === 0 ? { calls: [{ name: 'run_command', arguments: { command: 'touch ran' } }] } : undefined,
    )
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end?.outcome).toBe('succeeded')
    expect(said(turn)).toContain("commands can't run on this machine, because no sandbox")
    expect(logOf(turn)).toContain('Commands are off')
  })

  it('TURN-6 a cancelled run ends its commands within seconds and keeps its diff', async () => {
    let asked = 0
    model.says((request) =>
      request.tools
        ? asked++ === 0
          ? { calls: [{ name: 'run_command', arguments: { command: 'echo started > half.txt; (trap "" TERM; sleep 60) & sleep 60' } }] }
          : undefined
        : undefined,
    )
    const queued = server.queue(executePayload({ agent: openai() }))
    const half = join(machine.folders.worktrees, executePayload().attemptId, 'half.txt')
    await server.until(() => existsSync(half))
    server.cancel(queued.turnId)
    const turn = await server.ended(queued.turnId, 18_000)
    expect(turn.end).toMatchObject({ outcome: 'cancelled', reason: 'What was done so far is committed on slipway/app-42-add-login.' })
    expect(test.git('show', 'slipway/app-42-add-login:half.txt')).toBe('started')
    expect(eventsOf(turn, 'process.ended')).toMatchObject([{ status: 'killed' }])
    expect(readdirSync(machine.folders.processes)).toEqual([])
  })

  it('LEASE-2 a lost lease ends the run, commits nothing, and keeps the work', async () => {
    let asked = 0
    model.says((request) =>
      request.tools
        ? asked++ === 0
          ? { calls: [{ name: 'run_command', arguments: { command: 'echo precious > half.txt; sleep 60' } }] }
          : undefined
        : undefined,
    )
    const queued = server.queue(executePayload({ agent: openai() }))
    await server.until(() => existsSync(join(machine.folders.worktrees, executePayload().attemptId, 'half.txt')))
    server.takeAway(queued.turnId)
    const ref = await server.until(() => [...test.refs().keys()].find((name) => name.startsWith('refs/slipway/rescue/')), 15_000)
    expect(test.git('show', `${ref}:half.txt`)).toBe('precious')
    expect(test.refs().get('refs/heads/slipway/app-42-add-login')).toBe(test.refs().get('refs/heads/main'))
    expect(queued.end).toBeNull()
  })

  it('REPORT-1 answers that get lost are asked for again, and nothing counts twice', async () => {
    server.dropAnswers('runner.report', 3)
    server.dropAnswers('runner.finish', 2)
    server.dropAnswers('blobs', 1)
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end?.outcome).toBe('succeeded')
    expect(eventsOf(turn, 'commit')).toHaveLength(1)
    expect(new Set(turn.seqs).size).toBe(turn.seqs.length)
  })

  it('GIT-6 a failing pre-commit hook is shown and handed to the agent, who mends it', async () => {
    test.write('.git/hooks/pre-commit', '#!/bin/sh\ntest -f allowed.txt || { echo "allowed.txt is missing"; exit 1; }\n')
    chmodSync(join(test.path, '.git/hooks/pre-commit'), 0o755)
    model.says((request) =>
      request.tools && /allowed\.txt is missing/.test(request.messages.findLast((message) => message.role === 'user')?.content ?? '')
        ? {
            calls: [
              { name: 'write_file', arguments: { path: 'allowed.txt', content: 'x' } },
              { name: 'finish', arguments: { summary: 'Mended.' } },
            ],
          }
        : undefined,
    )
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({ outcome: 'succeeded', result: { summary: 'Mended.' } })
    expect(test.git('show', '--format=', '--name-only', 'slipway/app-42-add-login')).toBe('allowed.txt\nsrc/feature.ts')
    expect(logOf(turn)).toContain('pre-commit hook refused')
    expect(checksOf(turn), 'CHECK-3 B24 a hook is a check').toEqual([
      { command: 'pre-commit', status: 'failed', exitCode: 1, printed: 'allowed.txt is missing\n' },
      { command: 'pre-commit', status: 'completed', exitCode: 0, printed: '' },
    ])
  })

  it('GIT-6 without a sandbox a hook does not run, and the result says so', async () => {
    machine.isolation = { kind: 'none', because: 'No sandbox (bubblewrap) is installed on the runner.' }
    test.write('.git/hooks/pre-commit', `#!/bin/sh\ntouch ${join(test.root, 'ran')}\nexit 1\n`)
    chmodSync(join(test.path, '.git/hooks/pre-commit'), 0o755)
    const turn = await run(executePayload())
    expect(turn.end).toMatchObject({ outcome: 'succeeded', result: { summary: expect.stringContaining('pre-commit hook was not run') } })
    expect(existsSync(join(test.root, 'ran'))).toBe(false)
  })

  it('WORKSPACE-4 an agent’s command that changes the .git file is noticed: nothing is committed', async () => {
    let asked = 0
    model.says((request) =>
      request.tools && asked++ === 0
        ? { calls: [{ name: 'run_command', arguments: { command: 'echo "gitdir: /tmp/evil" > .git' } }] }
        : undefined,
    )
    const turn = await run(executePayload({ agent: openai() }))
    expect(turn.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining("Something changed git's own file") })
    expect(test.refs().get('refs/heads/slipway/app-42-add-login')).toBe(test.refs().get('refs/heads/main'))
  })
})

describe('questions to a model', () => {
  const open = {
    goal: 'open',
    users: 'open',
    data: 'open',
    screens: 'open',
    rules: 'open',
    limits: 'open',
    risks: 'open',
    doneWhen: 'open',
  } as const

  it('AGENT-7 asks a question with two to five options about an open topic', async () => {
    const turn = await run({
      kind: 'interview',
      agent: openai(),
      projectId: 'p',
      interviewId: 'i',
      title: 'App',
      coverage: { ...open, goal: 'answered' },
      transcript: [],
      repoPath: null,
    })
    expect(turn.end).toMatchObject({
      outcome: 'succeeded',
      result: {
        topic: 'users',
        question: expect.stringContaining('Who'),
        options: expect.arrayContaining(['Only me']),
        promptTokens: expect.any(Number),
      },
    })
  })

  it('AGENT-7 a question that was asked is not asked again: once it is sent back, then the turn ends', async () => {
    const question = 'Who will use it?'
    model.says((request) =>
      request.tools?.[0]?.function.name === 'next_question'
        ? {
            calls: [
              {
                name: 'next_question',
                arguments: {
                  question: model.journal.length > 1 ? 'What else?' : `${question.toUpperCase()}`,
                  options: ['a', 'b'],
                  topic: 'users',
                  answered: [],
                },
              },
            ],
          }
        : undefined,
    )
    const transcript = [{ ...userSays(question), role: 'assistant' as const }]
    const ask = {
      kind: 'interview' as const,
      agent: openai(),
      projectId: 'p',
      interviewId: 'i',
      title: 'App',
      coverage: open,
      transcript,
      repoPath: null,
    }
    expect((await run(ask)).end).toMatchObject({ result: { question: 'What else?' } })
    model.says((request) =>
      request.tools
        ? { calls: [{ name: 'next_question', arguments: { question, options: ['a', 'b'], topic: 'users', answered: [] } }] }
        : undefined,
    )
    expect((await run(ask)).end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('twice') })
  })

  it('MODEL-7 INTERVIEW-13 tells the words of a question as they come, one that did not fit is begun anew, and a stop ends the request', async () => {
    let round = 0
    const transcript = [{ ...userSays('Who is it for?'), role: 'assistant' as const }]
    model.says((request) => {
      if (request.tools?.[0]?.function.name !== 'next_question') return undefined
      const question = round++ === 0 ? 'Who is it for?' : 'Which of the tills is the busiest one of the day?'
      return { calls: [{ name: 'next_question', arguments: { topic: 'rules', question, options: ['a', 'b'], answered: [] } }] }
    }) // biome-ignore format: a script
    model.pull({ chunkDelayMs: 60 })
    const payload = { kind: 'interview' as const, agent: openai(), projectId: 'p', interviewId: 'i', title: 'Till', coverage: open, transcript, repoPath: null } // biome-ignore format: one line
    const turn = await run(payload)
    const words = eventsOf(turn, 'question').map(({ text }) => text)
    const { question } = resultOf(turn, 'interview')
    const begun = words.slice(words.indexOf('Who is it for?') + 1)
    expect(words.indexOf('Who is it for?')).toBeGreaterThan(0)
    expect(begun.length).toBeGreaterThan(2)
    for (const text of begun) expect(question.startsWith(text)).toBe(true)
    expect(begun[0]?.length).toBeLessThan('Who is it for?'.length)
    expect(begun.at(-1)).toBe(question)

    model.pull({ hangAfter: 12 })
    const hanging = server.queue({ ...payload, transcript: [] })
    await server.until(() => eventsOf(hanging, 'question').length > 0)
    server.cancel(hanging.turnId)
    expect((await server.ended(hanging.turnId, 5_000)).end).toMatchObject({ outcome: 'cancelled' })
  })

  it('AGENT-7 I5 in thirty questions of a model that repeats itself every third time none is asked again', async () => {
    const subjects =
      'sums coins notes cards receipts refunds drawers shifts staff taxes printers scanners stock prices discounts vouchers queues returns languages currencies reports alarms backups audits loyalty allergens deliveries tables tips closing'.split(
        ' ',
      )
    const transcript: Spoken[] = []
    let at = 0
    let tries = 0
    model.says((request) => {
      if (request.tools?.[0]?.function.name !== 'next_question') return undefined
      const again = at % 3 === 2 && tries++ === 0
      const subject = subjects[again ? at - 1 : at]
      return { calls: [{ name: 'next_question', arguments: { question: again ? `And ${subject}: what must hold for them?` : `What must hold for ${subject}?`, options: ['a', 'b'], topic: 'rules', answered: [] } }] }
    }) // biome-ignore format: a script
    for (; at < 30; at++) {
      tries = 0
      const turn = await run({ kind: 'interview', agent: openai(), projectId: 'p', interviewId: 'i', title: 'Till', coverage: open, transcript: [...transcript], repoPath: null })
      const { question } = resultOf(turn, 'interview')
      transcript.push({ ...userSays(question), role: 'assistant' }, userSays(`About ${subjects[at]}.`))
    } // biome-ignore format: a run
    const questions = transcript.filter(({ role }) => role === 'assistant').map(({ content }) => content)
    expect(questions).toHaveLength(30)
    expect(repeatedQuestions(questions)).toEqual([])
  })

  it('AGENT-11 I7 with a repository linked a question names its files, and what it says itself is not asked', async () => {
    const seen: string[] = []
    let round = 0
    model.says((request) => {
      if (request.tools?.[0]?.function.name !== 'next_question') return undefined
      seen.push(JSON.stringify(request.messages))
      const question = round++ === 0 ? 'Where is the code?' : 'Is the number in euros?'
      return { calls: [{ name: 'next_question', arguments: { question, options: ['a', 'b'], topic: 'rules', answered: [], files: ['src/a.ts', 'not/there.ts'] } }] }
    }) // biome-ignore format: a script
    const turn = await run({ kind: 'interview', agent: openai(), projectId: 'p', interviewId: 'i', title: 'Till', coverage: open, transcript: [], repoPath: test.path }) // biome-ignore format: one line
    expect(resultOf(turn, 'interview').question).toBe('Is the number in euros? (`src/a.ts`)')
    expect(seen[0]).toContain('src/a.ts')
    expect(seen[1]).toContain('The list of files says where things are.')
  })

  it('AGENT-12 shows a model that looks at pictures those of the answers', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const sha256 = createHash('sha256').update(picture).digest('hex')
    server.blobs.set(sha256, picture)
    const transcript = [userSays(`As here: ![till.png](/blobs/${sha256})`)]
    const payload = {
      kind: 'interview' as const,
      projectId: 'p',
      interviewId: 'i',
      title: 'Till',
      coverage: open,
      transcript,
      repoPath: null,
    }
    await run({ ...payload, agent: { ...openai(), takesPictures: true } })
    const [{ content } = { content: '' }] = (model.journal.at(-1)?.body?.messages ?? []).slice(-1)
    expect(content).toEqual([
      { type: 'text', text: expect.stringContaining('As here: (picture: till.png)') },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${picture.toString('base64')}` } },
    ])
  })

  it('AGENT-8 AGENT-9 proposes prompts that rest on messages that exist, and at most seven tasks', async () => {
    const answer = userSays('A list.')
    const prompts = await run({
      kind: 'proposePrompts',
      agent: openai(),
      projectId: 'p',
      interviewId: 'i',
      title: 'App',
      transcript: [answer],
    })
    expect(resultOf(prompts, 'proposePrompts').proposals[0]).toMatchObject({
      title: 'Keep a list of entries',
      sources: [answer.id],
      criteria: [{ text: 'a test proves it', sources: [answer.id] }],
      content: expect.stringMatching(/## Done when\n\n- \[ \] a test proves it$/),
    })
    const tasks = await run({
      kind: 'proposeTasks',
      agent: openai(),
      projectId: 'p',
      promptId: 'x',
      title: 'App',
      prompt: 'Build it.',
      rejected: ['A dark mode'],
    })
    expect(resultOf(tasks, 'proposeTasks').proposals.map((task) => task.dependsOn)).toEqual([[], [0], [0]])
    expect(JSON.stringify(model.journal.at(-1)?.body), 'B26').toContain('Propose none of them again, in whatever words:\\n- A dark mode')
    model.says((request) =>
      request.tools?.[0]?.function.name === 'propose_tasks'
        ? { calls: [{ name: 'propose_tasks', arguments: { proposals: Array.from({ length: 8 }, () => ({ title: 'x' })) } }] }
        : undefined,
    )
    expect(
      (
        await run({
          kind: 'proposeTasks',
          agent: openai(),
          projectId: 'p',
          promptId: 'x',
          title: 'App',
          prompt: 'Build it.',
          rejected: ['A dark mode'],
        })
      ).end?.outcome,
    ).toBe('failed')
  })

  it('AGENT-10 tests a model, and tells the provider’s exact error', async () => {
    expect((await run({ kind: 'testModel', agent: openai() })).end?.result).toMatchObject({
      models: ['fake-small', 'fake-large'],
      reply: 'ready',
      latencyMs: expect.any(Number),
    })
    expect((await run({ kind: 'testModel', agent: openai({ apiKey: 'sk-wrong-0123456789' }) })).end?.reason).toContain(
      'Incorrect API key provided.',
    )
    expect((await run({ kind: 'testModel', agent: openai({ model: 'nope' }) })).end?.reason).toContain('The model `nope` does not exist.')
    expect((await run({ kind: 'testModel', agent: openai({ baseUrl: 'http://127.0.0.1:4739/v1' }) })).end?.reason).toMatch(
      /could not be reached \(ECONNREFUSED\)/,
    )
    model.pull({ noModels: true })
    expect((await run({ kind: 'testModel', agent: openai() })).end?.result).toMatchObject({ models: [], reply: 'ready' })
  })
})

it('HANDS-3 writes through a link that is in the repository are refused', async () => {
  const link = testRepository({ 'a.txt': 'a\n' })
  link.git('config', 'core.symlinks', 'true')
  const { symlinkSync } = await import('node:fs')
  symlinkSync('/etc', join(link.path, 'link'))
  writeFileSync(join(link.path, 'b.txt'), 'b')
  link.git('add', '--all')
  link.git('commit', '--quiet', '-m', 'chore: link')
  model.says((request) =>
    request.tools
      ? model.journal.length === 1
        ? {
            calls: [
              { name: 'write_file', arguments: { path: 'link/evil', content: 'x' } },
              { name: 'read_file', arguments: { path: 'link/passwd' } },
            ],
          }
        : { calls: [{ name: 'finish', arguments: { summary: 'x' } }] }
      : undefined,
  )
  const turn = await run(executePayload({ agent: openai(), repoPath: link.path }))
  expect(said(turn).match(/goes through a symbolic link/g)).toHaveLength(2)
  link.gone()
})
