import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { addColumn, createTasks } from './commands.ts'
import { type Dependent, decideBlocker, decideMergeWithSubtasks, impactOf, type NamedCard, wayTo } from './dependencies.ts'
import { addSubtask, changeBlockers } from './dependency-commands.ts'
import { type Task, type TaskStatus, tasks } from './schema.ts'

const board = (waits: Record<string, string[]>) =>
  new Map(Object.entries(waits).map(([id, dependsOn]) => [id, { id, shortId: `APP-${id}`, title: `Card ${id}`, dependsOn }]))
const named = (id: string, status: TaskStatus): NamedCard => ({ id, shortId: `APP-${id}`, title: `Card ${id}`, status })

describe('decideBlocker', () => {
  test('DEP-3 a loop is refused, and shown by titles from the card round to itself', () => {
    const cards = board({ a: ['b'], b: ['c'], c: [], d: ['c'] })
    expect(decideBlocker(cards, 'c', 'a')).toMatchObject({
      code: 'blockers-in-a-loop',
      message:
        'That would close a loop, in which no card can begin: APP-c “Card c” → APP-a “Card a” → APP-b “Card b” → APP-c “Card c”. Each waits for the next one.',
    })
    expect(decideBlocker(cards, 'a', 'a')).toMatchObject({ code: 'blocks-itself' })
    expect(decideBlocker(cards, 'a', 'gone')).toMatchObject({ code: 'blocker-not-found' })
    expect(decideBlocker(cards, 'a', 'd').ok, 'two ways to one card are no loop').toBe(true)
  })

  test('DEP-2 DEP-3 a board built of what is allowed never has a loop, and one that two people closed is walked to its end', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 25 }), (pairs) => {
        const waits: Record<string, string[]> = Object.fromEntries(ids.map((id) => [id, []]))
        for (const [card, blocker] of pairs)
          if (decideBlocker(board(waits), card, blocker).ok) waits[card] = [...new Set([...(waits[card] ?? []), blocker])]
        const cards = board(waits)
        for (const id of ids) for (const next of waits[id] ?? []) expect(wayTo(cards, next, id)).toBeNull()
      }),
    )
    expect(wayTo(board({ a: ['b'], b: ['a'], c: [] }), 'a', 'c')).toBeNull()
  })
})

test('DEP-1 DEP-4 what becomes ready, and what goes on waiting and for what; what is over is neither; a cancelled blocker still holds', () => {
  const card = (id: string, status: TaskStatus, ...waitsFor: NamedCard[]): Dependent => ({ ...named(id, status), waitsFor })
  const { ready, waiting } = impactOf([
    card('1', 'backlog'),
    card('2', 'todo', named('x', 'review')),
    card('3', 'todo', named('y', 'done')),
    card('4', 'todo', named('z', 'cancelled')),
    card('5', 'done'),
    card('6', 'cancelled'),
  ])
  expect(ready.map(({ id }) => id)).toEqual(['1', '3'])
  expect(waiting.map(({ id }) => id)).toEqual(['2', '4'])
})

test('SUB-1 SUB-2 a parent waits for its open subtasks, and hears which; given-up ones do not count', () => {
  const part = (id: string, status: TaskStatus, archived = false) => ({ ...named(id, status), archived })
  const over = [part('1', 'done'), part('2', 'cancelled'), part('3', 'todo', true)]
  expect(decideMergeWithSubtasks(over).ok).toBe(true)
  expect(decideMergeWithSubtasks([...over, part('4', 'review'), part('5', 'backlog')])).toMatchObject({
    code: 'subtasks-open',
    message: 'APP-4 “Card 4”, APP-5 “Card 5” are still open. Finish them first, or cancel what is not needed.',
  })
  expect(decideMergeWithSubtasks(Array.from({ length: 7 }, (_, at) => part(`${at}`, 'todo')))).toMatchObject({
    message: expect.stringContaining(' and 2 more are still open.'),
  })
})

describe('changeBlockers and addSubtask', () => {
  const set = () => {
    const ada = new Device(7, 'ada')
    const projectId = ada.world.newId()
    ada.must(addColumn, { projectId, id: ada.world.newId(), name: 'Backlog', status: 'backlog' })
    const [a, b, c] = [1, 2, 3].map(() => ada.world.newId()) as [string, string, string]
    ada.must(createTasks, { projectId, tasks: [a, b, c].map((id, at) => ({ id, title: `Card ${at}` })) })
    const of = (device: Device, id: string) => new RoomTx(device.doc(projectRoom(projectId)), device.world).get(tasks, id) as Task
    return { ada, projectId, a, b, c, of }
  }

  test('DEP-3 blockers come and go on an open card; one loop among many refuses them all', () => {
    const { ada, projectId, a, b, c, of } = set()
    ada.must(changeBlockers, { projectId, taskId: a, add: [b, b] })
    ada.must(changeBlockers, { projectId, taskId: a, add: [c], remove: [b] })
    expect(of(ada, a).dependsOn).toEqual([c])
    expect(ada.run(changeBlockers, { projectId, taskId: c, add: [b, a] })).toMatchObject({ code: 'blockers-in-a-loop' })
    expect(of(ada, c).dependsOn).toEqual([])
  })

  test('DEP-3 of two blockers set at once the one that does not stand is kept, to be added after all', () => {
    const { ada, projectId, a, b, c, of } = set()
    const room = projectRoom(projectId)
    const bob = new Device(8, 'bob')
    const sync = () => {
      Y.applyUpdate(bob.doc(room), Y.encodeStateAsUpdate(ada.doc(room)))
      Y.applyUpdate(ada.doc(room), Y.encodeStateAsUpdate(bob.doc(room)))
    }
    sync()
    ada.must(changeBlockers, { projectId, taskId: a, add: [b] })
    bob.must(changeBlockers, { projectId, taskId: a, add: [c] })
    sync()
    const [lost] = of(ada, a).lost
    expect(lost?.field).toBe('dependsOn')
    ada.must(changeBlockers, { projectId, taskId: a, add: lost?.value })
    expect([...of(ada, a).dependsOn].sort()).toEqual([b, c].sort())
  })

  test('SUB-3 a subtask is a card like any other, with its parent', () => {
    const { ada, projectId, of } = set()
    const [id, parentAttemptId] = [ada.world.newId(), ada.world.newId()]
    ada.must(addSubtask, { projectId, key: 'SHOP', id, title: 'A part', parentAttemptId })
    expect(of(ada, id)).toMatchObject({ title: 'A part', status: 'backlog', parentAttemptId, shortId: 'SHOP-4' })
    expect(ada.run(addSubtask, { projectId, id: ada.world.newId(), title: ' ', parentAttemptId })).toMatchObject({ code: 'invalid-input' })
  })
})
