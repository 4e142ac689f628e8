import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder } from '#domain/core/order.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { createTasks, moveTask } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import type { Device } from './seeded-world.ts'
import { Swarm } from './swarm.ts'

const number = fc.nat({ max: 1_000 })

/** The board as it is drawn: every column's card titles from top to bottom. */
function drawn(device: Device, room: string): string[][] {
  const board = new RoomTx(device.doc(room), device.world)
  const cards = board.all(tasks).sort(compareOrder)
  return board
    .all(columns)
    .sort(compareOrder)
    .map((column) => cards.filter((card) => card.columnId === column.id).map(({ title }) => title))
}

function move(device: Device, projectId: string, [a, b, c]: readonly [number, number, number]): void {
  const board = new RoomTx(device.doc(projectRoom(projectId)), device.world)
  const all = board.all(tasks).sort((one, two) => (one.id < two.id ? -1 : 1))
  // Backlog and to do: a move between them is legal both ways.
  const column = board.all(columns).sort(compareOrder)[b % 2]
  const there = all.filter((card) => card.columnId === column?.id).sort(compareOrder)
  const spot = c % (there.length + 1)
  const input = {
    projectId,
    taskId: all[a % all.length]?.id,
    columnId: column?.id,
    afterId: there[spot - 1]?.id ?? null,
    beforeId: there[spot]?.id ?? null,
  }
  device.must(moveTask, input)
}

test('B4 1,000 trials of concurrent card moves leave every card exactly once, in one same order on every device', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0 }),
      fc.integer({ min: 2, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.tuple(number, number, number, number), { minLength: 2, maxLength: 24, size: 'max' }),
      (seed, size, cards, moves) => {
        const projectId = new Swarm(seed, 1, []).device(0).world.newId()
        const room = projectRoom(projectId)
        const swarm = new Swarm(seed, size, [room, teamRoom])
        const first = swarm.device(0)
        first.must(createProject, { id: projectId, name: 'Board' })
        first.must(createTasks, {
          projectId,
          tasks: Array.from({ length: cards }, (_, at) => ({ id: first.world.newId(), title: `card ${at}` })),
        })
        swarm.heal()
        for (const [who, ...choice] of moves) {
          move(swarm.device(who), projectId, choice)
          if (choice[0] % 5 === 0) swarm.deliver(who)
        }
        swarm.heal()
        const board = drawn(first, room)
        expect(board.flat().sort()).toEqual(Array.from({ length: cards }, (_, at) => `card ${at}`).sort())
        for (const device of swarm.devices) expect(drawn(device, room)).toEqual(board)
      },
    ),
    { numRuns: 1_000 },
  )
})

test('B4 a move between two neighbours stands between them on every device, when nobody else moved those three', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), fc.array(number, { minLength: 1, maxLength: 30, size: 'max' }), (seed, spots) => {
      const projectId = new Swarm(seed, 1, []).device(0).world.newId()
      const room = projectRoom(projectId)
      const swarm = new Swarm(seed, 2, [room, teamRoom])
      const [one, two] = [swarm.device(0), swarm.device(1)]
      one.must(createProject, { id: projectId, name: 'Board' })
      const ids = one.must(createTasks, {
        projectId,
        tasks: Array.from({ length: 8 }, (_, at) => ({ id: one.world.newId(), title: `card ${at}` })),
      })
      swarm.heal()
      const columnId = new RoomTx(one.doc(room), one.world).get(tasks, ids[0] ?? '')?.columnId
      // Person one reorders the first four cards, person two the last four, both without a network.
      for (const spot of spots) {
        const [device, group] = spot % 2 ? ([one, ids.slice(0, 4)] as const) : ([two, ids.slice(4)] as const)
        const there = new RoomTx(device.doc(room), device.world)
          .all(tasks)
          .filter(({ id }) => group.includes(id))
          .sort(compareOrder)
        const moved = there[spot % 4]?.id
        const rest = there.filter(({ id }) => id !== moved)
        const at = (spot >> 2) % 2
        const input = { projectId, taskId: moved, columnId, afterId: rest[at]?.id, beforeId: rest[at + 1]?.id }
        device.must(moveTask, input)
        const after = new RoomTx(device.doc(room), device.world)
          .all(tasks)
          .filter(({ id }) => group.includes(id))
          .sort(compareOrder)
        expect(after.map(({ id }) => id)).toEqual([
          ...rest.slice(0, at + 1).map(({ id }) => id),
          moved,
          ...rest.slice(at + 1).map(({ id }) => id),
        ])
      }
      const wanted = [one, two].map((device, group) =>
        new RoomTx(device.doc(room), device.world)
          .all(tasks)
          .filter(({ id }) => ids.indexOf(id) < 4 === (group === 0))
          .sort(compareOrder)
          .map(({ id }) => id),
      )
      swarm.heal()
      for (const device of swarm.devices) {
        const all = new RoomTx(device.doc(room), device.world)
          .all(tasks)
          .sort(compareOrder)
          .map(({ id }) => id)
        expect(all.filter((id) => ids.indexOf(id) < 4)).toEqual(wanted[0])
        expect(all.filter((id) => ids.indexOf(id) >= 4)).toEqual(wanted[1])
      }
    }),
    { numRuns: 200 },
  )
})
