import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { Merger } from '#server/journal/compact.ts'
import { Journal } from '#server/journal/journal.ts'
import { mergeProven } from '#server/journal/merge.ts'
import { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import { makeLog } from '#server/log.ts'
import { readFailure } from '#server/postgres/failure.ts'
import type { Db } from '#server/postgres/pool.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import type { Room } from './room.ts'
import { Rooms } from './rooms.ts'

const STEPS = process.env.LONG_TESTS ? 5_000 : 1_500
const SEED = Number(process.env.SEED ?? 9)
const silent = makeLog('silent')

let database: TestDatabase
let journal: Journal
beforeAll(async () => {
  database = await openTestDatabase()
  journal = new Journal({ address: database.address, explain: (thrown) => readFailure(thrown, null) }, silent, 1)
})
afterAll(async () => {
  await journal.close(5_000)
  await database.drop()
})

afterEach(() => void vi.useRealTimers())

/** No file holds a snapshot. */
class NoFiles extends SnapshotFiles {
  override async read(): Promise<null> {
    return null
  }
}

/** The database with answers that take some turns of the event loop longer than they do. */
const slowed = (db: Db, turns: () => number): Db =>
  new Proxy(db, {
    get: (of, name) => {
      const value = Reflect.get(of, name)
      if (typeof value !== 'function') return value
      if (name !== 'query') return value.bind(of)
      return async (...given: unknown[]) => {
        for (let left = turns(); left > 0; left--) await turn()
        const answer = await value.apply(of, given)
        for (let left = turns(); left > 0; left--) await turn()
        return answer
      }
    },
  })

it(`S09 ${STEPS} times rooms are held, let go, forgotten and read anew while they are loaded: there is one of each, and it has what was stored before it was asked for`, async () => {
  const dice = seededDice(SEED)
  const upTo = (most: number): number => Math.floor(dice() * most)
  const rooms = new Rooms(
    slowed(database.db, () => upTo(6)),
    journal,
    {} as Merger,
    new NoFiles(''),
    silent,
    async () => () => false,
    () => false,
  )
  const names = Array.from({ length: 4 }, () => `project/${randomUUID()}`)
  const stored = new Map(names.map((name) => [name, 0]))
  const held: Room[] = []
  const under: Promise<unknown>[] = []
  const say = `SEED=${SEED}`

  const hold = async (name: string): Promise<void> => {
    const before = stored.get(name) ?? 0
    const room = await rooms.hold(name)
    // One that is read anew is not among them until it is whole again.
    for (const open of rooms.all) if (open.name === name) expect(open === room, `two of ${name}, ${say}`).toBe(true)
    for (const other of held) if (other.name === name) expect(other === room, `two of ${name}, ${say}`).toBe(true)
    expect(room.parts().length, `stale, ${say}`).toBeGreaterThanOrEqual(before)
    held.push(room)
  }
  const write = async (room: Room): Promise<void> => {
    room.holds++
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'x')
    const bytes = Y.encodeStateAsUpdate(doc)
    const [seq = 0] = (await journal.commit([{ room: room.name, bytes, author: 'a' }])) ?? []
    room.adopt({ bytes, seq })
    stored.set(room.name, (stored.get(room.name) ?? 0) + 1)
    rooms.release(room)
  }

  for (let step = 0; step < STEPS; step++) {
    const what = upTo(100)
    const name = names[upTo(names.length)] ?? ''
    const room = held[upTo(held.length)]
    if (what < 40) under.push(hold(name))
    else if (what < 70 && room) rooms.release(held.splice(held.indexOf(room), 1)[0] ?? room)
    else if (what < 80 && room) under.push(write(room))
    else if (what < 96) rooms.letGo(names)
    else if (what < 98) rooms.startAnew()
    for (let left = upTo(3); left > 0; left--) await turn()
    if (under.length > 20) await Promise.all(under.splice(0))
  }
  await Promise.all(under)
  for (const room of held.splice(0)) rooms.release(room)
  await expect
    .poll(() => {
      rooms.letGo(names)
      return rooms.counts
    })
    .toEqual({ rooms: 0, connections: 0 })
  for (const name of names) {
    const room = await rooms.hold(name)
    expect(new Set(room.parts().map(({ seq }) => seq)).size).toBe(stored.get(name))
  }
  rooms.close()
})

it('MERGE-4 a room that all have left is merged, and let go of after that', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  const merger = { ask: async (updates) => mergeProven(updates) } as Merger
  const rooms = new Rooms(database.db, journal, merger, new NoFiles(''), silent, async () => () => true)
  const name = `project/${randomUUID()}`
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let edit = 0; edit < 120; edit++) doc.getMap('m').set('k', edit)
  await journal.commit(updates.map((bytes) => ({ room: name, bytes, author: 'a' })))
  const room = await rooms.hold(name)
  vi.advanceTimersByTime(20_000)
  rooms.release(room)
  vi.advanceTimersByTime(29_000)
  for (let left = 0; left < 50; left++) await turn()
  expect(room.tailLength, 'somebody may come back').toBe(120)
  vi.advanceTimersByTime(2_000)
  await untilIt(() => room.tailLength === 0 && room.holds === 0)
  expect(rooms.counts.rooms).toBe(1)
  vi.advanceTimersByTime(32_000)
  expect(rooms.counts.rooms).toBe(0)
  const again = await rooms.hold(name)
  expect(again.parts()).toHaveLength(1)
  const read = new Y.Doc()
  for (const { bytes } of again.parts()) Y.applyUpdate(read, bytes)
  expect(read.getMap('m').toJSON()).toEqual({ k: 119 })
  rooms.close()
})

async function untilIt(holds: () => boolean): Promise<void> {
  const began = performance.now()
  while (!holds()) {
    expect(performance.now() - began, 'it takes too long').toBeLessThan(10_000)
    await turn()
  }
}
