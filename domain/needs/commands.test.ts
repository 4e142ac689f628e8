import { expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { markSeen } from './commands.ts'
import { looks } from './schema.ts'

test('NEED-5 what one has seen stays seen, each person’s in a row of their own, and it is no step to take back', () => {
  const device = new Device(5, 'ada')
  const projectId = device.world.newId()
  const rows = () => new RoomTx(device.doc(projectRoom(projectId)), device.world).all(looks)
  for (const upTo of [20, 10]) device.must(markSeen, { projectId, taskId: 't1', upTo })
  expect(rows()).toMatchObject([{ taskId: 't1', memberId: 'ada', upTo: 20 }])
  const world = { ...device.world.tick(), actor: 'bob' }
  const steps: unknown[] = []
  runCommand(
    markSeen,
    (room) => device.doc(room),
    world,
    { projectId, taskId: 't1', upTo: 20 },
    (step) => steps.push(step),
  )
  expect(
    rows()
      .map(({ memberId }) => memberId)
      .sort(),
  ).toEqual(['ada', 'bob'])
  expect(steps).toEqual([])
})
