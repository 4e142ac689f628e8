import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { createTasks, editTask } from './commands.ts'
import { createProject } from './create-project.ts'
import { tasks } from './schema.ts'
import { titleCard } from './title-card.ts'

test('TASK-16 a card without a title gets one of sixty characters at most, once; a title that a person typed is never replaced', () => {
  const device = new Device(16, 'ada')
  const [projectId, typed, waiting] = [device.world.newId(), device.world.newId(), device.world.newId()]
  device.must(createProject, { id: projectId, name: 'Shop' })
  const both = [typed, waiting].map((id) => ({ id, title: 'When somebody pays…', description: 'All of it.', isUntitled: true }))
  device.must(createTasks, { projectId, tasks: both })
  const titleOf = (id: string) => new RoomTx(device.doc(projectRoom(projectId)), device.world).get(tasks, id)?.title
  device.must(editTask, { projectId, taskId: typed, patch: { title: 'Hers' } })
  device.must(editTask, { projectId, taskId: waiting, patch: { priority: 'high' } })
  const give = (taskId: string, title: string) => device.run(titleCard, { projectId, taskId, title })
  expect([give(typed, 'The machine’s'), give(waiting, ` "${'word '.repeat(30)}`), give(waiting, 'Another')]).toMatchObject([
    { ok: true, value: false }, { ok: true, value: true }, { ok: true, value: false },
  ]) // biome-ignore format: one line
  expect(titleOf(typed)).toBe('Hers')
  expect(titleOf(waiting)).toMatch(/^word word .{1,49}…$/)
  expect(give('gone', 'x')).toMatchObject({ ok: false, code: 'task-not-found' })
})
