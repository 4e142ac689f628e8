import { beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder } from '#domain/core/order.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { RoomChanges } from '#domain/core/row-change.ts'
import { takeBack } from '#domain/core/take-back.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { deleteTasks, editTasks, moveTasks } from './bulk.ts'
import { createTasks } from './commands.ts'
import { createProject } from './create-project.ts'
import { columns, type Task, type TaskStatus, tasks } from './schema.ts'

let device: Device
let projectId: string

const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
const columnOf = (status: TaskStatus): string => board().all(columns).find((column) => column.status === status)?.id ?? '' // biome-ignore format: one line
const cardsIn = (status: TaskStatus): Task[] => board().all(tasks).filter(({ columnId }) => columnId === columnOf(status)).sort(compareOrder) // biome-ignore format: one line
const titles = (status: TaskStatus): string[] => cardsIn(status).map(({ title }) => title)
const add = (names: readonly string[], status: TaskStatus = 'backlog'): string[] =>
  device.must(createTasks, { projectId, columnId: columnOf(status), tasks: names.map((title) => ({ id: device.world.newId(), title })) })
const whole = (): unknown => device.doc(projectRoom(projectId)).toJSON()

beforeEach(() => {
  device = new Device(10, 'ada')
  projectId = device.world.newId()
  device.must(createProject, { id: projectId, name: 'Shop' })
})

describe('moveTasks', () => {
  test('TASK-10 many cards come to one place in the order given, from wherever they stood', () => {
    const [a = '', b = '', c = '', d = ''] = add(['a', 'b', 'c', 'd'])
    const [x = '', y = ''] = add(['x', 'y'], 'todo')
    device.must(moveTasks, { projectId, taskIds: [d, b], columnId: columnOf('todo'), afterId: x, beforeId: y })
    expect(titles('todo')).toEqual(['x', 'd', 'b', 'y'])
    expect(cardsIn('todo').every(({ status }) => status === 'todo')).toBe(true)
    device.must(moveTasks, { projectId, taskIds: [y, a, c], columnId: columnOf('backlog') })
    expect([titles('backlog'), titles('todo')]).toEqual([
      ['y', 'a', 'c'],
      ['x', 'd', 'b'],
    ])
    device.must(moveTasks, { projectId, taskIds: [b, y, a], columnId: columnOf('backlog'), beforeId: y })
    expect(titles('backlog'), 'beside a card that moves too').toEqual(['c', 'b', 'y', 'a'])
  })

  test('TASK-10 the keys of many cards between two are short', () => {
    const [first = '', last = ''] = add(['first', 'last'], 'todo')
    const taskIds = add(Array.from({ length: 200 }, (_, at) => `card ${at}`))
    device.must(moveTasks, { projectId, taskIds, columnId: columnOf('todo'), afterId: first, beforeId: last })
    expect(cardsIn('todo').map(({ id }) => id)).toEqual([first, ...taskIds, last])
    expect(Math.max(...cardsIn('todo').map(({ order }) => order.length))).toBeLessThan(20)
  })

  test('TASK-10 one card that may not go holds all, and the refusal names those that hold and why', () => {
    const ids = [...add(['a', 'b']), ...add(['c'], 'review'), ...add(['d'], 'in_progress')]
    const before = whole()
    expect(device.run(moveTasks, { projectId, taskIds: ids, columnId: columnOf('done') })).toMatchObject({
      code: 'illegal-transition',
      message:
        `No card was moved. ${short(0)}, ${short(1)}: A card in backlog can't go to done. From backlog it can go to todo or cancelled. ` +
        `${short(3)}: A card in in progress can't go to done. From in progress it can go to backlog, todo, review or cancelled.`,
    })
    expect(whole()).toEqual(before)
    const four = add(['1', '2', '3', '4'])
    expect(device.run(moveTasks, { projectId, taskIds: four, columnId: columnOf('done') })).toMatchObject({
      message: expect.stringMatching(/^No card was moved\. \w+-\d+, \w+-\d+, \w+-\d+ and 1 more: /),
    })
  })

  test('TASK-10 a card that is gone, and a column, hold all', () => {
    const [a = ''] = add(['a'])
    const to = { projectId, columnId: columnOf('todo') }
    expect(device.run(moveTasks, { ...to, taskIds: [a, 'gone'] })).toMatchObject({
      code: 'task-not-found',
      message: 'No card was moved: one of them is gone. Somebody may have deleted them.',
    })
    expect(device.run(moveTasks, { ...to, taskIds: [a], columnId: 'gone' })).toMatchObject({ code: 'column-not-found' })
    expect(titles('backlog')).toEqual(['a'])
  })
})

describe('one step', () => {
  /** Runs a command as a person does and takes it back as ⌘Z does. */
  const thereAndBack = (command: Parameters<typeof runCommand<unknown, unknown>>[0], input: unknown): void => {
    const steps: RoomChanges[][] = []
    const answer = runCommand(command, (room) => device.doc(room), device.world.tick(), input, (step) => steps.push(step)) // biome-ignore format: one line
    expect(answer).toMatchObject({ ok: true })
    expect(steps).toHaveLength(1)
    expect(device.must(takeBack, { step: steps[0] ?? [], touched: new Set() })).toEqual([])
  }
  const fieldsOf = () => board().all(tasks).sort(compareOrder).map(({ updatedAt, history, ...fields }) => fields) // biome-ignore format: one line

  test('TASK-10 moving 50 cards is one step, and taken back each stands where it stood', () => {
    const taskIds = [...add(Array.from({ length: 25 }, (_, at) => `b${at}`)), ...add(Array.from({ length: 25 }, (_, at) => `r${at}`), 'in_progress')] // biome-ignore format: one line
    const before = fieldsOf()
    thereAndBack(moveTasks as never, { projectId, taskIds, columnId: columnOf('todo') })
    expect(fieldsOf()).toEqual(before)
  })

  test('TASK-10 fields, labels and deletions too', () => {
    const taskIds = add(['a', 'b', 'c'])
    device.must(editTasks, { projectId, taskIds: taskIds.slice(1), addLabels: ['shop'] })
    const before = fieldsOf()
    thereAndBack(editTasks as never, { projectId, taskIds, patch: { priority: 'high', assignee: 'bob', archived: true }, addLabels: ['x'] })
    thereAndBack(editTasks as never, { projectId, taskIds, removeLabels: ['shop'] })
    thereAndBack(deleteTasks as never, { projectId, taskIds })
    expect(fieldsOf()).toEqual(before)
  })
})

describe('editTasks and deleteTasks', () => {
  test('TASK-10 labels are added and taken away, and each card keeps its others', () => {
    const taskIds = add(['a', 'b'])
    device.must(editTasks, { projectId, taskIds: taskIds.slice(0, 1), addLabels: ['own', 'old'] })
    device.must(editTasks, { projectId, taskIds, addLabels: ['new', 'own'], removeLabels: ['old'], patch: { dueAt: 5 } })
    expect(cardsIn('backlog').map(({ labels, dueAt }) => [labels, dueAt])).toEqual([
      [['own', 'new'], 5],
      [['new', 'own'], 5],
    ])
  })

  test('TASK-10 what is no change is no step, and what a schema refuses changes nothing', () => {
    const taskIds = add(['a'])
    const steps: unknown[] = []
    runCommand(editTasks, (room) => device.doc(room), device.world.tick(), { projectId, taskIds, patch: { priority: 'none' } }, (step) => steps.push(step)) // biome-ignore format: one line
    expect(steps).toEqual([])
    expect(device.run(editTasks, { projectId, taskIds, addLabels: ['x'.repeat(51)] })).toMatchObject({ message: 'A label can have at most 50 characters.' }) // biome-ignore format: one line
    expect(device.run(deleteTasks, { projectId, taskIds: [...taskIds, 'gone'] })).toMatchObject({ code: 'task-not-found' })
    expect(titles('backlog')).toEqual(['a'])
    device.must(deleteTasks, { projectId, taskIds: [...taskIds, ...add(['b'])] })
    expect(titles('backlog')).toEqual([])
  })
})

const short = (at: number): string => board().all(tasks).map(({ shortId }) => shortId).sort()[at] ?? '' // biome-ignore format: one line
