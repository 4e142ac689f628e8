import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { projectAll } from '#domain/projection/project.ts'
import { Projector } from './projector.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('REPLICA-5 a room closed before its changes were written keeps the position its tables have', async () => {
  const docs = new Map<RoomName, Y.Doc>([[teamRoom, new Y.Doc()]])
  const written: (readonly [RoomName, number])[][] = []
  let isFull = true
  const projector = new Projector({
    docOf: (room) => docs.get(room),
    last: () => 7,
    appliedIn: () => 7,
    rowsOf: projectAll,
    durable: async () => undefined,
    onProjected: () => undefined,
    onTrouble: () => undefined,
  })
  projector.start({
    write: async (_statements, positions) => {
      if (isFull) throw new Error('The disk is full.')
      written.push([...positions])
    },
  })
  projector.note(teamRoom, 'projects', 'p1')
  await vi.advanceTimersByTimeAsync(100)
  const [doc] = docs.values()
  docs.clear()
  isFull = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(written.flat(), 'what nobody wrote is not said to be written').toEqual([])
  docs.set(teamRoom, doc as Y.Doc)
  projector.note(teamRoom, 'projects', 'p1')
  await vi.advanceTimersByTimeAsync(100)
  expect(written.flat()).toEqual([[teamRoom, 7]])
})

it('REPLICA-28 what is being painted is left alone before its tables are written; what is painted and what is written anew wait for nothing', async () => {
  const writes: number[] = []
  const projector = new Projector({
    docOf: () => new Y.Doc(),
    last: () => 1,
    appliedIn: () => 1,
    rowsOf: projectAll,
    durable: async () => undefined,
    onProjected: () => undefined,
    onTrouble: () => expect.unreachable(),
  })
  projector.start({ write: async () => void writes.push(Date.now() - began) })
  const began = Date.now()
  projector.rebuild(teamRoom)
  await vi.advanceTimersByTimeAsync(1_000)
  projector.note(teamRoom, 'projects', 'p1')
  projector.advance(teamRoom, true)
  await vi.advanceTimersByTimeAsync(10)
  projector.note(teamRoom, 'projects', 'p2')
  projector.advance(teamRoom)
  await vi.advanceTimersByTimeAsync(990)
  projector.note(teamRoom, 'projects', 'p3')
  projector.advance(teamRoom)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(writes).toEqual([0, 1_015, 2_000])
})
