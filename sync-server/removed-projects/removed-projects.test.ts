import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { attempts } from '#domain/attempts/schema.ts'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx, rawRow, rowsOf } from '#domain/core/document.ts'
import { chatRoom, parseRoom, projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { answerQuestion, startInterview } from '#domain/interviews/commands.ts'
import { interviews, messages } from '#domain/interviews/schema.ts'
import { collectionsOf } from '#domain/projection/collections.ts'
import { type Project, projects } from '#domain/projects/schema.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { type Api, refusalOf, startTestServer, type TestServer, until } from '#server/test-server.ts'
import { RoomClient } from '../../bin/room-client.ts'

const DAY = 24 * 60 * 60 * 1000
let server: TestServer
let token: string
let ada: Api
const world = () => ({ now: Date.now(), actor: 'ada', newId: () => randomUUID(), random: Math.random })

/** Opens some rooms, does something in them, and closes them when all of it is on the server. */
async function inRooms<T>(names: readonly RoomName[], work: (docOf: (room: RoomName) => Y.Doc) => T): Promise<T> {
  const open = new Map(names.map((room) => [room, new RoomClient({ url: server.running.url, room, token })]))
  for (const client of open.values()) await client.settled()
  const done = work((room) => open.get(room)?.doc as Y.Doc)
  for (const client of open.values()) await client.settled()
  for (const client of open.values()) client.close()
  return done
}
const run = <I, T>(docOf: (room: RoomName) => Y.Doc, command: Command<I, T>, input: unknown) =>
  expect(runCommand(command, docOf, world(), input)).toMatchObject({ ok: true })

type Made = { projectId: string; taskId: string; interviewId: string; rooms: RoomName[] }

/** A project with a card and an interview in which something was said. */
async function makeProject(name: string): Promise<Made> {
  const [projectId, taskId, interviewId] = [randomUUID(), randomUUID(), randomUUID()]
  const rooms = [projectRoom(projectId), recordRoom(projectId), chatRoom(interviewId)]
  await inRooms([teamRoom, ...rooms], (docOf) => {
    run(docOf, createProject, { id: projectId, name, description: `What ${name} is` })
    run(docOf, createTasks, { projectId, key: 'APP', tasks: [{ id: taskId, title: 'Pay', description: 'By card.' }] })
    run(docOf, startInterview, { projectId, interviewId, title: 'Goals' })
    const [questionId] = rowsOf(docOf(chatRoom(interviewId)), messages).keys()
    run(docOf, answerQuestion, { projectId, interviewId, id: randomUUID(), questionId, text: 'Everybody' })
  })
  return { projectId, taskId, interviewId, rooms }
}

/** Every row of some rooms, as one number. */
const hashOf = (rooms: readonly RoomName[]): Promise<string> =>
  inRooms(rooms, (docOf) => {
    const rows = rooms.map((room) => {
      const parsed = parseRoom(room)
      if (!parsed.ok) throw new Error(room)
      return collectionsOf(parsed.value.kind).map((each) =>
        [...rowsOf(docOf(room), each).keys()].sort().map((id) => [room, each.name, id, rawRow(docOf(room), each, id)]),
      )
    })
    return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  })
const projectRow = (id: string): Promise<Project | undefined> =>
  inRooms([teamRoom], (docOf) => new RoomTx(docOf(teamRoom), world()).get(projects, id))
const rowsIn = async (rooms: readonly RoomName[]): Promise<number> => {
  const { rows } = await server.db.query<{ count: number }>(
    'select (select count(*) from journal_updates where room = any($1)) + (select count(*) from journal_snapshots where room = any($1)) as count',
    [rooms],
  )
  return Number(rows[0]?.count)
}
/** As if so much time had gone by since it was deleted. */
const age = (id: string, by: number) => server.db.query('update removed_projects set at = at - $2::bigint where id = $1', [id, by])
/** A server that starts looks at once. */
const lookAgain = async () => {
  await server.restart()
  ada = server.api(token)
}

beforeAll(async () => {
  server = await startTestServer()
  token = await server.token('admin', 'Ada')
  ada = server.api(token)
}, 60_000)
afterAll(() => server.stop())

describe('a deleted project', () => {
  it('PROJECT-6 is marked, begins nothing, and is restored as it was, to the last row', async () => {
    const [shop, other] = [await makeProject('Shop'), await makeProject('Other')]
    const [before, otherBefore] = [await hashOf(shop.rooms), await hashOf([...other.rooms])]
    const row = await projectRow(shop.projectId)
    await ada.projects.remove.mutate({ projectId: shop.projectId })
    const since = (await projectRow(shop.projectId))?.deletedAt
    expect(await projectRow(shop.projectId)).toMatchObject({ name: 'Shop', deletedAt: expect.any(Number), deletedBy: expect.any(String) })
    await ada.projects.remove.mutate({ projectId: shop.projectId })
    expect((await projectRow(shop.projectId))?.deletedAt, 'deleted once').toBe(since)
    const begin = ada.attempts.start.mutate({ ...shop, attemptId: randomUUID(), modelId: 'builtin' })
    expect(await refusalOf(begin)).toMatchObject({ code: 'project-deleted', message: 'This project was deleted. Restore it first.' })

    await ada.projects.restore.mutate({ projectId: shop.projectId })
    expect(await hashOf(shop.rooms)).toBe(before)
    expect(await hashOf([...other.rooms])).toBe(otherBefore)
    expect(await projectRow(shop.projectId)).toEqual({ ...row, updatedAt: expect.any(Number) })
    expect((await server.db.query('select 1 from removed_projects')).rowCount).toBe(0)
  })

  it('PROJECT-6 what was written in it meanwhile, by a browser that was away, is there when it is restored', async () => {
    const { projectId } = await makeProject('Shop')
    await ada.projects.remove.mutate({ projectId })
    await inRooms([projectRoom(projectId)], (docOf) => run(docOf, createTasks, { projectId, key: 'APP', tasks: [{ id: randomUUID(), title: 'On a train' }] })) // biome-ignore format: one line
    await ada.projects.restore.mutate({ projectId })
    const titles = await inRooms([projectRoom(projectId)], (docOf) => JSON.stringify(docOf(projectRoom(projectId)).getMap('tasks')))
    expect(titles).toContain('On a train')
  })

  it('PROJECT-6 is for admins to delete and to restore', async () => {
    const member = server.api(await server.token('approver'))
    const { projectId } = await makeProject('Shop')
    expect(await refusalOf(member.projects.remove.mutate({ projectId }))).toMatchObject({ code: 'forbidden' })
    await ada.projects.remove.mutate({ projectId })
    expect(await refusalOf(member.projects.restore.mutate({ projectId }))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(ada.projects.remove.mutate({ projectId: randomUUID() }))).toMatchObject({ code: 'project-not-found' })
  })

  it('PROJECT-6 has its attempts stopped that are under way, and no other project’s', async () => {
    const made = [await makeProject('Shop'), await makeProject('Other')] as const
    const box = server.api(await server.token('runner', 'box'))
    await box.runner.hello.mutate({ runnerId: 'r1', name: 'box', version: '1' })
    for (const [at, { projectId }] of made.entries()) {
      const linked = ada.repos.link.mutate({ projectId, path: `/somewhere/${at}` })
      let claim = await box.runner.claim.mutate({ runnerId: 'r1' })
      while (claim?.payload.kind !== 'inspectRepo') claim = await box.runner.claim.mutate({ runnerId: 'r1' })
      const result = { path: `/somewhere/${at}`, name: 'shop', remoteUrl: null, defaultBranch: 'main', headCommit: 'a'.repeat(40), branches: ['main'], dirty: false } // biome-ignore format: one line
      await box.runner.finish.mutate({
        turnId: claim.turnId,
        fence: claim.fence,
        seq: 1,
        end: { outcome: 'succeeded', reason: null, result },
      })
      await linked
    }
    const tries = made.map(() => randomUUID())
    for (const [at, { projectId, taskId }] of made.entries())
      await ada.attempts.start.mutate({ projectId, taskId, attemptId: tries[at] ?? '', modelId: 'builtin' })
    await ada.projects.remove.mutate({ projectId: made[0].projectId })
    const statusOf = ({ projectId }: Made, attemptId: string | undefined) =>
      inRooms([recordRoom(projectId)], (docOf) => new RoomTx(docOf(recordRoom(projectId)), world()).get(attempts, attemptId ?? '')?.status)
    expect([await statusOf(made[0], tries[0]), await statusOf(made[1], tries[1])]).toEqual(['cancelled', 'queued'])
  })
})

describe('after thirty days', () => {
  it('PROJECT-7 only what is due goes, rooms, chats, turns, logs and schedules; what others have stays', async () => {
    const [due, later, other] = [await makeProject('Due'), await makeProject('Later'), await makeProject('Other')]
    // A row that says that the other project's chat is this one's.
    await inRooms([projectRoom(due.projectId)], (docOf) =>
      new RoomTx(docOf(projectRoom(due.projectId)), world()).create(interviews, { id: other.interviewId, projectId: due.projectId, title: 'Mine', status: 'active' }),
    ) // biome-ignore format: one line
    for (const { projectId, taskId } of [due, other]) {
      const process = randomUUID()
      await server.db.query('insert into log_heads (process_id, turn_id, project_id) values ($1, $2, $3)', [
        process,
        randomUUID(),
        projectId,
      ])
      await server.db.query(`insert into log_lines values ($1, 1, 'stdout', 'said')`, [process])
      await server.db.query(`insert into turns (id, kind, project_id, payload, asked_by, created_at, status, ended_at) values ($1, 'agent', $2, '{}', 'ada', 0, 'done', 1)`, [randomUUID(), projectId]) // biome-ignore format: one line
      await server.db.query(
        `insert into schedules (id, project_id, task_id, model_id, at, repeats, time_zone, asked_by, created_at)
         select $1, $2, $3, 'builtin', $4, 'never', 'UTC', id, 0 from members limit 1`,
        [randomUUID(), projectId, taskId, Date.now() + DAY],
      )
    }
    const kept = await hashOf([...later.rooms, ...other.rooms])
    for (const { projectId } of [due, later]) await ada.projects.remove.mutate({ projectId })
    await age(later.projectId, 30 * DAY - 60_000)
    await age(due.projectId, 30 * DAY)
    await lookAgain()
    await until('nothing is left of it', async () => (await rowsIn(due.rooms)) === 0)
    expect(await projectRow(due.projectId)).toBeUndefined()
    expect(await projectRow(later.projectId)).toMatchObject({ name: 'Later' })
    expect(await hashOf([...later.rooms, ...other.rooms])).toBe(kept)
    for (const table of ['turns', 'log_heads', 'schedules']) {
      const { rows } = await server.db.query<{ id: string }>(`select project_id as id from ${table} where project_id = any($1)`, [[due.projectId, other.projectId]]) // biome-ignore format: one line
      expect(rows, table).toEqual([{ id: other.projectId }])
    }
    expect((await server.db.query('select 1 from log_lines')).rowCount).toBe(1)
    expect(await refusalOf(ada.projects.restore.mutate({ projectId: due.projectId }))).toMatchObject({ code: 'project-not-found' })
    await ada.projects.restore.mutate({ projectId: later.projectId })
    expect(await projectRow(later.projectId)).toMatchObject({ deletedAt: null })
  })

  it('PROJECT-7 what a browser brings back of it goes with the next look; what comes back out of a file stays', async () => {
    const { projectId, rooms } = await makeProject('Shop')
    const headers = { authorization: `Bearer ${token}` }
    const file = Buffer.from(await (await fetch(`${server.running.url}/parcels/${projectId}`, { headers })).arrayBuffer())
    await ada.projects.remove.mutate({ projectId })
    const bring = async () => {
      const answer = await fetch(`${server.running.url}/parcels`, { method: 'POST', headers, body: file })
      return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '') as { ok: boolean; message?: string }
    }
    expect((await bring()).message).toMatch(/^This project is here, as “Shop”, and was deleted\. Restore it/)
    await age(projectId, 31 * DAY)
    await lookAgain()
    await until('nothing is left of it', async () => (await rowsIn(rooms)) === 0)
    await inRooms([projectRoom(projectId)], (docOf) =>
      new RoomTx(docOf(projectRoom(projectId)), world()).create(interviews, { projectId, title: 'Late', status: 'active' }),
    )
    expect(await rowsIn(rooms)).toBeGreaterThan(0)
    await lookAgain()
    await until('that is gone too', async () => (await rowsIn(rooms)) === 0)

    expect((await bring()).ok).toBe(true)
    const here = await hashOf(rooms)
    await lookAgain()
    expect((await server.db.query('select 1 from removed_projects where id = $1', [projectId])).rowCount).toBe(0)
    expect(await hashOf(rooms)).toBe(here)
  })

  it('PROJECT-7 one whose mark a page took away by hand is on all pages, and so it stays', async () => {
    const { projectId, rooms } = await makeProject('Shop')
    const before = await hashOf(rooms)
    await ada.projects.remove.mutate({ projectId })
    await inRooms([teamRoom], (docOf) => new RoomTx(docOf(teamRoom), world()).update(projects, projectId, { deletedAt: null }))
    await age(projectId, 31 * DAY)
    await lookAgain()
    await until(
      'it was looked at',
      async () => (await server.db.query('select 1 from removed_projects where id = $1', [projectId])).rowCount === 0,
    )
    expect(await hashOf(rooms)).toBe(before)
  })
})
