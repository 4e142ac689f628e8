import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PayloadOf, RunEvent } from '#domain/sessions/protocol.ts'
import type { Agent, AgentRun } from '#runner/agents/agent.ts'
import { DEADLINES } from '#runner/agents/model-call.ts'
import { openAiAgent } from '#runner/agents/openai.ts'
import { TurnStop, throwIfStopped } from '#runner/turn-stop.ts'
import { makeFolders } from '#runner/workspaces/workspace.ts'
import { type TestRepository, testRepository } from '#tests/fakes/git-repository.ts'
import { type FakeOpenAi, fakeOpenAi, specOfFake } from '#tests/fakes/openai-server.ts'
import { execute } from './execute.ts'
import { Redactor } from './redact.ts'
import type { TurnContext } from './turn-context.ts'

const BRANCH = 'slipway/app-1-login'
const payload = (more: Partial<PayloadOf<'execute'>> = {}): PayloadOf<'execute'> => ({
  kind: 'execute',
  agent: { kind: 'builtin' },
  projectId: 'p',
  attemptId: '0193a000-0000-7000-8000-00000000000a',
  sessionId: 's',
  repoId: 'r',
  repoPath: test.path,
  branch: BRANCH,
  targetBranch: 'main',
  headCommit: null,
  task: { id: 't', shortId: 'APP-1', title: 'Login', description: '', checklist: [] },
  prompt: 'Build a login page.',
  promptId: null,
  transcript: [],
  startedBy: { name: 'Ada', email: null },
  limits: { maxSteps: 12, maxMs: 20_000, maxTokens: 1_000_000 },
  forbiddenPaths: [],
  ...more,
})

let test: TestRepository
let control: AbortController
let context: TurnContext
let events: RunEvent[]
let worktree: string

beforeEach(async () => {
  test = testRepository()
  const folders = await makeFolders(join(test.root, 'data'))
  worktree = join(folders.worktrees, payload().attemptId)
  control = new AbortController()
  events = []
  context = {
    turnId: v7(),
    fence: 1,
    machine: {
      name: 'test-machine',
      git: test.machine,
      folders,
      repositories: test.root,
      isolation: { kind: 'none', because: 'No sandbox here.' },
      tools: [],
      commandLimits: { timeoutMs: 5_000, maxOutput: 20_000 },
      deadlines: DEADLINES,
      newId: () => v7(),
      now: () => Date.now(),
      log: pino({ level: 'silent' }),
    },
    signal: control.signal,
    lease: { check: () => {} },
    redactor: new Redactor([]),
    emit: (event) => void events.push(event),
    upload: async () => '',
    download: async () => null,
  }
})
afterEach(() => test.gone())

/** An agent whose whole run is this. */
const agent = (run: (run: AgentRun) => Promise<unknown>): Agent => ({
  takesComplaints: false,
  run: async (given) => {
    await run(given)
    return { summary: 'Done.', stopped: null }
  },
})
/** Like a model that is still thinking: it ends only with its signal. */
const thinks = (run: AgentRun): Promise<void> =>
  new Promise((_, reject) => {
    run.signal.addEventListener('abort', () => reject(run.signal.reason))
  })
/** The branch is somebody's in another folder by now, so that no worktree can be made for it. */
const branchIsElsewhere = (): string => {
  const elsewhere = join(test.root, 'elsewhere')
  test.git('update-ref', `refs/slipway/base/${payload().attemptId}`, 'main')
  test.git('worktree', 'add', '--quiet', '-b', BRANCH, elsewhere)
  return `The branch ${BRANCH} is checked out in ${elsewhere}.`
}
const refs = (): string => [...test.refs().keys()].join('\n')

describe('TURN-8 an agent thinks while its worktree is made', () => {
  it('begins before there is one, and what it does waits for it', async () => {
    let isThere: boolean | undefined
    const { result } = await execute(
      payload(),
      agent(async ({ hands }) => {
        isThere = existsSync(worktree)
        expect((await hands.readFile('README.md')).text).toBe('# Hello\n')
        expect((await hands.writeFile('new.txt', 'new')).ok).toBe(true)
      }),
      context,
    )
    expect([isThere, result.changed]).toEqual([false, true])
    expect(test.git('show', '--format=', '--name-only', BRANCH)).toBe('new.txt')
  })

  it.each([
    ['thinks', agent(thinks)],
    ['asks for a file', agent(({ hands }) => hands.readFile('README.md'))],
    ['has finished', agent(async () => {})],
  ])('one that cannot be made ends the attempt with its sentence, while the agent %s', async (_name, worker) => {
    const sentence = branchIsElsewhere()
    await expect(execute(payload(), worker, context)).rejects.toThrow(sentence)
    expect(events.filter(({ type }) => type === 'process.ended')).toMatchObject([{ status: 'failed' }])
    expect(existsSync(worktree)).toBe(false)
  })

  it('one whose files cannot be written ends it too', async () => {
    test.git('update-ref', 'refs/heads/broken', 'main')
    const blob = test.git('rev-parse', 'main:README.md')
    await rm(join(test.path, '.git/objects', blob.slice(0, 2), blob.slice(2)))
    await expect(execute(payload(), agent(thinks), context)).rejects.toThrow(`git could not make a worktree for ${BRANCH}`)
  })

  it('a cancelled one leaves nothing behind', async () => {
    const stopped = agent(async (run) => {
      control.abort(new TurnStop('cancelled', 'The run was cancelled.'))
      throwIfStopped(run.signal)
    })
    expect(await execute(payload(), stopped, context)).toMatchObject({ cancelled: true, result: { changed: false } })
    expect([refs(), existsSync(worktree)]).toEqual(['refs/heads/main', false])
  })

  it('LEASE-2 nothing is asked and nothing made where the lease is gone', async () => {
    let ran = false
    context.lease.check = () => {
      throw new TurnStop('lease-lost', 'It was given away.')
    }
    const worker = agent(async () => {
      ran = true
    })
    await expect(execute(payload(), worker, context)).rejects.toThrow('It was given away.')
    expect([ran, refs(), existsSync(worktree)]).toEqual([false, 'refs/heads/main', false])
  })
})

describe('TURN-8 what a model is paid for', () => {
  let model: FakeOpenAi
  beforeEach(async () => {
    model = await fakeOpenAi()
  })
  afterEach(() => model.close())

  const asks = (more: Partial<PayloadOf<'execute'>> = {}) => {
    const spec = specOfFake(model)
    return execute(payload({ agent: spec, ...more }), openAiAgent(spec, context.machine), context)
  }

  it('is nothing, where git can say beforehand that there is nothing to start from', async () => {
    await expect(asks({ targetBranch: 'nope' })).rejects.toThrow('There is no branch nope')
    expect(model.journal).toEqual([])
  })

  it('is one request, where its worktree cannot be made, for a reason git gives or any other', async () => {
    // A provider that has trouble would be asked again in half a minute.
    model.pull({ status: 503, retryAfter: '30' })
    const sentence = branchIsElsewhere()
    await expect(asks()).rejects.toThrow(sentence)
    expect(model.journal.length).toBeLessThanOrEqual(1)
    await rm(context.machine.folders.attempts, { recursive: true })
    await writeFile(context.machine.folders.attempts, 'a file stands here')
    const other = { attemptId: '0193a000-0000-7000-8000-00000000000b', branch: 'slipway/other' }
    await expect(asks(other)).rejects.toThrow('EEXIST')
    expect(model.journal.length).toBeLessThanOrEqual(2)
  })

  it('MODEL-5 an answer that is stopped on the way is counted too', async () => {
    model.pull({ hangAfter: 3 })
    context.emit = (event) => {
      events.push(event)
      if (event.type === 'message') control.abort(new TurnStop('cancelled', 'The run was cancelled.'))
    }
    expect(await asks()).toMatchObject({ cancelled: true })
    expect(events.filter(({ type }) => type === 'usage')).toMatchObject([{ requests: 1, promptTokens: expect.any(Number) }])
  })
})

describe('CHANGE-14 a commit whose runner was killed before it could tell of it', () => {
  const told = () => events.flatMap((event) => (event.type === 'commit' ? [[event.sha, event.turnId]] : []))

  it('is told by the next turn, in the name of the one that made it, and once', async () => {
    await execute(
      payload(),
      agent(({ hands }) => hands.writeFile('new.txt', 'new')),
      context,
    )
    const [first] = told()
    expect(first).toEqual([test.git('rev-parse', BRANCH), context.turnId])
    const next = { ...context, turnId: v7() }
    events = []
    const { result } = await execute(
      payload(),
      agent(async () => {}),
      next,
    )
    expect([told(), result.changed]).toEqual([[first], true])
    expect(events.filter(({ type }) => type === 'diff')).toMatchObject([{ headCommit: first?.[0], filesChanged: 1 }])
    events = []
    const again = await execute(
      payload({ headCommit: first?.[0] ?? null }),
      agent(async () => {}),
      next,
    )
    expect([told(), again.result.changed], 'the record knows it by now').toEqual([[], false])
  })

  it('is one of several, which are told one by one, oldest first; their whole change is uploaded once', async () => {
    const made: (string | undefined)[][] = []
    for (const file of ['one.txt', 'two.txt', 'three.txt']) {
      const turnId = v7()
      const known = made.at(-1)?.[0] ?? null
      await execute(
        payload({ headCommit: known }),
        agent(({ hands }) => hands.writeFile(file, file)),
        { ...context, turnId },
      )
      made.push([test.git('rev-parse', BRANCH), turnId])
    }
    events = []
    const uploads: string[] = []
    const upload = async (patch: Uint8Array) => String(uploads.push(Buffer.from(patch).toString()))
    await execute(
      payload({ headCommit: made[0]?.[0] ?? null }),
      agent(async () => {}),
      { ...context, turnId: v7(), upload },
    )
    expect(told()).toEqual(made.slice(1))
    expect(events.filter(({ type }) => type === 'diff')).toMatchObject([{ headCommit: made[2]?.[0], filesChanged: 3 }])
    expect(uploads).toEqual([expect.stringContaining('three.txt')])
  })

  it('TURN-3 the change is uploaded, and once more with all lines of files that were there before; a key is in none of them', async () => {
    const key = 'sk-0123456789abcdef'
    const below = Array.from({ length: 20 }, (_, at) => `${at === 15 ? key : at}\n`).join('')
    test.write('README.md', `# Hello\n${below}`)
    test.git('commit', '--quiet', '--all', '-m', 'docs: a key')
    const uploads: string[] = []
    const upload = async (patch: Uint8Array) => {
      uploads.push(Buffer.from(patch).toString())
      return `${uploads.length}`
    }
    await execute(
      payload(),
      agent(({ hands }) => hands.writeFile('README.md', `# Bye\n${below}`)),
      { ...context, upload, redactor: new Redactor([key]) },
    )
    const [told] = events.filter((event) => event.type === 'diff')
    const [patch, full] = [told?.patch, told?.patchInFull].map((name) => uploads[Number(name) - 1])
    expect([patch, full].map((said) => said?.match(/^@@.*/gm))).toEqual([['@@ -1,4 +1,4 @@'], ['@@ -1,21 +1,21 @@']])
    expect(uploads.join('')).not.toContain(key)
  })

  it('WORKSPACE-2 is found where the branch it was to be on is somebody else’s, and the record hears of the one it is on', async () => {
    test.git('branch', BRANCH)
    const writes = agent(({ hands }) => hands.writeFile('new.txt', 'new'))
    const own = `${BRANCH}-${payload().attemptId.slice(-8)}`
    expect(await execute(payload(), writes, context)).toMatchObject({ branch: own, result: { changed: true } })
    const first = told()
    expect([first, test.git('rev-parse', BRANCH)]).toEqual([[[test.git('rev-parse', own), context.turnId]], test.git('rev-parse', 'main')])
    events = []
    await execute(payload(), writes, context)
    expect(told()).toEqual(first)
    expect(events.find(({ type }) => type === 'workspace')).toMatchObject({ branch: own, path: worktree })
  })

  it('is not taken for one where another attempt was merged into its branch', async () => {
    await execute(
      payload(),
      agent(({ hands }) => hands.writeFile('new.txt', 'new')),
      context,
    )
    const tree = test.git('rev-parse', `${BRANCH}^{tree}`)
    const theirs = test.git('commit-tree', tree, '-p', 'main', '-m', `feat: theirs\n\nSlipway-Turn: ${v7()}`)
    const head = test.git('rev-parse', BRANCH)
    const merge = test.git('commit-tree', tree, '-p', head, '-p', theirs, '-m', 'chore: merge')
    test.git('-C', worktree, 'reset', '--quiet', '--hard', merge)
    for (const known of [head, merge]) {
      events = []
      const { result } = await execute(
        payload({ headCommit: known }),
        agent(async () => {}),
        { ...context, turnId: v7() },
      )
      expect([told(), result.changed]).toEqual([[], false])
    }
  })
})
