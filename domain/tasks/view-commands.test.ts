import { expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { personRoom, projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { viewsOf } from './queries.ts'
import { boardViews } from './schema.ts'
import { keepView, removeView } from './view-commands.ts'

test('VIEW-1 a view is its person’s own: kept, changed and removed by nobody else', () => {
  const device = new Device(3, 'ada')
  const [projectId, id] = [device.world.newId(), device.world.newId()]
  const rows = () => new RoomTx(device.doc(projectRoom(projectId)), device.world).all(boardViews)
  const asBob = (command: typeof keepView | typeof removeView, input: object) =>
    runCommand(command as typeof keepView, (room) => device.doc(room), { ...device.world.tick(), actor: 'bob' }, input)
  device.must(keepView, { projectId, id, name: 'Late', query: 'due=overdue' })
  device.must(keepView, { projectId, id, name: 'Mine and late', query: 'due=overdue&assignee=me' })
  expect(rows()).toMatchObject([{ id, memberId: 'ada', name: 'Mine and late', query: 'due=overdue&assignee=me' }])
  expect(asBob(keepView, { projectId, id, name: 'x', query: '' })).toMatchObject({ code: 'not-yours' })
  expect(asBob(removeView, { projectId, id })).toMatchObject({ code: 'not-yours' })
  expect(rows()).toHaveLength(1)
  expect(device.run(keepView, { projectId, id, name: ' ', query: '' })).toMatchObject({ message: 'A view needs a name.' })
  device.must(removeView, { projectId, id })
  expect(rows()).toEqual([])
  expect(device.run(removeView, { projectId, id })).toMatchObject({ code: 'view-not-found' })
})

test('VIEW-1 a viewer keeps views in their own room, each with its board', () => {
  const device = new Device(4, 'vi')
  const [personId, one, other, id] = [device.world.newId(), device.world.newId(), device.world.newId(), device.world.newId()]
  const kept = () => new RoomTx(device.doc(personRoom(personId)), device.world).all(boardViews)
  device.must(keepView, { projectId: one, personId, id, name: 'Late', query: 'due=overdue' })
  device.must(keepView, { projectId: other, personId, id: device.world.newId(), name: 'All', query: '' })
  expect(kept().map(({ projectId, name }) => [projectId, name])).toEqual(
    expect.arrayContaining([
      [one, 'Late'],
      [other, 'All'],
    ]),
  )
  expect(new RoomTx(device.doc(projectRoom(one)), device.world).all(boardViews)).toEqual([])
  expect(viewsOf({ projectId: one, personId }, 'vi').where).toEqual({ room: personRoom(personId), memberId: 'vi', projectId: one })
  device.must(removeView, { projectId: one, personId, id })
  expect(kept()).toHaveLength(1)
})
