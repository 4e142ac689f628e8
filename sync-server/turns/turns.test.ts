import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { lineForRoom } from '#domain/attempts/rules.ts'
import { attempts } from '#domain/attempts/schema.ts'
import { commits, events, merges } from '#domain/changes/schema.ts'
import type { Collection, RowOf } from '#domain/core/collection.ts'
import { readRow } from '#domain/core/collection.ts'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx, rowsOf } from '#domain/core/document.ts'
import { chatRoom, projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { answerQuestion, startInterview } from '#domain/interviews/commands.ts'
import { messages } from '#domain/interviews/schema.ts'
import { projectRepos, projects } from '#domain/projects/schema.ts'
import { createPrompt, savePromptVersion } from '#domain/prompts/commands.ts'
import { prompts } from '#domain/prompts/schema.ts'
import type { PayloadOf, RunEvent } from '#domain/sessions/protocol.ts'
import { editQueued, moveQueued, queueMessage, removeQueued } from '#domain/sessions/queue-commands.ts'
import { cardMessages, processes, queuedMessages, sessions, turns } from '#domain/sessions/schema.ts'
import { createTasks, deleteTask, editColumn, editTask, setTaskStatus } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { addSubtask } from '#domain/tasks/dependency-commands.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { settings } from '#domain/team/schema.ts'
import { type Api, type Client, refusalOf, startTestServer, type TestServer, until } from '#server/test-server.ts'
import { RoomClient } from '../../bin/room-client.ts'
import { claimTurn } from './lease.ts'

let server: TestServer
let ada: Api
let runner: Api
let board: RoomClient
let team: Client
let record: Client
let projectId: string
let memberToken: string

const uuid = (): string => randomUUID()
const world = () => ({ now: Date.now(), actor: 'ada', newId: uuid, random: Math.random })

function rows<C extends Collection>(doc: Y.Doc, collection: C): RowOf<C>[] {
  return [...rowsOf(doc, collection)].map(([id, map]) => readRow(collection, id, map as Y.Map<unknown>) as RowOf<C>)
}

/** A runner that answers the one turn it is given, in the background. */
async function answerNext(result: unknown, outcome: 'succeeded' | 'failed' = 'succeeded', reason: string | null = null) {
  let claim = await runner.runner.claim.mutate({ runnerId: 'r1' })
  while (!claim) claim = await runner.runner.claim.mutate({ runnerId: 'r1' })
  await runner.runner.finish.mutate({ turnId: claim.turnId, fence: claim.fence, seq: 1, end: { outcome, reason, result: result as never } })
  return claim
}

const found = {
  path: '/somewhere/shop',
  name: 'shop',
  remoteUrl: null,
  defaultBranch: 'main',
  headCommit: 'a'.repeat(40),
  branches: ['main'],
  dirty: false,
}

async function newTask(title = 'Checkout page', promptId: string | null = null): Promise<string> {
  const id = uuid()
  runCommand(createTasks, () => board.doc, world(), {
    projectId,
    tasks: [{ id, title, promptId, checklist: [{ id: '1', text: 'it works', done: false }] }],
  })
  await board.settled()
  return id
}

beforeAll(async () => {
  server = await startTestServer()
  memberToken = await server.token('admin', 'Ada')
  ada = server.api(memberToken)
  runner = server.api(await server.token('runner', 'box'))
  await runner.runner.hello.mutate({ runnerId: 'r1', name: 'box', version: '1' })
  team = server.client(teamRoom, memberToken)
  projectId = uuid()
  board = new RoomClient({ url: server.running.url, room: projectRoom(projectId), token: memberToken })
  record = server.client(recordRoom(projectId), memberToken)
  await Promise.all([board.settled(), until('all rooms are open', () => team.provider.synced && record.provider.synced)])
  runCommand(createProject, (room) => (room === teamRoom ? team.doc : board.doc), world(), { id: projectId, name: 'Web shop' })
  const linked = ada.repos.link.mutate({ projectId, path: '/somewhere/shop' })
  await answerNext(found)
  expect(await linked).toMatchObject({ path: '/somewhere/shop', defaultTargetBranch: 'main' })
})
afterAll(() => {
  board.close()
  return server.stop()
})

async function start(title?: string) {
  const taskId = await newTask(title)
  const attemptId = uuid()
  const { sessionId } = await ada.attempts.start.mutate({ attemptId, projectId, taskId, modelId: 'builtin' })
  return { taskId, attemptId, sessionId }
}

async function claim() {
  const got = await runner.runner.claim.mutate({ runnerId: 'r1' })
  if (!got) throw new Error('no turn was waiting')
  return { ...got, payload: got.payload as PayloadOf<'execute'>, at: { turnId: got.turnId, fence: got.fence } }
}

/** Asks again while that is the refusal: an edit and a call go to the server by two ways. */
async function onceHeard<T>(code: string, ask: () => Promise<T>): Promise<T> {
  const asked = ask()
  const refusal = await refusalOf(asked).catch(() => null)
  return refusal?.code === code ? await onceHeard(code, ask) : await asked
}

const taskOf = (id: string) => rows(board.doc, tasks).find((task) => task.id === id)
const attemptOf = (id: string) => rows(record.doc, attempts).find((attempt) => attempt.id === id)

describe('linking a repository', () => {
  it('REPO-1 writes its face for the team and the link for the project', async () => {
    await until('the project shows it', () => rows(team.doc, projects)[0]?.gitRepositoryInfo?.path === '/somewhere/shop')
    await until('the link is there', () => rows(board.doc, projectRepos).length === 1)
  })

  it('REPO-2 a path that is none is refused with the sentence of the runner', async () => {
    const linking = refusalOf(ada.repos.link.mutate({ projectId, path: '/nowhere' }))
    await answerNext(null, 'failed', 'The folder /nowhere does not exist. Check the path.')
    expect((await linking).message).toBe('The folder /nowhere does not exist. Check the path.')
  })
})

describe('an attempt', { timeout: 60_000 }, () => {
  it('ATTEMPT-4 runs from the start to the merged commit, and the card moves by facts', async () => {
    const { taskId, attemptId, sessionId } = await start()
    expect(await ada.attempts.start.mutate({ attemptId, projectId, taskId, modelId: 'builtin' })).toEqual({ attemptId, sessionId })
    await until('the card is in progress', () => taskOf(taskId)?.status === 'in_progress')
    const partId = uuid()
    runCommand(addSubtask, () => board.doc, world(), { projectId, id: partId, title: 'A part of it', parentAttemptId: attemptId })
    expect(attemptOf(attemptId)).toMatchObject({
      status: 'queued',
      branch: expect.stringMatching(/^slipway\//) as string,
      targetBranch: 'main',
      headCommit: null,
    })
    const { at, payload } = await claim()
    expect(payload).toMatchObject({
      kind: 'execute',
      attemptId,
      sessionId,
      repoPath: '/somewhere/shop',
      task: { title: 'Checkout page', checklist: ['it works'] },
    })
    await until('it is being prepared', () => attemptOf(attemptId)?.status === 'preparing')
    const processId = uuid()
    const messageId = uuid()
    const head = 'b'.repeat(40)
    const told: RunEvent[] = [
      { type: 'status', status: 'running' },
      { type: 'workspace', path: '/tmp/w', branch: payload.branch, baseCommit: 'a'.repeat(40), machine: 'box' },
      { type: 'process.started', processId, runReason: 'codingAgent', command: 'builtin', beforeHeadCommit: 'a'.repeat(40) },
      { type: 'log', processId, stream: 'stdout', text: 'one\ntw' },
      { type: 'message', messageId, role: 'assistant', delta: 'Hel', tool: null, end: null, error: null },
      { type: 'message', messageId, role: 'assistant', delta: 'lo', tool: null, end: null, error: null },
    ]
    expect(await runner.runner.report.mutate({ ...at, seq: 1, events: told })).toEqual({ seq: 1, cancel: false })
    // Told twice counts once.
    expect(await runner.runner.report.mutate({ ...at, seq: 1, events: told })).toEqual({ seq: 1, cancel: false })
    await runner.runner.report.mutate({
      ...at,
      seq: 2,
      events: [
        { type: 'log', processId, stream: 'stdout', text: 'o\nlast' },
        { type: 'message', messageId, role: 'assistant', delta: ' there', tool: null, end: 'done', error: null },
        { type: 'process.ended', processId, status: 'completed', exitCode: 0, afterHeadCommit: head },
        {
          type: 'commit',
          sha: head,
          message: 'feat(shop): add the checkout page',
          changes: [{ path: 'a.ts', added: 3, removed: 0 }],
          author: 'AI System',
          coAuthors: [],
          timestamp: 1,
        },
        { type: 'usage', promptTokens: 10, completionTokens: 5, requests: 1, context: { used: 15, limit: 100, leftOut: 2 } },
        { type: 'diff', patch: 'c'.repeat(64), headCommit: head, filesChanged: 1, linesAdded: 3, linesRemoved: 0 },
      ],
    })
    await runner.runner.finish.mutate({
      ...at,
      seq: 3,
      end: { outcome: 'succeeded', reason: null, result: { summary: 'It is done.', changed: true } },
    })
    await runner.runner.finish.mutate({
      ...at,
      seq: 3,
      end: { outcome: 'succeeded', reason: null, result: { summary: 'It is done.', changed: true } },
    })
    await until(
      'it succeeded and the card is in review',
      () => attemptOf(attemptId)?.status === 'succeeded' && taskOf(taskId)?.status === 'review',
    )
    expect(taskOf(taskId)?.result).toBe('It is done.')
    expect(attemptOf(attemptId)).toMatchObject({ headCommit: head, filesChanged: 1, containerRef: '/tmp/w' })
    expect(rows(record.doc, turns).find((turn) => turn.attemptId === attemptId)).toMatchObject({
      status: 'done',
      promptTokens: 10,
      summary: 'It is done.',
    })
    expect(rows(record.doc, processes).find((process) => process.id === processId)).toMatchObject({ status: 'completed', exitCode: 0 })
    // SESSION-1
    expect(rows(record.doc, sessions).find((session) => session.id === sessionId)).toMatchObject({
      status: 'completed',
      contextUsed: 15,
      contextLimit: 100,
      contextLeftOut: 2,
    })
    expect(rows(record.doc, commits).find((commit) => commit.attemptId === attemptId)).toMatchObject({
      sha: head,
      type: 'feat',
      scope: 'shop',
    })
    const chat = server.client(chatRoom(sessionId), memberToken)
    await until(
      'the chat is there once',
      () =>
        rows(chat.doc, messages)
          .map((message) => `${message.content} ${message.status}`)
          .join() === 'Hello there done',
    )
    expect(await ada.logs.read.query({ processId, after: 0 })).toEqual({
      lines: [
        { seq: 1, stream: 'stdout', text: 'one' },
        { seq: 2, stream: 'stdout', text: 'two' },
        { seq: 3, stream: 'stdout', text: 'last' },
      ],
      done: true,
    })
    expect((await refusalOf(ada.attempts.merge.mutate({ projectId, attemptId, headCommit: 'd'.repeat(40) }))).code).toBe('head-moved')
    const merge = () => ada.attempts.merge.mutate({ projectId, attemptId, headCommit: head })
    expect(await refusalOf(merge())).toMatchObject({
      code: 'subtasks-open',
      message: expect.stringContaining('“A part of it” is still open.'),
    })
    // In this order: when the server has heard of the part it has heard of the other.
    runCommand(editTask, () => board.doc, world(), { projectId, taskId, patch: { checklist: [{ id: '1', text: 'it works', done: true }] } })
    runCommand(setTaskStatus, () => board.doc, world(), { projectId, taskId: partId, status: 'cancelled' })
    const merging = onceHeard('subtasks-open', merge)
    const asked = await answerNext({ mergeCommit: 'e'.repeat(40), targetHead: 'e'.repeat(40) })
    expect(asked.payload).toMatchObject({ kind: 'merge', headCommit: head, targetBranch: 'main' })
    expect(await merging).toEqual({ mergeCommit: 'e'.repeat(40) })
    const headOf = () => rows(team.doc, projects).find(({ id }) => id === projectId)?.gitRepositoryInfo?.headCommit
    await until('the project shows the new head', () => headOf() === 'e'.repeat(40))
    await until(
      'the card is done and the merge written down',
      () => taskOf(taskId)?.status === 'done' && rows(record.doc, merges).length === 1,
    )
    const timeline = rows(record.doc, events)
      .filter((event) => event.taskId === taskId)
      .map((event) => event.action)
    expect(timeline.sort()).toEqual([
      'attempt.started',
      'attempt.succeeded',
      'card.moved',
      'card.moved',
      'card.moved',
      'committed',
      'merged',
    ])
    expect((await refusalOf(ada.attempts.start.mutate({ attemptId: uuid(), projectId, taskId, modelId: 'builtin' }))).code).toBe(
      'task-done',
    )
  })

  it('PROMPT-4 R10 R13 starts from its prompt with card and repository filled in, and not before every variable has a value', async () => {
    const [first, second] = [uuid(), uuid()]
    const say = <I>(command: Command<I, string>, input: object) => runCommand(command, () => board.doc, world(), { projectId, ...input })
    const content = 'Build {{card.title}} in {{repo.name}} with {{tool}}.'
    say(createPrompt, { id: first, title: 'Build', content })
    const early = { attemptId: uuid(), projectId, modelId: 'builtin' }
    const refused = await refusalOf(ada.attempts.start.mutate({ ...early, taskId: await newTask('Filters', first) }))
    expect(refused).toMatchObject({ code: 'variable-missing', message: expect.stringContaining('Build v1 has no value for tool.') })
    say(savePromptVersion, { id: second, parentId: first, patch: { variables: { tool: 'care' } } })
    await ada.attempts.start.mutate({ ...early, taskId: await newTask('Filters', second) })
    expect((await claim()).payload.prompt).toBe('Build Filters in shop with care.')
    for (let edit = 0; edit < 10; edit++) say(savePromptVersion, { id: uuid(), parentId: second, patch: { content: `Other ${edit}.` } })
    // What it was told stays, to the letter, whatever becomes of the prompt.
    const told = () => rows(record.doc, turns).find(({ attemptId }) => attemptId === early.attemptId)?.prompt
    await until('the record has the turn', () => told() !== undefined)
    const hash = createHash('sha256').update(told() ?? '')
    expect(hash.digest('hex')).toBe(attemptOf(early.attemptId)?.promptSnapshot)
    await ada.attempts.cancel.mutate(early)
  })

  it('PROMPT-5 R11 starts from an approved version only where the project demands it, and says whose approval is missing', async () => {
    const promptId = uuid()
    runCommand(createPrompt, () => board.doc, world(), { projectId, id: promptId, title: 'Sort', content: 'Sort {{card.title}}.' })
    await ada.projects.demand.mutate({ projectId, approvedPrompts: true })
    const member = server.api(await server.token('member', 'Mia'))
    const taskId = await newTask('Names', promptId)
    const start = { attemptId: uuid(), projectId, taskId, modelId: 'builtin' }
    const refused = await refusalOf(member.attempts.start.mutate(start))
    expect(refused).toMatchObject({
      code: 'prompt-not-approved',
      message: expect.stringMatching(/^Sort v1 is not approved.* It waits for .+\.$/),
    })
    expect((await refusalOf(member.prompts.approve.mutate({ projectId, promptId, approved: true }))).code).toBe('forbidden')
    await ada.prompts.approve.mutate({ projectId, promptId, approved: true })
    // A hand-made change of what was approved is no longer what was approved.
    const row = rowsOf(board.doc, prompts).get(promptId)
    row?.set('content', 'Delete {{card.title}}.')
    await until('the change was refused', async () =>
      (await refusalOf(member.attempts.start.mutate(start))).message.includes('has changed'),
    )
    row?.set('content', 'Sort {{card.title}}.')
    await until('it starts', () =>
      member.attempts.start.mutate(start).then(
        () => true,
        () => false,
      ),
    )
    await until('the attempt says what it started from', () => attemptOf(start.attemptId)?.promptId === promptId)
    await ada.attempts.cancel.mutate(start)
    await ada.projects.demand.mutate({ projectId, approvedPrompts: false })
  })

  it('TEAM-3 X7 settings hold from the next start on; many at once change all of them or, with one that cannot be, none', async () => {
    const member = server.api(await server.token('member', 'Max'))
    const changes = { 'runs.maxSteps': 7, 'runs.maxMinutes': 2, 'runs.forbiddenPaths': ['secrets/*'] }
    expect((await refusalOf(member.settings.save.mutate({ changes }))).code).toBe('forbidden')
    await ada.settings.save.mutate({ changes })
    const refused = await refusalOf(ada.settings.save.mutate({ changes: { 'runs.maxSteps': 9, 'runs.maxTokens': 1 } }))
    expect(refused).toMatchObject({ field: 'runs.maxTokens', message: 'At least 1,000.' })
    const { attemptId } = await start('Short')
    const { payload } = await claim()
    expect(payload.limits).toEqual({ maxSteps: 7, maxMs: 120_000, maxTokens: 2_000_000 })
    expect(payload.forbiddenPaths).toEqual(expect.arrayContaining(['.env', 'secrets/*']))
    const shown = () => rows(team.doc, settings).map(({ key, value }) => [key, value])
    await until('everybody sees them', () => shown().length === 3)
    await ada.attempts.cancel.mutate({ projectId, attemptId })
    await ada.settings.save.mutate({ changes: { 'runs.maxSteps': null, 'runs.maxMinutes': null, 'runs.forbiddenPaths': null } })
    await until('they are as by default', () => shown().length === 0)
  })

  it('TEAM-4 an admin gives the team another name, which everybody sees at once; what is none is refused', async () => {
    const member = server.api(await server.token('member', 'Max'))
    expect((await refusalOf(member.team.rename.mutate({ name: 'Harbour' }))).code).toBe('forbidden')
    expect(await refusalOf(ada.team.rename.mutate({ name: ' ' }))).toMatchObject({ field: 'name', message: 'A team needs a name.' })
    const before = await member.session.me.query()
    for (const name of ['Harbour', 'Quay']) await ada.team.rename.mutate({ name })
    await until('everybody sees it', () => rows(team.doc, settings).some(({ value }) => value === 'Quay'))
    expect((await member.session.me.query())?.team, 'and it is the same team').toEqual({ id: before?.team.id, name: 'Quay' })
  })

  it('TURN-3 a runner that falls silent leaves nothing running, and comes too late afterwards', async () => {
    const { attemptId, sessionId } = await start('Search')
    const { at } = await claim()
    const processId = uuid()
    await runner.runner.report.mutate({
      ...at,
      seq: 1,
      events: [
        { type: 'status', status: 'running' },
        { type: 'process.started', processId, runReason: 'codingAgent', command: 'x', beforeHeadCommit: null },
        { type: 'message', messageId: uuid(), role: 'assistant', delta: 'I am', tool: null, end: null, error: null },
      ],
    })
    await server.db.query('update turns set lease_until = 1 where id = $1', [at.turnId])
    await until('it reads interrupted', () => attemptOf(attemptId)?.status === 'interrupted')
    expect(rows(record.doc, processes).find((process) => process.id === processId)?.status).toBe('interrupted')
    expect(rows(record.doc, turns).find((turn) => turn.id === at.turnId)?.status).toBe('failed')
    expect(rows(record.doc, sessions).find((session) => session.id === sessionId)?.status).toBe('failed')
    const renewedLate = await refusalOf(runner.runner.renew.mutate(at))
    const reportedLate = await refusalOf(runner.runner.report.mutate({ ...at, seq: 2, events: [{ type: 'status', status: 'running' }] }))
    expect([renewedLate.code, reportedLate.code]).toEqual(['lease-lost', 'lease-lost'])
    await ada.attempts.resume.mutate({ projectId, attemptId })
    const again = await claim()
    expect(again.fence).toBeGreaterThan(at.fence)
    expect(again.payload.attemptId).toBe(attemptId)
    expect(
      (
        await refusalOf(
          runner.runner.finish.mutate({
            turnId: again.turnId,
            fence: at.fence,
            seq: 9,
            end: { outcome: 'succeeded', reason: null, result: null },
          }),
        )
      ).code,
    ).toBe('lease-lost')
    await runner.runner.finish.mutate({ ...again.at, seq: 1, end: { outcome: 'failed', reason: 'The tests fail.', result: null } })
    await until('it failed with a reason', () => attemptOf(attemptId)?.reason === 'The tests fail.')
  })

  it('TURN-3 S25 a server’s clock that is put forward by an hour, and back, takes nobody’s lease', async () => {
    const { attemptId } = await start('Wrong hour')
    const { at } = await claim()
    const rightNow = Date.now
    try {
      for (const hours of [1, 0]) {
        Date.now = () => rightNow() + hours * 3_600_000
        await expect(runner.runner.renew.mutate(at)).resolves.toEqual({ cancel: false })
        await runner.runner.report.mutate({ ...at, seq: 2 - hours, events: [{ type: 'status', status: 'running' }] })
      }
      Date.now = () => rightNow() + 3_600_000
      await runner.runner.finish.mutate({ ...at, seq: 3, end: { outcome: 'failed', reason: 'The tests fail.', result: null } })
    } finally {
      Date.now = rightNow
    }
    await until('it ended as its runner said', () => attemptOf(attemptId)?.reason === 'The tests fail.')
  })

  it('TURN-9 a claim is answered when its lease is on disk, whenever the record comes to show it', async () => {
    const { attemptId } = await start('Slow record')
    const makeRoom = await server.fill('journal_updates')
    const { at } = await claim()
    expect(attemptOf(attemptId)?.status).toBe('queued')
    await makeRoom()
    await until('it is being prepared', () => attemptOf(attemptId)?.status === 'preparing')
    await runner.runner.finish.mutate({ ...at, seq: 1, end: { outcome: 'cancelled', reason: null, result: null } })
  })

  it('TURN-9 a report brings the steps the record has not heard of', async () => {
    const { attemptId } = await start('Unheard')
    const claimed = await claimTurn(server.db, 'r1', Date.now())
    const at = { turnId: claimed?.id ?? '', fence: claimed?.fence ?? 0 }
    await runner.runner.report.mutate({ ...at, seq: 1, events: [{ type: 'status', status: 'running' }] })
    await until('it runs', () => attemptOf(attemptId)?.status === 'running')
    expect(rows(record.doc, turns).find((turn) => turn.id === at.turnId)?.status).toBe('running')
    await runner.runner.finish.mutate({ ...at, seq: 2, end: { outcome: 'cancelled', reason: null, result: null } })
  })

  it('TURN-1 S26 a database that came out of an older backup gives a turn a fence no runner holds', async () => {
    await start('Restored')
    const { at } = await claim()
    await server.db.query(`update turns set status = 'waiting', fence = 0, runner_id = null, lease_until = null where id = $1`, [at.turnId])
    const again = await claim()
    expect([again.turnId, again.fence > at.fence]).toEqual([at.turnId, true])
    const late = await refusalOf(runner.runner.report.mutate({ ...at, seq: 1, events: [{ type: 'status', status: 'running' }] }))
    expect(late.code).toBe('lease-lost')
    await runner.runner.finish.mutate({ ...again.at, seq: 1, end: { outcome: 'cancelled', reason: null, result: null } })
  })

  it('ATTEMPT-5 a follow-up is said in the chat and brings the attempt back', async () => {
    const { attemptId, sessionId } = await start('Filters')
    const message = { projectId, attemptId, messageId: uuid(), text: 'Use fewer words.' }
    const first = await claim()
    // The name it was to have was taken in the repository.
    const branch = `${first.payload.branch}-0a1b2c3d`
    await runner.runner.report.mutate({
      ...first.at,
      seq: 1,
      events: [{ type: 'workspace', path: '/w', branch, baseCommit: 'b'.repeat(40), machine: 'm' }],
    })
    await runner.runner.finish.mutate({
      ...first.at,
      seq: 2,
      end: { outcome: 'succeeded', reason: null, result: { summary: 'ok', changed: false } },
    })
    const { turnId } = await ada.attempts.followUp.mutate(message)
    expect(await ada.attempts.followUp.mutate(message)).toEqual({ turnId })
    const chat = server.client(chatRoom(sessionId), memberToken)
    await until(
      'the words stand in the chat once',
      () =>
        rows(chat.doc, messages)
          .map((said) => said.content)
          .join() === 'Use fewer words.',
    )
    const second = await claim()
    expect(second.payload.transcript.at(-1)).toMatchObject({ role: 'user', content: 'Use fewer words.' })
    expect(second.payload.branch).toBe(branch)
    await ada.attempts.cancel.mutate({ projectId, attemptId })
    expect(await runner.runner.renew.mutate(second.at)).toEqual({ cancel: true })
    await runner.runner.finish.mutate({ ...second.at, seq: 1, end: { outcome: 'cancelled', reason: null, result: null } })
    await until('it is cancelled', () => attemptOf(attemptId)?.status === 'cancelled')
  })

  const finish = (at: { turnId: string; fence: number }, outcome: 'succeeded' | 'failed' | 'cancelled') =>
    runner.runner.finish.mutate({
      ...at,
      seq: 1,
      end: { outcome, reason: null, result: outcome === 'succeeded' ? { summary: 'ok', changed: false } : null },
    })

  it('QUEUE-4 QUEUE-5 what was written before an attempt goes to its agent in order, and stands in its chat; to each that was started while it waited', async () => {
    const taskId = await newTask('Said beforehand')
    const elsewhere = await newTask('Another card')
    const [one, two, none] = [uuid(), uuid(), uuid()]
    const say = <I, T>(command: Command<I, T>, at: string, input: object) =>
      runCommand(command, () => board.doc, world(), { projectId, taskId: at, ...input })
    say(queueMessage, taskId, { messageId: one, text: 'First.' })
    say(queueMessage, taskId, { messageId: two, text: 'Secnd.' })
    say(queueMessage, elsewhere, { messageId: none, text: 'Not for you.' })
    say(editQueued, taskId, { messageId: two, text: 'Second.' })
    new RoomTx(board.doc, world()).create(cardMessages, { id: uuid(), taskId, author: 'x', text: ' ', order: 'a' })
    const other = server.client(projectRoom(projectId), memberToken)
    await until('the server has them', () => rows(other.doc, cardMessages).length === 4)
    const attemptId = uuid()
    const { sessionId } = await ada.attempts.start.mutate({ attemptId, projectId, taskId, modelId: 'builtin' })
    const { payload, at } = await claim()
    expect(payload.transcript.map(({ id, content }) => [id, content])).toEqual([[one, 'First.'], [two, 'Second.']]) // biome-ignore format: one line
    const chat = server.client(chatRoom(sessionId), memberToken)
    await until('both stand in the chat', () => rows(chat.doc, messages).length === 2)
    await until('and wait no more', () => rows(board.doc, cardMessages).length === 2)
    await finish(at, 'succeeded')

    // One that was started in the same moment, by somebody who saw them wait, is told the same; any other one is not.
    const three = uuid()
    const toldNext = async (waiting: string[]) => {
      const started = await ada.attempts.start.mutate({ attemptId: uuid(), projectId, taskId, modelId: 'builtin', waiting })
      const { payload, at } = await claim()
      await finish(at, 'succeeded')
      const itsChat = server.client(chatRoom(started.sessionId), memberToken)
      const said = payload.transcript.map(({ id, content, author }) => ({ id, content, author }))
      const stands = () => rows(itsChat.doc, messages).filter(({ role }) => role === 'user')
      await until('the same stands in its chat', () => stands().length === said.length)
      expect(stands().map(({ id, content, author }) => ({ id, content, author }))).toEqual(said)
      return said.map(({ content }) => content)
    }
    expect(await toldNext([]), 'started afterwards').toEqual([])
    say(queueMessage, taskId, { messageId: three, text: 'Third.' })
    await until('the server has it', () => rows(other.doc, cardMessages).some(({ id }) => id === three))
    expect(await toldNext([two, one, none, uuid()])).toEqual(['First.', 'Second.', 'Third.'])
    expect(await toldNext([one, three])).toEqual(['First.', 'Third.'])
  })

  it('QUEUE-2 QUEUE-3 what waits is read after the turn, as it stands in the queue by then, in the name of whoever asked for it', async () => {
    const { attemptId, sessionId } = await start('Queue')
    const mia = server.api(await server.token('member', 'Queen'))
    const [one, two] = [uuid(), uuid()]
    const first = await claim()
    const chat = server.client(chatRoom(sessionId), memberToken)
    await until('the chat is open', () => chat.provider.synced)
    const say = <I, T>(command: Command<I, T>, input: object) =>
      runCommand(command, () => chat.doc, world(), { chatId: sessionId, ...input })
    say(queueMessage, { messageId: one, text: 'One.' })
    say(queueMessage, { messageId: two, text: 'To.' })
    say(editQueued, { messageId: two, text: 'Two.' })
    say(moveQueued, { messageId: two, to: 'earlier' })
    const asked = async (api: Api, messageId: string) => (await api.attempts.followUp.mutate({ projectId, attemptId, messageId })).turnId
    await until('the server has the first', async () => (await asked(ada, one)) !== null)
    await until('and the second', async () => (await asked(mia, two)) !== null)
    await finish(first.at, 'succeeded')
    const second = await claim()
    expect(second.payload.transcript.at(-1)).toMatchObject({ id: two, content: 'Two.' })
    expect(second.payload.startedBy.name).toBe('Queen')
    await until('it stands in the chat', () => rows(chat.doc, messages).some(({ id, author }) => id === two && author !== 'ada'))
    expect(rows(chat.doc, queuedMessages).map(({ id }) => id)).toEqual([one])
    say(removeQueued, { messageId: one })
    await until('it is taken back', async () => (await asked(ada, one)) === null)
    await finish(second.at, 'succeeded')
    await until('nothing begins', () =>
      rows(record.doc, turns).some(({ attemptId: of, status }) => of === attemptId && status === 'cancelled'),
    )
    expect(attemptOf(attemptId)?.status).toBe('succeeded')
  })

  it('QUEUE-2 what waits is read also when the end of the turn before was a server’s last deed', async () => {
    const { attemptId } = await start('Last deed')
    const [first, messageId] = [await claim(), uuid()]
    await ada.attempts.followUp.mutate({ projectId, attemptId, messageId, text: 'And then?', interrupt: false })
    // In place of a death between the two: the turn can be ended, the next one cannot begin.
    await server.db.query(
      "create function dies() returns trigger language plpgsql as $$ begin raise exception 'dead'; end $$; create trigger dies before insert on turns execute function dies()",
    )
    await finish(first.at, 'succeeded')
    await server.db.query('drop trigger dies on turns; drop function dies()')
    expect(await claimTurn(server.db, 'r1', Date.now())).toBeNull()
    await server.db.query('update turns set ended_at = 0 where id = $1', [first.at.turnId])
    const second = await claim()
    expect(second.payload.transcript.at(-1)?.id).toBe(messageId)
    await finish(second.at, 'succeeded')
    await until('nothing is left to look at', async () => (await server.db.query('select id from turns where not followed')).rowCount === 0)
  })

  it('QUEUE-2 interrupting stops the turn and begins with that message; after a plain stop and a failure the queue waits to be asked', async () => {
    const { attemptId } = await start('Interrupt')
    const followUp = (messageId: string, interrupt: boolean, text = messageId) =>
      ada.attempts.followUp.mutate({ projectId, attemptId, messageId, text, interrupt })
    const [early, now, later, last] = [uuid(), uuid(), uuid(), uuid()]
    // Nobody has claimed the first turn: it makes room at once.
    await followUp(early, true)
    const first = await claim()
    expect(first.payload.transcript.at(-1)?.id).toBe(early)
    await followUp(later, false)
    await followUp(now, true)
    expect(await runner.runner.renew.mutate(first.at)).toEqual({ cancel: true })
    await finish(first.at, 'cancelled')
    const second = await claim()
    expect(second.payload.transcript.at(-1)?.id).toBe(now)
    await followUp(last, true)
    await ada.attempts.cancel.mutate({ projectId, attemptId })
    await finish(second.at, 'cancelled')
    expect(await claimTurn(server.db, 'r1', Date.now())).toBeNull()
    await until('it is stopped', () => attemptOf(attemptId)?.status === 'cancelled')
    // Asked again: what comes first in the queue, not what was asked for.
    await followUp(later, false)
    const third = await claim()
    expect(third.payload.transcript.at(-1)?.id).toBe(last)
    await finish(third.at, 'failed')
    await until('it failed', () => attemptOf(attemptId)?.status === 'failed')
    expect(await claimTurn(server.db, 'r1', Date.now())).toBeNull()
    await followUp(later, true)
    const fourth = await claim()
    expect(fourth.payload.transcript.at(-1)?.id).toBe(later)
    await finish(fourth.at, 'succeeded')
  })

  it('SUB-4 SUB-5 a subtask starts from the branch of its parent’s attempt and is merged into it, and that is what the parent has then', async () => {
    const { attemptId: parentId } = await start('Whole')
    const whole = await claim()
    const base = 'a'.repeat(40)
    const workspace = { type: 'workspace', path: '/w', branch: whole.payload.branch, baseCommit: base, machine: 'box' } as const
    await runner.runner.report.mutate({ ...whole.at, seq: 1, events: [{ type: 'status', status: 'running' }, workspace] })
    const [partId, attemptId] = [uuid(), uuid()]
    runCommand(addSubtask, () => board.doc, world(), { projectId, id: partId, title: 'Part', parentAttemptId: parentId })
    const starting = { attemptId, projectId, taskId: partId, modelId: 'builtin' }
    await onceHeard('task-not-found', () => ada.attempts.start.mutate(starting))
    const part = await claim()
    expect(part.payload.targetBranch).toBe(whole.payload.branch)
    const headCommit = 'b'.repeat(40)
    const change = { patch: 'c'.repeat(64), filesChanged: 1, linesAdded: 3, linesRemoved: 0 }
    await runner.runner.report.mutate({ ...part.at, seq: 1, events: [{ type: 'diff', ...change, headCommit }] })
    await runner.runner.finish.mutate({
      ...part.at,
      seq: 2,
      end: { outcome: 'succeeded', reason: null, result: { summary: 'ok', changed: true } },
    })
    const merge = () => ada.attempts.merge.mutate({ projectId, attemptId, headCommit })
    expect(await refusalOf(merge())).toMatchObject({ code: 'attempt-busy', message: expect.stringContaining(whole.payload.branch) })
    await runner.runner.finish.mutate({ ...whole.at, seq: 2, end: { outcome: 'failed', reason: 'No.', result: null } })
    const merging = merge()
    const mergeCommit = 'e'.repeat(40)
    const into = { ...change, filesChanged: 2, headCommit: mergeCommit }
    const asked = await answerNext({ mergeCommit, targetHead: mergeCommit, into })
    expect(asked.payload).toMatchObject({
      kind: 'merge',
      targetBranch: whole.payload.branch,
      into: { attemptId: parentId, baseCommit: base },
    })
    await merging
    await until('the parent has it', () => attemptOf(parentId)?.headCommit === mergeCommit)
    expect(attemptOf(parentId)).toMatchObject({ filesChanged: 2, patch: change.patch })
  })

  it('ATTEMPT-6 one that nobody has claimed is cancelled at once', async () => {
    const { attemptId } = await start('Unclaimed')
    expect(await ada.attempts.cancel.mutate({ projectId, attemptId })).toEqual({ status: 'cancelled' })
    await until('it is cancelled', () => attemptOf(attemptId)?.status === 'cancelled')
  })

  it('ATTEMPT-6 one at work is stopped by whoever asked for it: that is their deed and no failure of the agent', async () => {
    const stopper = server.api(await server.token('member', 'Stella'))
    const { rows: members } = await server.db.query<{ id: string }>("select id from members where username = 'Stella'")
    for (const isHeard of [true, false]) {
      const { attemptId, sessionId } = await start('Stopped')
      const { at } = await claim()
      const chat = server.client(chatRoom(sessionId), memberToken)
      const saying: RunEvent = { type: 'message', messageId: uuid(), role: 'assistant', delta: 'I am', tool: null, end: null, error: null }
      await runner.runner.report.mutate({ ...at, seq: 1, events: [{ type: 'status', status: 'running' }, saying] })
      expect(await stopper.attempts.cancel.mutate({ projectId, attemptId })).toEqual({ status: 'stopping' })
      const kept = 'What was done so far is committed on slipway/app-1.'
      if (isHeard) await runner.runner.finish.mutate({ ...at, seq: 2, end: { outcome: 'cancelled', reason: kept, result: null } })
      else await server.db.query('update turns set lease_until = 1 where id = $1', [at.turnId])
      await until('it is cancelled', () => attemptOf(attemptId)?.status === 'cancelled')
      const reason = `Cancelled by Stella. ${isHeard ? kept : 'The runner did not answer any more.'}`
      expect(attemptOf(attemptId)?.reason).toBe(reason)
      const told = rows(record.doc, events).filter(({ action, target }) => action === 'attempt.cancelled' && target === attemptId)
      expect(told.map(({ actor }) => actor)).toEqual(members.map(({ id }) => id))
      await until('what it said ends with that', () => rows(chat.doc, messages)[0]?.error === reason)
      expect(rows(chat.doc, messages)[0]?.status).toBe('done')
    }
  })

  it('ATTEMPT-10 B7 one whose card is cancelled, archived or deleted is stopped once, by whoever did that, and keeps its branch', async () => {
    await server.token('member', 'Berta')
    const { rows: members } = await server.db.query<{ id: string }>("select id from members where username = 'Berta'")
    const berta = () => ({ ...world(), actor: members[0]?.id ?? '' })
    const waysToGiveUp = {
      cancelled: (taskId: string) => runCommand(setTaskStatus, () => board.doc, berta(), { projectId, taskId, status: 'cancelled' }),
      archived: (taskId: string) => runCommand(editTask, () => board.doc, berta(), { projectId, taskId, patch: { archived: true } }),
      deleted: (taskId: string) => runCommand(deleteTask, () => board.doc, berta(), { projectId, taskId }),
    }
    const bystander = await start('Goes on')
    const other = await claim()
    const stopped = []
    for (const [how, giveUp] of Object.entries(waysToGiveUp)) {
      const { taskId, attemptId } = await start(`To be ${how}`)
      const { at } = await claim()
      await runner.runner.report.mutate({ ...at, seq: 1, events: [{ type: 'status', status: 'running' }] })
      stopped.push({ how, giveUp, taskId, attemptId, at })
    }
    for (const { giveUp, taskId } of stopped) expect(giveUp(taskId).ok).toBe(true)
    for (const { how, attemptId, at } of stopped) {
      await until('its runner is told to stop', async () => (await runner.runner.renew.mutate(at)).cancel)
      const kept = 'What was done so far is committed on slipway/app-1.'
      await runner.runner.finish.mutate({ ...at, seq: 2, end: { outcome: 'cancelled', reason: kept, result: null } })
      await until('it is cancelled', () => attemptOf(attemptId)?.status === 'cancelled')
      expect(attemptOf(attemptId)).toMatchObject({
        reason: `${how === 'deleted' ? 'The card was deleted.' : `Berta ${how} the card.`} ${kept}`,
        branch: expect.stringMatching(/^slipway\//) as string,
      })
      const told = rows(record.doc, events).filter(({ action, target }) => action === 'attempt.cancelled' && target === attemptId)
      expect(told.map(({ actor }) => actor)).toEqual([how === 'deleted' ? SYSTEM : members[0]?.id])
    }
    expect(await runner.runner.renew.mutate(other.at)).toEqual({ cancel: false })
    await runner.runner.finish.mutate({ ...other.at, seq: 1, end: { outcome: 'failed', reason: 'x', result: null } })
    await until('the other ends as its runner says', () => attemptOf(bystander.attemptId)?.status === 'failed')
    const archived = stopped.find(({ how }) => how === 'archived')?.attemptId ?? ''
    const goOn = ada.attempts.followUp.mutate({ projectId, attemptId: archived, messageId: uuid(), text: 'Go on' })
    expect((await refusalOf(goOn)).code).toBe('task-archived')
  })

  it('INTERVIEW-8 I9 a model proposes no prompts from answers that contradict each other', async () => {
    const interviewId = uuid()
    const chat = server.client(chatRoom(interviewId), memberToken)
    await until('the chat is open', () => chat.provider.synced)
    const within = <I, T>(actor: string, command: Command<I, T>, input: object) =>
      runCommand(command, (room) => (room === chatRoom(interviewId) ? chat.doc : board.doc), { ...world(), actor }, { projectId, interviewId, ...input }) // biome-ignore format: one call
    within('ada', startInterview, { title: 'Till' })
    const questionId = rows(chat.doc, messages)[0]?.id
    // Both in one update: with one of them alone nothing would contradict.
    chat.doc.transact(() => {
      for (const actor of ['ada', 'bob']) within(actor, answerQuestion, { id: uuid(), questionId, text: `It is for ${actor}` })
    })
    const { modelId } = await ada.models.save.mutate({ name: 'm9', displayName: 'M9', providerType: 'openai_compatible', baseUrl: 'http://127.0.0.1:1/v1', modelName: 'm', apiKey: '', usageType: 'general', isActive: true }) // biome-ignore format: one model
    const ask = () => refusalOf(ada.proposals.prompts.mutate({ projectId, interviewId, modelId })).catch(() => null)
    await until('it is refused', async () => (await ask())?.code === 'contradiction-open')
  })

  it('INTERVIEW-13 a question grows before everybody as one message, over a lost lease, and is stopped by name; what was half said was not asked', async () => {
    const interviewId = uuid()
    const chat = server.client(chatRoom(interviewId), memberToken)
    await until('the chat is open', () => chat.provider.synced)
    const { modelId } = await ada.models.save.mutate({ name: 'm10', displayName: 'M10', providerType: 'openai_compatible', baseUrl: 'http://127.0.0.1:1/v1', modelName: 'm', apiKey: '', usageType: 'general', isActive: true }) // biome-ignore format: one model
    runCommand(startInterview, (room) => (room === chatRoom(interviewId) ? chat.doc : board.doc), world(), { projectId, interviewId, title: 'Till', model: modelId }) // biome-ignore format: one call
    const ask = () => onceHeard('interview-not-found', () => ada.interviews.ask.mutate({ projectId, interviewId }))
    const seen = () => rows(chat.doc, messages).map(({ id, content, status, stoppedBy }) => ({ id, content, status, stoppedBy }))
    const shows = async (what: object[]) => {
      await until(JSON.stringify(what), () => seen().length === what.length && seen().every((row, at) => Object.entries(what[at] ?? {}).every(([key, value]) => row[key as 'id'] === value))) // biome-ignore format: one look
    }
    const grow = (at: { turnId: string; fence: number }, seq: number, text: string) =>
      runner.runner.report.mutate({ ...at, seq, events: [{ type: 'question', text: 'W' }, { type: 'question', text }] }) // biome-ignore format: one call
    const finish = (at: { turnId: string; fence: number }, question: string) =>
      runner.runner.finish.mutate({ ...at, seq: 9, end: { outcome: 'succeeded', reason: null, result: { question, options: ['a', 'b'], topic: 'users', answered: [], contradictions: [], promptTokens: 1, completionTokens: 1 } } }) // biome-ignore format: one call

    const { turnId } = await ask()
    await shows([{ id: turnId, content: '', status: 'streaming' }])
    expect(await ask(), 'one that is under way is not asked for twice').toEqual({ turnId })
    const first = await claim()
    await grow(first.at, 1, 'Who will')
    await shows([{ id: turnId, content: 'Who will', status: 'streaming' }])
    await server.db.query('update turns set lease_until = 1 where id = $1', [turnId])
    const second = await claim()
    expect(second.turnId).toBe(turnId)
    await expect(grow(first.at, 2, 'Who will not')).rejects.toThrow()
    await grow(second.at, 1, 'What is')
    await shows([{ id: turnId, content: 'What is', status: 'streaming' }])
    await finish(second.at, 'What is it for?')
    await shows([{ id: turnId, content: 'What is it for?', status: 'done' }])
    expect(rows(chat.doc, messages)[0]).toMatchObject({ options: ['a', 'b'], topic: 'users', promptTokens: 1 })

    const stopped = await ask()
    const third = await claim()
    await grow(third.at, 1, 'And then')
    const me = (await ada.session.me.query())?.member.id
    await ada.interviews.stop.mutate({ projectId, interviewId, turnId: stopped.turnId })
    const gone = { id: stopped.turnId, content: 'And then', status: 'failed', stoppedBy: me }
    await shows([{ id: turnId }, gone])
    const waiting = await ask()
    expect(waiting.turnId, 'it can be asked again before its runner has heard').not.toBe(stopped.turnId)
    expect(await grow(third.at, 2, 'And then what')).toMatchObject({ cancel: true })
    await finish(third.at, 'And then what?')
    expect(await ada.turns.wait.query({ turnId: stopped.turnId })).toMatchObject({ status: 'cancelled', reason: 'Stopped by Ada.' })
    await ada.interviews.stop.mutate({ projectId, interviewId, turnId })
    await shows([{ id: turnId, status: 'done' }, gone, { id: waiting.turnId, content: '', status: 'streaming' }])

    await ada.interviews.stop.mutate({ projectId, interviewId, turnId: waiting.turnId })
    expect(await ada.turns.wait.query({ turnId: waiting.turnId })).toMatchObject({ status: 'cancelled', reason: 'Stopped by Ada.' })
    const last = await ask()
    const { payload, at } = await claim()
    expect(at.turnId).toBe(last.turnId)
    expect((payload as unknown as PayloadOf<'interview'>).transcript.map(({ id }) => id)).toEqual([turnId])
    await runner.runner.finish.mutate({ ...at, seq: 1, end: { outcome: 'failed', reason: '429 slow down', result: null } })
    await until('it says why', () => rows(chat.doc, messages).some(({ id, error, stoppedBy }) => id === last.turnId && error === '429 slow down' && stoppedBy === null)) // biome-ignore format: one look
  })

  it('LOG-2 output streams while it comes, and the key of the model is in none of it, wherever it is cut', async () => {
    const key = 'sk-test-0123456789abcdef'
    const { modelId } = await ada.models.save.mutate({
      name: 'm1',
      displayName: 'M1',
      providerType: 'openai_compatible',
      baseUrl: 'http://127.0.0.1:1/v1',
      modelName: 'm',
      apiKey: key,
      usageType: 'general',
      isActive: true,
      inputPrice: 3,
      outputPrice: 15,
    })
    const taskId = await newTask('With a model')
    const attemptId = uuid()
    const { sessionId } = await ada.attempts.start.mutate({ attemptId, projectId, taskId, modelId })
    const { at, payload } = await claim()
    expect(payload.agent).toMatchObject({ kind: 'openai', apiKey: key, label: 'M1', model: 'm' })
    const processId = uuid()
    await runner.runner.report.mutate({
      ...at,
      seq: 1,
      events: [
        { type: 'status', status: 'running' },
        { type: 'process.started', processId, runReason: 'codingAgent', command: 'x', beforeHeadCommit: null },
      ],
    })
    // What it said, and what that cost: at the prices of its model, on the message and on the turn.
    const messageId = uuid()
    const said = server.client(chatRoom(sessionId), memberToken)
    await runner.runner.report.mutate({
      ...at,
      seq: 2,
      events: [
        { type: 'message', messageId, role: 'assistant', delta: 'Hello.', tool: null, end: 'done', error: null },
        { type: 'usage', promptTokens: 100_000, completionTokens: 2_000, requests: 1, messageId },
        { type: 'usage', promptTokens: 50_000, completionTokens: 0, requests: 1, messageId: uuid() },
      ],
    })
    await until('the message says what it took', () => rows(said.doc, messages).some(({ id, cost }) => id === messageId && cost === 0.33))
    expect(rows(said.doc, messages)).toMatchObject([{ promptTokens: 100_000, completionTokens: 2_000, model: modelId }])
    await until('the turn has both', () =>
      rows(record.doc, turns).some((turn) => turn.attemptId === attemptId && turn.promptTokens === 150_000),
    )
    expect(rows(record.doc, turns).find((turn) => turn.attemptId === attemptId)?.cost).toBeCloseTo(0.48)
    for (const [index, text] of [
      `the key is ${key.slice(0, 9)}`,
      `${key.slice(9)} and\n`,
      `again ${Buffer.from(key).toString('base64')}\n`,
    ].entries()) {
      await runner.runner.report.mutate({ ...at, seq: index + 3, events: [{ type: 'log', processId, stream: 'stdout', text }] })
    }
    const { lines, done } = await ada.logs.read.query({ processId, after: 0 })
    expect(done).toBe(false)
    expect(lines.map((line) => line.text)).toEqual(['the key is [hidden] and', 'again [hidden]'])
    await runner.runner.finish.mutate({ ...at, seq: 9, end: { outcome: 'failed', reason: 'x', result: null } })
    const { rows: dumped } = await server.db.query<{ all: string }>("select string_agg(t::text, ' ') as all from turns t")
    expect(dumped[0]?.all).not.toContain(key)
    const shown = rows(team.doc, (await import('#domain/models/schema.ts')).models)
    expect(shown).toContainEqual(expect.objectContaining({ name: 'm1', keyEnding: 'cdef' }))
    expect(JSON.stringify(shown)).not.toContain(key)
  })
})

describe('a full column', () => {
  const inProgress = () => rows(board.doc, columns).find(({ status }) => status === 'in_progress')
  const limit = (wipLimit: number | null) =>
    runCommand(editColumn, () => board.doc, world(), { projectId, columnId: inProgress()?.id, patch: { wipLimit } })
  const standing = () => rows(board.doc, tasks).filter((task) => task.columnId === inProgress()?.id && !task.archived).length
  const line = () => lineForRoom(rows(record.doc, attempts)).map(({ id }) => id)
  const move = (taskId: string, status: 'review' | 'in_progress' | 'todo') =>
    runCommand(setTaskStatus, () => board.doc, world(), { projectId, taskId, status })

  it('TASK-11 ATTEMPT-9 what is started beyond the limit waits in its order, and no runner gets it; when a card leaves, the first one begins', async () => {
    while (await claimTurn(server.db, 'r1', Date.now()));
    limit(standing() + 1)
    const first = await start('Takes the last place')
    const [second, third] = [await start('Waits'), await start('Waits behind it')]
    expect((await claimTurn(server.db, 'r1', Date.now()))?.attemptId).toBe(first.attemptId)
    expect(await claimTurn(server.db, 'r1', Date.now())).toBeNull()
    await until('the line is known', () => line().length === 2)
    expect(line()).toEqual([second.attemptId, third.attemptId])
    expect([taskOf(first.taskId), taskOf(second.taskId), taskOf(third.taskId)].map((task) => task?.status)).toEqual([
      'in_progress',
      'backlog',
      'backlog',
    ])
    expect(rows(record.doc, events).find(({ action, taskId }) => action === 'attempt.held' && taskId === second.taskId)?.message).toMatch(
      /^The column In progress is full: \d+ of \d+\. It begins when its turn comes\.$/,
    )

    // Room by a person's hand, and one more comes: it is not for whoever comes last.
    move(first.taskId, 'review')
    const fourth = await start('Came when there was room')
    await until('the second begins', () => taskOf(second.taskId)?.status === 'in_progress')
    expect((await claimTurn(server.db, 'r1', Date.now()))?.attemptId).toBe(second.attemptId)
    expect(line()).toEqual([third.attemptId, fourth.attemptId])

    // A person may put more there than the limit says: that one begins, and the line stays.
    move(fourth.taskId, 'todo')
    move(fourth.taskId, 'in_progress')
    await until('the fourth begins', () => line().length === 1)
    expect((await claimTurn(server.db, 'r1', Date.now()))?.attemptId).toBe(fourth.attemptId)

    expect(await ada.attempts.cancel.mutate({ projectId, attemptId: third.attemptId })).toEqual({ status: 'cancelled' })
    await until('nobody waits', () => line().length === 0)
    limit(null)
    expect(await claimTurn(server.db, 'r1', Date.now())).toBeNull()
  })

  it('ATTEMPT-9 what waits for room and cannot be started any more is cancelled, with the reason', async () => {
    limit(1)
    const { taskId, attemptId } = await start('Given up while it waits')
    runCommand(setTaskStatus, () => board.doc, world(), { projectId, taskId, status: 'cancelled' })
    await until('its attempt is cancelled', () => attemptOf(attemptId)?.status === 'cancelled')
    expect(attemptOf(attemptId)?.reason).toBe('The card was cancelled.')
    limit(null)
  })
})
