import { beforeEach, describe, expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { addColumn, createTasks, moveTask, moveTaskByFact, removeColumn, setTaskStatus } from './commands.ts'
import { createProject } from './create-project.ts'
import { lastMove, putBackMove } from './put-back.ts'
import { columns, type Task, tasks } from './schema.ts'

let device: Device
let projectId: string
let taskId: string
let queue: string

const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
const card = (): Task => board().get(tasks, taskId) as Task
const byFact = (status: Task['status']) => device.must(moveTaskByFact, { projectId, taskId, status })
const putBack = () => device.run(putBackMove, { projectId, taskId, at: lastMove(card().history)?.at ?? 0 })

beforeEach(() => {
  device = new Device(7, 'ada')
  projectId = device.world.newId()
  device.must(createProject, { id: projectId, name: 'Shop' })
  queue = device.must(addColumn, { projectId, id: device.world.newId(), name: 'Next up', status: 'todo' })
  const [id = ''] = device.must(createTasks, { projectId, columnId: queue, tasks: [{ id: device.world.newId(), title: 'one' }] })
  taskId = id
})

describe('TASK-18 B6 what a fact did to a card is taken back', () => {
  test('to the column and status before, also where no single step leads there', () => {
    byFact('done')
    expect(putBack()).toMatchObject({ ok: true })
    expect(card()).toMatchObject({ status: 'todo', columnId: queue, statusBy: 'ada' })
  })

  test('to the first column of that status where its own is gone', () => {
    byFact('in_progress')
    device.must(removeColumn, { projectId, columnId: queue })
    expect(putBack()).toMatchObject({ ok: true })
    expect(board().get(columns, card().columnId)).toMatchObject({ name: 'To do', status: 'todo' })
  })

  test('not where somebody moved it since, nor a move before the last one', () => {
    byFact('in_progress')
    const { at } = lastMove(card().history) ?? { at: 0 }
    device.must(setTaskStatus, { projectId, taskId, status: 'review' })
    expect(device.run(putBackMove, { projectId, taskId, at })).toMatchObject({ code: 'moved-since' })
    expect(card().status).toBe('review')
  })

  test('also after it went to another place of its column', () => {
    byFact('in_progress')
    device.must(moveTask, { projectId, taskId, columnId: card().columnId })
    expect(putBack()).toMatchObject({ ok: true })
    expect(card().status).toBe('todo')
  })
})
