import { beforeEach, expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { createTasks } from './commands.ts'
import { addComment } from './comment-commands.ts'
import { createProject } from './create-project.ts'
import { comments } from './schema.ts'

let device: Device
let projectId: string
let taskId: string

const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
const say = (body: string, more: object = {}) => device.run(addComment, { projectId, id: device.world.newId(), taskId, body, ...more })

beforeEach(() => {
  device = new Device(7, 'ada')
  projectId = device.world.newId()
  taskId = device.world.newId()
  device.must(createProject, { id: projectId, name: 'Shop' })
  device.must(createTasks, { projectId, tasks: [{ id: taskId, title: 'Pay' }] })
})

test('COMMENT-1 a comment carries its author and whom it mentions; one without words or card is refused', () => {
  expect(say('hello @Bob', { mentions: ['bob'] })).toMatchObject({ ok: true })
  expect(board().all(comments)).toMatchObject([{ author: 'ada', body: 'hello @Bob', taskId, mentions: ['bob'] }])
  expect(say(' ')).toMatchObject({ message: 'A comment needs words.' })
  expect(say('x', { taskId: 'gone' })).toMatchObject({ code: 'task-not-found' })
})
