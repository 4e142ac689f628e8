import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { addPlan, editPlan, recordRevision, removePlan } from './commands.ts'
import { planTextFor } from './rules.ts'
import { cardPlans, planRevisions } from './schema.ts'

const revision = (planId: string, number: number, text: string) => ({ planId, number, title: 'Plan', text, by: 'ada' })
const name = (id: string) => id.toUpperCase()

test('PLAN-2 an agent is given of each plan what was approved last, whatever is typed since, and of one nobody approved nothing', () => {
  const plans = [{ id: 'b', createdAt: 2 }, { id: 'a', createdAt: 1 }, { id: 'new', createdAt: 3 }] // biome-ignore format: one line
  const revisions = [
    revision('a', 3, 'Three.'),
    revision('a', 2, 'Two.'),
    revision('b', 1, 'Of b.'),
    revision('gone', 9, 'Of one that is deleted.'),
  ]
  expect(planTextFor(plans, revisions, name)).toBe(
    'Plan (revision 3, approved by ADA):\n\nThree.\n\nPlan (revision 1, approved by ADA):\n\nOf b.',
  )
  expect(planTextFor([{ id: 'new', createdAt: 3 }], revisions, name)).toBe('')
})

test('PLAN-1 each approval is the next revision of its own plan, word for word, and told twice it is one', () => {
  const device = new Device(21, 'ada')
  const [projectId, taskId, planId, other] = [device.world.newId(), device.world.newId(), device.world.newId(), device.world.newId()]
  device.must(createProject, { id: projectId, name: 'Shop' })
  device.must(createTasks, { projectId, tasks: [{ id: taskId, title: 'Pay' }] })
  for (const id of [planId, other]) device.must(addPlan, { projectId, id, taskId })
  device.must(editPlan, { projectId, planId, patch: { text: 'First this.' } })
  const approve = (id: string, plan: string, text: string) =>
    device.run(recordRevision, { projectId, revisionId: id, taskId, planId: plan, title: 'Plan', text })
  const ids = [device.world.newId(), device.world.newId(), device.world.newId()]
  const numbers = [approve(ids[0] ?? '', planId, 'First this.'), approve(ids[1] ?? '', planId, 'Then that.'), approve(ids[1] ?? '', planId, 'Other words.'), approve(ids[2] ?? '', other, 'Of the other.')] // biome-ignore format: one line
  expect(numbers.map((answer) => answer.ok && answer.value)).toEqual([1, 2, 2, 1])
  const rows = (room: string) => new RoomTx(device.doc(room), device.world)
  expect(rows(recordRoom(projectId)).all(planRevisions).map(({ text }) => text).sort()).toEqual(['First this.', 'Of the other.', 'Then that.']) // biome-ignore format: one line
  expect(approve(device.world.newId(), planId, '  \n ')).toMatchObject({
    ok: false,
    field: 'text',
    message: 'There is nothing in it to approve yet.',
  })
  device.must(removePlan, { projectId, planId })
  expect(rows(projectRoom(projectId)).all(cardPlans)).toHaveLength(1)
  expect(device.run(editPlan, { projectId, planId, patch: { text: 'x' } })).toMatchObject({ ok: false, code: 'plan-not-found' })
  expect(device.run(addPlan, { projectId, id: device.world.newId(), taskId: 'gone' })).toMatchObject({ ok: false, code: 'task-not-found' })
})
