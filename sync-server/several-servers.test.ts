import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import type * as Y from 'yjs'
import { attempts } from '#domain/attempts/schema.ts'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { turns } from '#domain/sessions/schema.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { RoomClient } from '../bin/room-client.ts'
import { type Api, refusalOf, startTestServer, type TestServer, until } from './test-server.ts'

type Beside = Awaited<ReturnType<TestServer['beside']>>

const projectId = randomUUID()
const record = recordRoom(projectId)
const world = () => ({ now: Date.now(), actor: 'ada', newId: () => randomUUID(), random: Math.random })
let here: TestServer
let there: Beside
let token: string
let clients: RoomClient[] = []
let ada: { here: Api; there: Api }
let runner: { here: Api; there: Api }

const join = (url: string, room: RoomName): RoomClient => {
  const client = new RoomClient({ url, room, token })
  clients.push(client)
  return client
}

beforeAll(async () => {
  here = await startTestServer()
  there = await here.beside()
  token = await here.token('admin', 'Ada')
  const runnerToken = await here.token('runner', 'box')
  ada = { here: here.api(token), there: there.api(token) }
  runner = { here: here.api(runnerToken), there: there.api(runnerToken) }
  const rooms = { team: join(here.running.url, teamRoom), board: join(here.running.url, projectRoom(projectId)) }
  await Promise.all(clients.map((client) => client.settled()))
  runCommand(createProject, (room) => (room === teamRoom ? rooms.team.doc : rooms.board.doc), world(), { id: projectId, name: 'Shop' })
  await Promise.all(clients.map((client) => client.settled()))
  const linked = ada.here.repos.link.mutate({ projectId, path: '/somewhere/shop' })
  const claim = await runner.there.runner.claim.mutate({ runnerId: 'r1' })
  const found = {
    path: '/somewhere/shop',
    name: 'shop',
    remoteUrl: null,
    defaultBranch: 'main',
    headCommit: 'a'.repeat(40),
    branches: ['main'],
    dirty: false,
  }
  const end = { outcome: 'succeeded' as const, reason: null, result: found }
  await runner.there.runner.finish.mutate({ turnId: claim?.turnId ?? '', fence: claim?.fence ?? 0, seq: 1, end })
  await linked
})
afterAll(async () => {
  for (const client of clients) client.close()
  clients = []
  await here.stop()
})

/** Makes a card at a server, and answers when that server has it on disk. */
async function makeCard(url: string, title: string): Promise<string> {
  const board = new RoomClient({ url, room: projectRoom(projectId), token })
  await board.settled()
  const id = randomUUID()
  runCommand(createTasks, () => board.doc, world(), { projectId, tasks: [{ id, title }] })
  await board.settled()
  board.close()
  return id
}

const rowsIn = (doc: Y.Doc) => new RoomTx(doc, world())

it('GATE-12 the printed link of any server signs in at every other, and a ticket made at one opens one socket, at any', async () => {
  const at = async (url: string, secret: string): Promise<number> =>
    (
      await fetch(`${url}/trpc/session.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ token: secret }),
      })
    ).status
  expect(await at(here.running.url, there.signInToken)).toBe(200)
  expect(await at(there.url, here.running.signInToken)).toBe(200)
  expect(await at(there.url, 'made up')).not.toBe(200)
  const { ticket } = await ada.here.session.ticket.mutate()
  const opens = (url: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${teamRoom}?ticket=${ticket}`)
      // A refused one is opened, too, and closed with the reason.
      socket.on('message', () => {
        resolve(true)
        socket.terminate()
      })
      socket.on('close', () => resolve(false))
    })
  const opened = await Promise.all([opens(there.url), opens(here.running.url), opens(there.url)])
  expect(opened.filter(Boolean)).toHaveLength(1)
})

it('API-1 a mutation sent again to another server, while the first is at work on it or later, is not done again', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const both = [here.api(token, headers), there.api(token, headers)]
  const answers = await Promise.all([...both, ...both].map((api) => api.tokens.create.mutate({ name: 'CI', role: 'viewer' })))
  expect(new Set(answers.map((answer) => answer.token)).size).toBe(1)
  expect((await ada.there.tokens.list.query()).filter(({ name }) => name === 'CI')).toHaveLength(1)
  // A server that died over it is not waited for.
  await here.db.query('update answers set answer = null, holder = 999999')
  await both[1]?.tokens.create.mutate({ name: 'CI', role: 'viewer' })
  expect((await ada.there.tokens.list.query()).filter(({ name }) => name === 'CI')).toHaveLength(2)
})

it('API-1 a mutation whose answer could not be kept is done again when it is sent again, and nobody waits for it', async () => {
  const api = here.api(token, { 'idempotency-key': randomUUID() })
  const refused = 'create or replace function no_answers() returns trigger language plpgsql as $$ begin raise exception $m$away$m$; end $$'
  await here.db.query(`${refused}; create trigger away before update or delete on answers for each row execute function no_answers()`)
  await expect(api.tokens.create.mutate({ name: 'Twice', role: 'viewer' })).rejects.toThrow()
  await here.db.query('drop trigger away on answers')
  const began = Date.now()
  await api.tokens.create.mutate({ name: 'Twice', role: 'viewer' })
  expect(Date.now() - began).toBeLessThan(5_000)
})

it('TURN-6 a turn queued at one server wakes a runner that waits at another, and of two runners one gets it', async () => {
  const taskIds = await Promise.all(['Wake up', 'Next'].map((title) => makeCard(here.running.url, title)))
  const attemptIds = taskIds.map(() => randomUUID())
  const claims = [runner.there, runner.here].map((at, index) => at.runner.claim.mutate({ runnerId: `r${index}` }))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await Promise.all(
    taskIds.map((taskId, at) => ada.here.attempts.start.mutate({ attemptId: attemptIds[at] ?? '', projectId, taskId, modelId: 'builtin' })),
  )
  const began = Date.now()
  const got = (await Promise.all(claims)).map((claim) => (claim?.payload as { attemptId: string } | undefined)?.attemptId)
  // Looking by themselves the runners would find them two seconds after they asked.
  expect(Date.now() - began).toBeLessThan(500)
  expect(got.sort()).toEqual(attemptIds.sort())
})

it('RECORD-1 facts told at two servers at once are each recorded once, and both records are one', async () => {
  const atHere = join(here.running.url, record)
  const atThere = join(there.url, record)
  const taskIds = await Promise.all([0, 1, 2, 3].map((at) => makeCard(at % 2 ? there.url : here.running.url, 'The very same title')))
  const ids: string[] = taskIds.map(() => randomUUID())
  await Promise.all(
    taskIds.map((taskId, at) =>
      (at % 2 ? ada.there : ada.here).attempts.start.mutate({ attemptId: ids[at] ?? '', projectId, taskId, modelId: 'builtin' }),
    ),
  )
  const claims = await Promise.all(
    ids.map((_, at) => (at % 2 ? runner.there : runner.here).runner.claim.mutate({ runnerId: 'r1', quick: false })),
  )
  expect(new Set(claims.map((claim) => claim?.turnId)).size).toBe(4)
  // Every batch is told twice, at both servers at once.
  for (const claim of claims) {
    const told = {
      turnId: claim?.turnId ?? '',
      fence: claim?.fence ?? 0,
      seq: 1,
      events: [{ type: 'usage' as const, promptTokens: 10, completionTokens: 1, requests: 1 }],
    }
    await Promise.all([runner.here.runner.report.mutate(told), runner.there.runner.report.mutate(told)])
  }
  const mine = (client: RoomClient) =>
    rowsIn(client.doc)
      .all(attempts)
      .filter(({ id }) => ids.includes(id))
  await until('both have the attempts', () => mine(atHere).length === 4 && mine(atThere).length === 4)
  expect(new Set(mine(atHere).map(({ branch }) => branch)).size, 'a branch each').toBe(4)
  const used = (client: RoomClient) =>
    rowsIn(client.doc)
      .all(turns)
      .filter(({ attemptId }) => ids.includes(attemptId ?? ''))
      .map(({ promptTokens }) => promptTokens)
  await until('both have the usage', () => [atHere, atThere].every((client) => used(client).every((tokens) => tokens > 0)))
  expect(used(atHere)).toEqual([10, 10, 10, 10])
  expect(mine(atThere)).toEqual(mine(atHere))

  // Whether an attempt may go on is decided by the record: of two who say so at once one is too late.
  for (const claim of claims) {
    const end = { outcome: 'failed' as const, reason: 'It broke.', result: null }
    await runner.here.runner.finish.mutate({ turnId: claim?.turnId ?? '', fence: claim?.fence ?? 0, seq: 2, end })
  }
  for (const attemptId of ids) {
    const resumed = await Promise.allSettled([ada.here, ada.there].map((at) => at.attempts.resume.mutate({ projectId, attemptId })))
    expect(resumed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(ada.there.attempts.resume.mutate({ projectId, attemptId }))).toMatchObject({ code: 'attempt-busy' })
  }
})

it('RECORD-2 what one server acknowledged the next call finds at any other, though nothing was announced', async () => {
  const silent = await here.beside(true)
  for (let at = 0; at < 3; at++) {
    const taskId = await makeCard(silent.url, `Said nowhere ${at}`)
    await ada.here.attempts.start.mutate({ attemptId: randomUUID(), projectId, taskId, modelId: 'builtin' })
  }
})

it('BLOB-2 a file stored at one server is at every other, and stays when its server is gone', async () => {
  const bytes = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(2_500_000, 'Slipway ')])
  const headers = { authorization: `Bearer ${token}` }
  const stored = await fetch(`${here.running.url}/blobs`, { method: 'POST', headers, body: bytes })
  const { sha256 } = (await stored.json()) as { sha256: string }
  for (let time = 0; time < 2; time++) {
    const got = await fetch(`${there.url}/blobs/${sha256}`, { headers })
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true)
  }
  expect((await fetch(`${there.url}/blobs/${'0'.repeat(64)}`, { headers })).status).toBe(404)
  const damaged = '1'.repeat(64)
  await here.db.query('insert into blob_parts values ($1, 0, $2)', [damaged, bytes.subarray(0, 10)])
  expect((await fetch(`${there.url}/blobs/${damaged}`, { headers })).status).toBe(404)
})

it('GATE-13 guesses at secrets are counted over all servers', async () => {
  const guess = async (at: Api): Promise<string> => (await refusalOf(at.session.signIn.mutate({ token: 'a guess' }))).code
  const codes = await Promise.all(Array.from({ length: 40 }, (_, at) => guess(at % 2 ? ada.here : ada.there)))
  expect(codes.filter((code) => code === 'token-unknown').length).toBeLessThanOrEqual(30)
  expect(await guess(ada.here)).toBe('rate-limited')
  expect(await guess(ada.there)).toBe('rate-limited')
})
