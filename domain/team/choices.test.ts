import { expect, test } from 'vitest'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { personRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { keepChoice } from './choices.ts'
import { choices } from './schema.ts'

test('CHOICE-1 a choice is one row of a person’s own room, is no step that could be taken back, and is not written where it is so already', () => {
  const device = new Device(3, 'vi')
  const personId = device.world.newId()
  const keep = (value: unknown) => device.must(keepChoice, { personId, key: 'sidebar', value })
  for (const value of [true, false, false]) keep(value)
  const room = device.doc(personRoom(personId))
  expect(new RoomTx(room, device.world).all(choices)).toMatchObject([{ id: 'sidebar', value: false }])
  let updates = 0
  room.on('update', () => updates++)
  keep(false)
  expect(updates).toBe(0)
  const steps: unknown[] = []
  runCommand(
    keepChoice,
    () => room,
    device.world.tick(),
    { personId, key: 'sidebar', value: true },
    (step) => steps.push(step),
  )
  expect([updates, steps]).toEqual([1, []])
  expect(device.run(keepChoice, { personId, key: 'long', value: 'x'.repeat(2001) })).toMatchObject({ ok: false, field: 'value' })
})
