import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attempts } from '#domain/attempts/schema.ts'
import { addPlan, editPlan } from '#domain/card-plans/commands.ts'
import { cardPlans, planRevisions } from '#domain/card-plans/schema.ts'
import { events } from '#domain/changes/schema.ts'
import type { Collection, RowOf } from '#domain/core/collection.ts'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { schedules } from '#domain/schedules/schema.ts'
import { createTasks, deleteTask, setTaskStatus } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { type Api, type Client, refusalOf, startTestServer, type TestServer, until } from '#server/test-server.ts'

const HOUR = 3_600_000
let server: TestServer
let ada: Api
let runners: Api[]
let rooms: Map<RoomName, Client>
const projectId = randomUUID()

const world = () => ({ now: Date.now(), actor: 'ada', newId: () => randomUUID(), random: Math.random })
const docOf = (room: RoomName) => {
  const client = rooms.get(room)
  if (!client) throw new Error(`no room ${room}`)
  return client.doc
}
const all = <C extends Collection>(room: RoomName, collection: C): RowOf<C>[] => new RoomTx(docOf(room), world()).all(collection)
const run = <I, T>(command: Command<I, T>, input: unknown) => expect(runCommand(command, docOf, world(), input).ok).toBe(true)
const known = (scheduleId: string) => all(recordRoom(projectId), schedules).find(({ id }) => id === scheduleId)
const attemptsAt = (taskId: string) => all(recordRoom(projectId), attempts).filter((attempt) => attempt.taskId === taskId)
const eventsOf = (taskId: string) =>
  all(recordRoom(projectId), events)
    .filter((event) => event.taskId === taskId)
    .map(({ action, actor, message }) => ({ action, actor, message }))

async function newTask(title: string): Promise<string> {
  const id = randomUUID()
  run(createTasks, {
    projectId,
    key: 'SHOP',
    tasks: [{ id, title, description: 'As said.', checklist: [{ id: '1', text: 'Works', done: true }] }],
  })
  return id
}

type Wish = Partial<{ at: number; repeats: 'day' | 'never'; api: Api; scheduleId: string }>

async function schedule(taskId: string, { at = Date.now() + HOUR, repeats = 'never', api = ada, scheduleId = randomUUID() }: Wish = {}) {
  const ask = () => api.schedules.set.mutate({ projectId, taskId, scheduleId, modelId: 'builtin', at, repeats, timeZone: 'UTC' })
  // The card goes to the server by another way.
  await until('the card is known', async () => (await refusalOf(ask()).catch(() => ({ code: '' }))).code !== 'task-not-found')
  return scheduleId
}

/** As if so much time had gone by. */
const age = (id: string, by: number) => server.db.query('update schedules set at = at - $2 where id = $1', [id, by])

/** The servers have looked at what is due: at one that was missed, and so at all that were due with it. */
async function sweptOnce(): Promise<void> {
  const witness = await schedule(await newTask('Long over'))
  await age(witness, 2 * HOUR)
  await until('a time long over is missed', () => known(witness)?.missedAt != null)
}
const hush = (seenAt: number) => server.db.query('update runners set seen_at = $1', [seenAt])

beforeAll(async () => {
  server = await startTestServer()
  const token = await server.token('admin', 'Ada')
  ada = server.api(token)
  const box = await server.token('runner', 'box')
  const there = await server.beside()
  runners = [server.api(box), there.api(box)]
  for (const [at, runner] of runners.entries()) await runner.runner.hello.mutate({ runnerId: `r${at}`, name: 'box', version: '1' })
  rooms = new Map([teamRoom, projectRoom(projectId), recordRoom(projectId)].map((room) => [room, server.client(room, token)]))
  await until('all rooms are open', () => [...rooms.values()].every(({ provider }) => provider.synced))
  run(createProject, { id: projectId, name: 'Web shop' })
  const linked = ada.repos.link.mutate({ projectId, path: '/somewhere/shop' })
  let claim = await runners[0]?.runner.claim.mutate({ runnerId: 'r0' })
  while (!claim) claim = await runners[0]?.runner.claim.mutate({ runnerId: 'r0' })
  const result = { path: '/somewhere/shop', name: 'shop', remoteUrl: null, defaultBranch: 'main', headCommit: 'a'.repeat(40), branches: ['main'], dirty: false } // biome-ignore format: one line
  await runners[0]?.runner.finish.mutate({
    turnId: claim.turnId,
    fence: claim.fence,
    seq: 1,
    end: { outcome: 'succeeded', reason: null, result },
  })
  await linked
})
afterAll(() => server.stop())

it('SCHEDULE-4 begins once at its time, with two servers and two runners, and is gone from the card then', async () => {
  const taskId = await newTask('Update what it is built of')
  const scheduleId = await schedule(taskId)
  await until('it is shown', () => known(scheduleId) !== undefined)
  expect(known(scheduleId)).toMatchObject({
    taskId,
    modelLabel: 'Built-in',
    repeats: 'never',
    missedAt: null,
    createdBy: expect.any(String),
  })
  expect(attemptsAt(taskId)).toEqual([])
  await hush(Date.now())
  const enough = new AbortController()
  const claims = runners.map((runner, at) => runner.runner.claim.mutate({ runnerId: `r${at}` }, { signal: enough.signal }))
  await age(scheduleId, HOUR)
  expect((await Promise.race(claims))?.payload).toMatchObject({ kind: 'execute', task: { id: taskId } })
  await until('it is gone from the card', () => known(scheduleId) === undefined)
  expect(attemptsAt(taskId)).toHaveLength(1)
  expect((await server.db.query('select 1 from schedules')).rowCount).toBe(0)
  await sweptOnce()
  enough.abort()
  await Promise.allSettled(claims)
  expect((await server.db.query("select 1 from turns where kind = 'execute'")).rowCount).toBe(1)
})

it('SCHEDULE-5 is changed and taken off at its own card alone, whatever project or card its id is named with', async () => {
  const [taskId, otherTask, otherProject] = [await newTask('Has one'), await newTask('Has none'), randomUUID()]
  const scheduleId = await schedule(taskId)
  await until('it is shown', () => known(scheduleId) !== undefined)
  const stored = async () => (await server.db.query('select * from schedules where id = $1', [scheduleId])).rows[0]
  const before = await stored()
  await ada.schedules.cancel.mutate({ projectId: otherProject, taskId, scheduleId })
  expect((await refusalOf(ada.schedules.cancel.mutate({ projectId, taskId: otherTask, scheduleId }))).code).toBe('schedule-elsewhere')
  const wish = { projectId, scheduleId, modelId: 'builtin', repeats: 'never', timeZone: 'UTC' } as const
  const moved = ada.schedules.set.mutate({ ...wish, taskId: otherTask, at: Date.now() + 2 * HOUR })
  expect((await refusalOf(moved)).code).toBe('schedule-elsewhere')
  expect([await stored(), known(scheduleId)?.taskId]).toEqual([before, taskId])
  expect(eventsOf(otherTask)).toEqual([])
  await ada.schedules.cancel.mutate({ projectId, taskId, scheduleId })
  await until('it is off the card', () => known(scheduleId) === undefined)
  expect(await stored()).toBeUndefined()
})

it('SCHEDULE-4 waits for a runner five minutes, then its time is missed and says so; a start now is an attempt like any', async () => {
  const taskId = await newTask('Nobody is there')
  const scheduleId = await schedule(taskId)
  await hush(0)
  await age(scheduleId, HOUR)
  await sweptOnce()
  expect([attemptsAt(taskId), known(scheduleId)?.missedAt]).toEqual([[], null])
  await age(scheduleId, 6 * 60_000)
  await until('it was missed', () => known(scheduleId)?.missedAt != null)
  expect(known(scheduleId)).toMatchObject({ reason: 'No runner was connected at that time.', at: known(scheduleId)?.missedAt })
  expect(eventsOf(taskId)).toContainEqual({ action: 'schedule.missed', actor: SYSTEM, message: 'No runner was connected at that time.' })
  await hush(Date.now())
  await sweptOnce()
  expect(attemptsAt(taskId), 'what was missed does not begin by itself later').toEqual([])
  await ada.schedules.cancel.mutate({ projectId, taskId, scheduleId })
  await until('it is off the card', () => known(scheduleId) === undefined)
})

it('SCHEDULE-4 one that repeats begins at a copy of its card each time, and has its next time', async () => {
  const taskId = await newTask('Every night')
  const [planned, unread] = [randomUUID(), randomUUID()]
  for (const id of [planned, unread]) run(addPlan, { projectId, id, taskId, title: 'Plan' })
  await until('the server knows the plan', async () => {
    const given = { projectId, taskId, planId: planned, revisionId: randomUUID(), text: 'First the locks.' }
    return await ada.plans.approve.mutate(given).then(
      () => true,
      () => false,
    )
  })
  run(editPlan, { projectId, planId: planned, patch: { text: 'First the locks. Then' } })
  const at = Date.now() + HOUR
  const scheduleId = await schedule(taskId, { at, repeats: 'day' })
  await hush(Date.now())
  await age(scheduleId, HOUR)
  const copies = () => all(projectRoom(projectId), tasks).filter(({ title, id }) => title === 'Every night' && id !== taskId)
  await until('a copy has an attempt', () => copies().some(({ id }) => attemptsAt(id).length === 1))
  expect(copies()).toMatchObject([{ description: 'As said.', checklist: [{ text: 'Works', done: false }], status: 'in_progress' }])
  expect(attemptsAt(taskId)).toEqual([])
  const [copy] = copies()
  const plans = all(projectRoom(projectId), cardPlans).filter((plan) => plan.taskId === copy?.id)
  expect(plans, 'PLAN-3 as it was approved; what nobody approved stays behind').toMatchObject([{ title: 'Plan', text: 'First the locks.' }])
  const approved = all(recordRoom(projectId), planRevisions).filter(({ taskId }) => taskId === copy?.id)
  expect(approved).toMatchObject([{ planId: plans[0]?.id, number: 1, text: 'First the locks.' }])
  await until('the next time is set', async () => {
    const { rows } = await server.db.query<{ at: number }>('select at from schedules where id = $1', [scheduleId])
    return Number(rows[0]?.at) > Date.now() && known(scheduleId)?.at === Number(rows[0]?.at)
  })
  await ada.schedules.cancel.mutate({ projectId, taskId, scheduleId })
})

it('SCHEDULE-1 SCHEDULE-4 refuses what a start now would be refused for, times that are over, and begins nothing that may not be begun by then', async () => {
  const taskId = await newTask('Is done before its time')
  const scheduleId = await schedule(taskId)
  const set = (at: number, timeZone = 'UTC', id = taskId) =>
    refusalOf(
      ada.schedules.set.mutate({ projectId, taskId: id, scheduleId: randomUUID(), modelId: 'builtin', at, repeats: 'never', timeZone }),
    )
  expect((await set(Date.now() - 1000)).code).toBe('time-past')
  expect((await set(Date.now() + 2 * 365 * 24 * HOUR)).code).toBe('time-far')
  expect((await set(Date.now() + HOUR, 'Mars/Olympus')).code).toBe('time-zone-unknown')
  run(setTaskStatus, { projectId, taskId, status: 'cancelled' })
  await until('nothing begins at a cancelled card', async () => (await set(Date.now() + HOUR)).code === 'task-cancelled')
  await hush(Date.now())
  await age(scheduleId, HOUR)
  await until('its time is missed', () => known(scheduleId)?.missedAt != null)
  expect(known(scheduleId)?.reason).toMatch(/^This card is cancelled\./)

  const deleted = await newTask('Is deleted before its time')
  const nightly = await schedule(deleted, { repeats: 'day' })
  run(deleteTask, { projectId, taskId: deleted })
  await until('it is deleted', async () => (await set(Date.now() + HOUR, 'UTC', deleted)).code === 'task-not-found')
  await age(nightly, HOUR)
  await until(
    'nothing is kept of it',
    async () => (await server.db.query('select 1 from schedules where id = $1', [nightly])).rowCount === 0,
  )

  const carol = await server.token('member', 'Carol')
  const later = await newTask('Set by somebody who may not any more')
  const hers = await schedule(later, { api: server.api(carol) })
  await server.db.query("update members set role = 'viewer' where username = 'Carol'")
  await age(hers, HOUR)
  await until('hers is missed', () => known(hers)?.missedAt != null)
  expect([known(hers)?.reason, attemptsAt(later)]).toEqual(['Carol may not start attempts any more.', []])
})
