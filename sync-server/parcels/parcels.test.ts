import { createHash, randomUUID } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { recordAttempt } from '#domain/attempts/commands.ts'
import { recordEvent } from '#domain/changes/commands.ts'
import { fileLink } from '#domain/core/attachment.ts'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx, rowsOf } from '#domain/core/document.ts'
import { chatRoom, projectRoom, type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { TAR_END, tarHeader, tarPadding } from '#domain/core/tar-block.ts'
import { answerQuestion, startInterview } from '#domain/interviews/commands.ts'
import { messages } from '#domain/interviews/schema.ts'
import { projects } from '#domain/projects/schema.ts'
import { recordSession } from '#domain/sessions/commands.ts'
import { createTasks, deleteTask, editTask } from '#domain/tasks/commands.ts'
import { addComment } from '#domain/tasks/comment-commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { members } from '#domain/team/schema.ts'
import { insertEntries } from '#server/journal/insert.ts'
import { refusalOf, startTestServer, type TestServer } from '#server/test-server.ts'
import { addToLog, beginLog } from '#server/turns/logs.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { RoomClient } from '../../bin/room-client.ts'
import type { Manifest } from './format.ts'
import { readTar } from './tar.ts'

const world = seededWorld(7, 'ada')
const [projectId, interviewId, attemptId, sessionId, processId, turnId] = Array.from({ length: 6 }, world.newId) as [
  string, string, string, string, string, string,
] // biome-ignore format: ids
const [firstId, secondId] = [world.newId(), world.newId()]
const image = Buffer.from('GIF89a, an image as far as anybody here knows')
const sha256 = createHash('sha256').update(image).digest('hex')
const notes = Buffer.from('# Notes\nCoffee with ☕.\n')
const notesSha256 = createHash('sha256').update(notes).digest('hex')
const SECRETS = ['sk-planted-model-key-123456', 'half-a-line-with-sk-planted-in-it']

let from: TestServer
let to: TestServer
let adaId: string
const tokens: Record<'from' | 'to' | 'viewer', string> = { from: '', to: '', viewer: '' }
/** The first server's project as a file. */
let parcel: Buffer

beforeAll(async () => {
  from = await startTestServer()
  to = await startTestServer()
  tokens.from = await from.token('admin', 'Ada')
  tokens.to = await to.token('owner', 'Olga')
  tokens.viewer = await to.token('viewer', 'Vic')
  adaId = (await from.api(tokens.from).session.me.query())?.member.id ?? ''
  await fillProject()
  parcel = (await fetchParcel(from, tokens.from)).bytes
}, 60_000)
afterAll(async () => {
  await from.stop()
  await to.stop()
})

/** A project with a bit of everything; its documents come to the server in many pieces. */
async function fillProject(): Promise<void> {
  const docs = new Map<RoomName, Y.Doc>()
  const pieces: { room: string; bytes: Uint8Array; author: string }[] = []
  const team = new RoomClient({ url: from.running.url, room: teamRoom, token: tokens.from })
  await team.settled()
  docs.set(teamRoom, team.doc)
  const docOf = (room: RoomName): Y.Doc => {
    const known = docs.get(room)
    if (known) return known
    const doc = new Y.Doc()
    doc.on('update', (bytes: Uint8Array) => pieces.push({ room, bytes, author: adaId }))
    docs.set(room, doc)
    return doc
  }
  const run = <I, T>(command: Command<I, T>, input: unknown): void => {
    const answer = runCommand(command, docOf, { ...world.tick(), actor: adaId }, input)
    if (!answer.ok) throw new Error(`${command.name}: ${answer.message}`)
  }
  run(createProject, { id: projectId, name: 'Shop ☕', description: 'Sells coffee' })
  run(createTasks, { projectId, tasks: [{ id: firstId, title: 'Pay', description: 'by card' }, { id: secondId, title: 'Gone soon' }] }) // biome-ignore format: two cards
  for (const title of ['Pay now', 'Pay later', 'Pay']) run(editTask, { projectId, taskId: firstId, patch: { title, assignee: adaId } })
  run(addComment, { projectId, id: world.newId(), taskId: firstId, body: `See ${'x'.repeat(20)}` })
  run(deleteTask, { projectId, taskId: secondId })
  new RoomTx(docOf(projectRoom(projectId)), world).update(tasks, firstId, { images: [sha256] })
  rowsOf(docOf(projectRoom(projectId)), tasks)
    .get(firstId)
    ?.set('notDeclared', 'kept')
  run(startInterview, { projectId, interviewId, title: 'Goals' })
  const [question] = docOf(chatRoom(interviewId)).getMap('messages').keys()
  run(answerQuestion, {
    projectId,
    interviewId,
    id: world.newId(),
    questionId: question,
    text: `Coffee for all, see ${fileLink(notesSha256, 'notes.md', '26 bytes')}`,
  })
  const attempt = { projectId, attemptId, taskId: firstId, repoId: 'r', agent: 'builtin', modelId: null, modelLabel: 'Built-in' }
  run(recordAttempt, { ...attempt, branch: 'slipway/app-1', targetBranch: 'main', name: 'Pay', promptSnapshot: null })
  run(recordSession, { projectId, sessionId, attemptId, executor: 'builtin' })
  run(recordEvent, { projectId, taskId: firstId, action: 'attempt.started', target: attemptId, message: 'Started.' })
  new RoomTx(docOf(chatRoom(sessionId)), world).create(messages, { role: 'assistant', content: 'Done.', order: 'a' })
  await team.settled()
  team.close()
  await insertEntries(from.db, pieces, Date.now(), 1)

  const auth = { authorization: `Bearer ${tokens.from}` }
  for (const body of [image, notes]) await fetch(`${from.running.url}/blobs`, { method: 'POST', headers: auth, body })
  await beginLog(from.db, processId, turnId, projectId)
  await addToLog(from.db, processId, turnId, [{ stream: 'stdout', text: `one\ntwo\n${SECRETS[1]}` }], [], false)
  const model = { name: 'gpt', displayName: '', providerType: 'openai_compatible' as const, baseUrl: 'http://127.0.0.1:9/v1/' }
  await from.api(tokens.from).models.save.mutate({ ...model, modelName: 'gpt', usageType: 'general', isActive: true, apiKey: SECRETS[0] })
  SECRETS.push(tokens.from, from.running.runnerToken, from.running.signInToken)
  SECRETS.push(
    new URL((await from.api(tokens.from).invites.create.mutate({ name: 'Bob', role: 'viewer' })).url).searchParams.get('token') ?? '',
  )
}

async function fetchParcel(server: TestServer, token: string): Promise<{ status: number; bytes: Buffer; name: string }> {
  const answer = await fetch(`${server.running.url}/parcels/${projectId}`, { headers: { authorization: `Bearer ${token}` } })
  const name = /filename="(.*)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? ''
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), name }
}

type Line = { step?: string; ok?: boolean; code?: string; message?: string; projectId?: string }

async function bring(bytes: Uint8Array, token = tokens.to, server = to): Promise<{ status: number; lines: Line[]; last: Line }> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${server.running.url}/parcels`, { method: 'POST', headers, body: Buffer.from(bytes) })
  const lines = (await answer.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
  return { status: answer.status, lines, last: lines.at(-1) ?? {} }
}

async function filesOf(packed: Uint8Array): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  async function* once() {
    yield gunzipSync(packed) as Uint8Array
  }
  for await (const { name, bytes } of readTar(once())) {
    const pieces: Uint8Array[] = []
    for await (const piece of bytes) pieces.push(piece)
    files.set(name, Buffer.concat(pieces))
  }
  return files
}

const manifestIn = (files: Map<string, Buffer>): Manifest => JSON.parse(files.get('manifest.json')?.toString() ?? '{}') as Manifest

/** Packs files; `list`: with a manifest that fits them. */
function pack(files: Map<string, Uint8Array>, list = true): Buffer {
  const all = new Map(files)
  if (list) {
    const parts = [...all]
      .filter(([name]) => name !== 'format.json' && name !== 'manifest.json')
      .map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }))
    const manifest = { ...(JSON.parse(Buffer.from(all.get('manifest.json') ?? []).toString()) as object), parts }
    all.delete('manifest.json')
    all.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  }
  const blocks = [...all].flatMap(([name, bytes]) => [tarHeader(name, bytes.length, 0), bytes, tarPadding(bytes.length)])
  return gzipSync(Buffer.concat([...blocks, TAR_END]), { level: 1 })
}

describe('hostile files', () => {
  /** The good parcel's files, changed. */
  async function changed(change: (files: Map<string, Uint8Array>) => void, list = true): Promise<Buffer> {
    const files = new Map<string, Uint8Array>(await filesOf(parcel))
    change(files)
    return pack(files, list)
  }
  const set = (name: string, bytes: string | Uint8Array) => (files: Map<string, Uint8Array>) => void files.set(name, Buffer.from(bytes))
  const replaced = (name: string, from: string, by: string) => (files: Map<string, Uint8Array>) => {
    const bytes = Buffer.from(files.get(name) ?? [])
    expect(bytes.includes(from)).toBe(true)
    files.set(name, Buffer.from(bytes.toString('latin1').replace(from, by), 'latin1'))
  }
  const damaged = 'parcel-damaged'
  const cases: [string, () => Promise<Uint8Array> | Uint8Array, string][] = [
    ['nothing', () => new Uint8Array(), 'no-parcel'],
    ['a text', () => Buffer.from('Dear server, please import this.'), 'no-parcel'],
    ['a gzipped text', () => gzipSync('Dear server'), 'no-parcel'],
    ['a tar of something else', () => pack(new Map([['photo.png', image]]), false), 'no-parcel'],
    ['a file cut off', () => parcel.subarray(0, parcel.length - 500), damaged],
    ['a tar cut off after a whole file', async () => {
      const files = new Map<string, Uint8Array>(await filesOf(parcel))
      files.delete('manifest.json')
      return pack(files, false)
    }, damaged],
    ['a changed word in a document', () => changed(replaced('rooms/project.update', 'by card', 'by cash'), false), damaged],
    ['a changed word in its rows', () => changed(replaced('rows/project.jsonl', 'by card', 'by cash'), false), damaged],
    ['a file that nobody listed', () => changed(set(`blobs/${sha256}`, image), true).then(async (packed) => {
      const files = new Map<string, Uint8Array>(await filesOf(packed))
      const manifest = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString()) as Manifest
      manifest.parts = manifest.parts.filter(({ name }) => !name.startsWith('blobs/'))
      files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
      return pack(files, false)
    }), damaged],
    ['a listed file that is missing', () => changed((files) => void files.delete(`blobs/${sha256}`), false), damaged],
    ['a newer version', () => changed(set('format.json', JSON.stringify({ format: 'slipway-project', version: 2, slipway: '9', more: true }))), 'parcel-newer'],
    ['a path out of the folder', () => changed(set('../../../etc/passwd', 'root')), damaged],
    ['an absolute path', () => changed(set('/etc/passwd', 'root')), damaged],
    ['a path inside a part', () => changed(set('blobs/../../x', 'root')), damaged],
    ['a blob under another name', () => changed(set(`blobs/${'0'.repeat(64)}`, 'root')), damaged],
    ['a document that is none', () => changed(set('rooms/project.update', 'nonsense')), damaged],
    ['a document that builds on what is missing', () => changed((files) => {
      const doc = new Y.Doc()
      doc.getMap('tasks').set('a', 1)
      const before = Y.encodeStateVector(doc)
      doc.getMap('tasks').set('a', 2)
      files.set('rooms/record.update', Y.encodeStateAsUpdate(doc, before))
    }), damaged],
    ['a log of another process', () => changed((files) => {
      const log = files.get(`logs/${processId}.jsonl`)
      if (log) files.set(`logs/${randomUUID()}.jsonl`, log)
    }), damaged],
    ['a row that is no project', () => changed(set('team.json', JSON.stringify({ project: 'x', people: [] }))), damaged],
    ['a link', () => {
      const header = Buffer.from(tarHeader('format.json', 0, 0))
      header[156] = 0x32
      return gzipSync(Buffer.concat([header, TAR_END]))
    }, 'no-parcel'],
  ] // biome-ignore format: a table

  it.each(cases)('PARCEL-5 %s is refused with a sentence, and leaves nothing', async (_what, make, code) => {
    const { last } = await bring(await make())
    expect(last).toMatchObject({ ok: false, code, message: expect.stringMatching(/^This .*\./) as string })
    await expectNothing()
  })

  async function expectNothing(): Promise<void> {
    const { rows } = await to.db.query<{ found: number }>(
      `select (select count(*) from log_heads) + (select count(*) from log_lines) + (select count(*) from journal_updates where room <> 'team') as found`,
    )
    expect(rows[0]?.found).toBe(0)
    const team = await teamOf(to)
    expect(rowsOf(team, projects).size).toBe(0)
  }
})

async function teamOf(server: TestServer): Promise<Y.Doc> {
  const client = new RoomClient({ url: server.running.url, room: teamRoom, token: server === to ? tokens.to : tokens.from })
  await client.settled()
  client.close()
  return client.doc
}

describe('a project as one file', () => {
  it('PARCEL-1 holds documents, rows, logs, blobs and people, each with its hash, and no secret', async () => {
    const { name, bytes } = await fetchParcel(from, tokens.from)
    expect(name).toMatch(/^slipway-shop-\d{4}-\d\d-\d\d\.tar\.gz$/)
    const files = await filesOf(bytes)
    expect([...files.keys()].sort()).toEqual(
      [
        'README.txt', 'format.json', 'manifest.json', 'team.json', `blobs/${sha256}`, `blobs/${notesSha256}`, `logs/${processId}.jsonl`,
        ...['project', 'record', `chat-${interviewId}`, `chat-${sessionId}`].flatMap((room) => [`rooms/${room}.update`, `rows/${room}.jsonl`]),
      ].sort(), // biome-ignore format: names
    )
    for (const part of manifestIn(files).parts)
      expect(
        createHash('sha256')
          .update(files.get(part.name) ?? '')
          .digest('hex'),
        part.name,
      ).toBe(part.sha256)
    expect(files.get('rows/project.jsonl')?.toString()).toContain('"title":"Pay"')
    expect(files.get('team.json')?.toString()).toContain('"username": "Ada"')
    const everything = [...files.values()].map((file) => file.toString('latin1')).join('\n')
    expect(SECRETS.every((secret) => secret.length > 10)).toBe(true)
    for (const secret of SECRETS) expect(everything).not.toContain(secret)
  })

  it('PARCEL-2 FILE-3 brought to another server it is the same there: an export of it has the same hashes', async () => {
    const { last, lines } = await bring(parcel)
    expect(last).toEqual({ ok: true, projectId, name: 'Shop ☕' })
    expect(lines.slice(0, -1).every(({ step }) => step === 'checking' || step === 'storing')).toBe(true)
    const again = await filesOf((await fetchParcel(to, tokens.to)).bytes)
    expect(manifestIn(again).parts).toEqual(manifestIn(await filesOf(parcel)).parts)

    const board = new RoomClient({ url: to.running.url, room: projectRoom(projectId), token: tokens.to })
    await board.settled()
    const room = new RoomTx(board.doc, world)
    expect(room.get(tasks, firstId)).toMatchObject({ title: 'Pay', description: 'by card', images: [sha256], assignee: adaId })
    expect(rowsOf(board.doc, tasks).get(firstId)?.get('notDeclared')).toBe('kept')
    board.close()
    const api = to.api(tokens.to)
    expect((await api.logs.read.query({ processId })).lines.map(({ text }) => text)).toEqual(['one', 'two'])
    const auth = { authorization: `Bearer ${tokens.to}` }
    expect(Buffer.from(await (await fetch(`${to.running.url}/blobs/${sha256}`, { headers: auth })).arrayBuffer())).toEqual(image)
    const file = await fetch(`${to.running.url}/blobs/${notesSha256}`, { headers: auth })
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/plain; charset=utf-8', notes.toString()])
  })

  it('PARCEL-3 people whom nobody knows there are names without rights', async () => {
    const team = new RoomTx(await teamOf(to), world)
    expect(team.get(members, adaId)).toMatchObject({ username: 'Ada', role: 'viewer', isActive: false })
    expect((await to.db.query('select 1 from members where id = $1', [adaId])).rows).toEqual([])
    expect((await to.api(tokens.to).members.list.query()).map(({ username }) => username)).not.toContain('Ada')
  })

  it('PARCEL-4 what is here already is not touched: neither brought again, nor where only its rooms are left', async () => {
    const before = (await to.db.query('select count(*) as n, max(seq) as last from journal_updates')).rows
    expect((await bring(parcel)).last).toMatchObject({
      ok: false,
      code: 'project-here',
      message: expect.stringContaining('Shop ☕') as string,
    })
    expect((await bring(parcel, tokens.from, from)).last).toMatchObject({ ok: false, code: 'project-here' })
    expect((await to.db.query('select count(*) as n, max(seq) as last from journal_updates')).rows).toEqual(before)
    const team = new RoomClient({ url: to.running.url, room: teamRoom, token: tokens.to })
    await team.settled()
    rowsOf(team.doc, projects).delete(projectId)
    await team.settled()
    team.close()
    expect((await bring(parcel)).last).toMatchObject({ ok: false, code: 'project-here' })
    expect((await to.api(tokens.to).logs.read.query({ processId })).lines).toHaveLength(2)
  })

  it('PARCEL-6 only admins and the owner export and import, and nothing leaves while an agent is at work', async () => {
    expect((await fetchParcel(to, tokens.viewer)).status).toBe(403)
    expect((await fetch(`${to.running.url}/parcels/${projectId}`)).status).toBe(401)
    expect((await bring(parcel, tokens.viewer)).status).toBe(403)
    expect((await refusalOf(to.api(tokens.viewer).parcels.look.query({ projectId }))).code).toBe('forbidden')
    const admin = from.api(tokens.from)
    expect(await admin.parcels.look.query({ projectId })).toEqual({ url: `/parcels/${projectId}` })
    expect((await refusalOf(admin.parcels.look.query({ projectId: randomUUID() }))).code).toBe('project-not-found')
    await from.db.query(
      "insert into turns (id, kind, project_id, payload, asked_by, created_at) values ('t', 'execute', $1, '{}', 'ada', 0)",
      [projectId],
    )
    expect((await refusalOf(admin.parcels.look.query({ projectId }))).code).toBe('project-busy')
    expect((await fetchParcel(from, tokens.from)).status).toBe(409)
  })
})
