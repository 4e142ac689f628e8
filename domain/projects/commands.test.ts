import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder } from '#domain/core/order.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns } from '#domain/tasks/schema.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { editProject } from './commands.ts'
import { daysLeft, endOf } from './removal.ts'
import { projects } from './schema.ts'

test('PROJECT-2 a new project stands in the index with its key, and its board has the five columns in order', () => {
  const device = new Device(1)
  const id = device.world.newId()
  expect(device.must(createProject, { id, name: 'Shop' })).toBe(id)
  expect(new RoomTx(device.doc(teamRoom), device.world).get(projects, id)).toMatchObject({ name: 'Shop', key: 'SHOP', archived: false })
  const board = new RoomTx(device.doc(projectRoom(id)), device.world).all(columns).sort(compareOrder)
  expect(board.map(({ status }) => status)).toEqual(['backlog', 'todo', 'in_progress', 'review', 'done'])
})

test('PROJECT-3 a name of 255 characters saves, 256 is refused naming the field, and so is a patch', () => {
  const device = new Device(2)
  const id = device.world.newId()
  device.must(createProject, { id, name: 'x'.repeat(255) })
  const message = 'A project name can have at most 255 characters.'
  expect(device.run(createProject, { id: device.world.newId(), name: 'x'.repeat(256) })).toEqual({
    ok: false,
    code: 'invalid-input',
    message,
    field: 'name',
  })
  expect(device.run(editProject, { projectId: id, patch: { name: 'x'.repeat(256) } })).toMatchObject({ message, field: 'patch.name' })
})

test('PROJECT-4 renaming and archiving keep the rest; a project that is gone is refused', () => {
  const device = new Device(3)
  const id = device.world.newId()
  device.must(createProject, { id, name: 'Shop', description: 'sells' })
  device.must(editProject, { projectId: id, patch: { name: 'Store', archived: true } })
  const team = new RoomTx(device.doc(teamRoom), device.world)
  expect(team.get(projects, id)).toMatchObject({ name: 'Store', archived: true, description: 'sells', key: 'SHOP' })
  expect(device.run(editProject, { projectId: device.world.newId(), patch: {} })).toMatchObject({ code: 'project-not-found' })
})

test('PROJECT-7 a deleted project has thirty days, one that has begun counted whole', () => {
  const [day, at] = [24 * 60 * 60 * 1000, 1_000]
  expect(endOf(at)).toBe(at + 30 * day)
  expect([
    daysLeft(at, at),
    daysLeft(at, at + 1),
    daysLeft(at, at + 29 * day),
    daysLeft(at, at + 30 * day),
    daysLeft(at, at + 40 * day),
  ]).toEqual([30, 30, 1, 0, 0])
})
