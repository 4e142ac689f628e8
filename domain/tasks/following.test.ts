import { expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { RoomChanges } from '#domain/core/row-change.ts'
import { takeBack } from '#domain/core/take-back.ts'
import { createPrompt, savePromptVersion } from '#domain/prompts/commands.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { editTasks } from './bulk.ts'
import { createTasks } from './commands.ts'
import { createProject } from './create-project.ts'
import { restingOn } from './following.ts'
import { columns, TASK_STATUSES, type TaskStatus, tasks } from './schema.ts'

test('TASK-11 a new version changes no card by itself; those to do go over together and come back in one undo (R7)', () => {
  const device = new Device(10, 'ada')
  const { newId } = device.world
  const [projectId, first, other, next] = [newId(), newId(), newId(), newId()]
  device.must(createProject, { id: projectId, name: 'Shop' })
  for (const id of [first, other]) device.must(createPrompt, { projectId, id, title: 'Till', content: 'Build it.' })
  const board = () => new RoomTx(device.doc(projectRoom(projectId)), device.world)
  const columnOf = (status: TaskStatus) =>
    board()
      .all(columns)
      .find((column) => column.status === status)?.id
  const add = (title: string, status: TaskStatus, promptId: string | null) =>
    device.must(createTasks, { projectId, columnId: columnOf(status) ?? null, tasks: [{ id: newId(), title, promptId }] })
  for (const status of TASK_STATUSES.filter((each) => columnOf(each))) add(status, status, first)
  add('of another', 'todo', other)
  add('of none', 'todo', null)
  const names = (cards: readonly { title: string }[]) => cards.map(({ title }) => title).sort()
  const onVersion = (id: string) => names(board().all(tasks).filter(({ promptId }) => promptId === id)) // biome-ignore format: one line

  const before = onVersion(first)
  device.must(savePromptVersion, { projectId, id: next, parentId: first, patch: { content: 'Build it well.' } })
  expect([onVersion(first), onVersion(next)], 'whoever says nothing keeps the old one').toEqual([before, []])

  const { todo, running } = restingOn(board().all(tasks), first)
  expect([names(todo), names(running)]).toEqual([
    ['backlog', 'todo'],
    ['in_progress', 'review'],
  ])
  const steps: RoomChanges[][] = []
  const move = { projectId, taskIds: todo.map(({ id }) => id), patch: { promptId: next } }
  expect(
    runCommand(
      editTasks,
      (room) => device.doc(room),
      device.world.tick(),
      move,
      (step) => steps.push(step),
    ),
  ).toMatchObject({ ok: true })
  expect(onVersion(next)).toEqual(['backlog', 'todo'])
  expect(steps).toHaveLength(1)
  device.must(takeBack, { step: steps[0] ?? [], touched: new Set() })
  expect([onVersion(first), onVersion(next)]).toEqual([before, []])
})
