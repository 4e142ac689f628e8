import { expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { personRoom, projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { markMentionsSeen, markSeen } from './commands.ts'
import { looks, mentionLooks } from './schema.ts'

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

test('NEED-5 what a viewer has seen is in their own room, and not in the project’s', () => {
  const device = new Device(6, 'vi')
  const place = { projectId: device.world.newId(), personId: device.world.newId() }
  device.must(markSeen, { ...place, taskId: 't1', upTo: 20 })
  const rows = (room: string) => new RoomTx(device.doc(room), device.world).all(looks)
  expect([rows(personRoom(place.personId)), rows(projectRoom(place.projectId))]).toMatchObject([[{ memberId: 'vi', upTo: 20 }], []])
})

test('NEED-11 a mention that was seen is noted once a person and comment, wherever that person keeps what is theirs', () => {
  const device = new Device(7, 'ada')
  const place = { projectId: device.world.newId(), personId: device.world.newId() }
  for (const _ of ['once', 'again']) {
    device.must(markMentionsSeen, { projectId: place.projectId, commentIds: ['c1', 'c2'] })
    device.must(markMentionsSeen, { ...place, commentIds: ['c1'] })
  }
  const rows = (room: string) => new RoomTx(device.doc(room), device.world).all(mentionLooks).map(({ commentId }) => commentId)
  expect([rows(projectRoom(place.projectId)).sort(), rows(personRoom(place.personId))]).toEqual([['c1', 'c2'], ['c1']])
})
