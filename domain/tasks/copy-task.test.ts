import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { createTasks, editTask, setTaskStatus } from './commands.ts'
import { copyTask } from './copy-task.ts'
import { createProject } from './create-project.ts'
import { tasks } from './schema.ts'

test('TASK-19 a copy asks for the same, with nothing ticked and none of what became of the other; the same id twice is one card', () => {
  const device = new Device(14, 'ada')
  const [projectId, id, copy] = [device.world.newId(), device.world.newId(), device.world.newId()]
  device.must(createProject, { id: projectId, name: 'Shop' })
  const checklist = [{ id: 'a', text: 'It works.', done: true, sources: ['m1'] }]
  device.must(createTasks, { projectId, key: 'SHOP', tasks: [{ id, title: 'Tidy up', description: 'All of it.', checklist, size: 'S' }] })
  device.must(editTask, { projectId, taskId: id, patch: { priority: 'high', labels: ['chore'], assignee: 'bob', dueAt: 5 } })
  device.must(setTaskStatus, { projectId, taskId: id, status: 'todo' })
  device.must(setTaskStatus, { projectId, taskId: id, status: 'in_progress' })
  for (let time = 0; time < 2; time++) device.must(copyTask, { projectId, key: 'SHOP', taskId: id, id: copy, status: 'todo' })
  const cards = new RoomTx(device.doc(projectRoom(projectId)), device.world).all(tasks)
  expect(cards).toHaveLength(2)
  expect(cards.find((card) => card.id === copy)).toMatchObject({
    shortId: 'SHOP-2', title: 'Tidy up', description: 'All of it.', size: 'S', priority: 'high', labels: ['chore'], assignee: 'bob',
    status: 'todo', dueAt: null, result: null, checklist: [{ id: 'a', text: 'It works.', done: false, sources: ['m1'] }],
  }) // biome-ignore format: what belongs together stands together
  expect(device.run(copyTask, { projectId, key: 'SHOP', taskId: 'gone', id: device.world.newId(), status: 'todo' })).toMatchObject({
    ok: false,
  })
})
