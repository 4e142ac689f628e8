import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { RoomClient } from '../../bin/room-client.ts'
import { familyOf } from '../harness/processes.ts'
import { Slipway } from '../harness/slipway.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { CYCLES, killingDice } from './cycles.ts'

const WRITERS = 3
let slipway: Slipway
let token: string

beforeAll(async () => {
  slipway = await Slipway.start({ runner: false })
  token = slipway.token('member', 'Writer')
})
afterAll(() => slipway.end())

/** Writes marks as fast as acknowledgements come, and knows which of them the server said are durable. */
class Writer {
  readonly acknowledged = new Set<string>()
  readonly #client: RoomClient
  readonly #frames = new Map<number, string>()
  readonly #timer: NodeJS.Timeout
  #seen = 0

  constructor(room: string, name: string) {
    this.#client = new RoomClient({ url: slipway.url, room, token })
    this.#client.onAcknowledged = (count) => {
      for (; this.#seen < count; this.#seen++) {
        const mark = this.#frames.get(this.#seen + 1)
        if (mark) this.acknowledged.add(mark)
      }
    }
    let number = 0
    this.#timer = setInterval(() => {
      if (!this.#client.isOpen || !this.#client.isSynced) return
      for (let burst = 0; burst < 5; burst++) {
        const mark = `${name}-${number++}`
        this.#client.doc.getMap('marks').set(mark, 'x'.repeat(number % 300))
        this.#frames.set(this.#client.sent, mark)
      }
    }, 4)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#client.close()
  }
}

test(`S07 ${CYCLES} kill -9 of the server while people write: every acknowledged edit is there, for who joins anew and in the journal itself`, async () => {
  const dice = killingDice('server kills')
  const rooms = Array.from({ length: WRITERS }, (_, at) => projectRoom(seededWorld(Math.floor(dice() * 1e9) + at).newId()))
  const promised = new Map(rooms.map((room) => [room, new Set<string>()]))
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const writers = rooms.map((room, at) => new Writer(room, `${cycle}-${at}`))
    const enough = 1 + Math.floor(dice() * 60)
    await waitUntil('acknowledgements', () => writers.every((writer) => writer.acknowledged.size >= enough))
    await sleep(dice() * 60)
    const killed = performance.now()
    await killServer(cycle % 4 === 3)
    for (const [at, writer] of writers.entries()) {
      writer.stop()
      for (const mark of writer.acknowledged) promised.get(rooms[at] ?? '')?.add(mark)
    }
    await slipway.startServer()
    console.log(
      `kill ${cycle + 1}: ${writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0)} acknowledged, back after ${Math.round(performance.now() - killed)} ms`,
    )
    for (const [room, marks] of promised) {
      expect(missing(marks, await joinAnew(room)), `acknowledged and lost after kill ${cycle + 1} in ${room}, for who joins`).toEqual([])
    }
  }
  for (const [room, marks] of promised) {
    expect(marks.size).toBeGreaterThan(CYCLES)
    expect(missing(marks, await readJournal(room)), `acknowledged and not in the journal of ${room}`).toEqual([])
  }
})

/** Kills the server alone, or with its database: a power cut. */
async function killServer(withDatabase: boolean): Promise<void> {
  const pid = slipway.pid('server')
  const family = withDatabase && pid !== undefined ? familyOf(pid).filter((one) => one.pid !== pid) : []
  await slipway.kill('server')
  for (const one of family) {
    try {
      process.kill(one.pid, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}

async function joinAnew(room: string): Promise<Y.Doc> {
  const client = new RoomClient({ url: slipway.url, room, token })
  await client.settled()
  client.close()
  return client.doc
}

/** The room's document from the bytes in the database, with none of the server's code. */
async function readJournal(room: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const snapshots = await slipway.sql<{ bytes: Buffer }>('select bytes from journal_snapshots where room = $1', [room])
  const updates = await slipway.sql<{ bytes: Buffer }>('select bytes from journal_updates where room = $1 order by seq', [room])
  for (const { bytes } of [...snapshots, ...updates]) Y.applyUpdate(doc, bytes)
  return doc
}

function missing(marks: ReadonlySet<string>, doc: Y.Doc): string[] {
  const there = doc.getMap('marks')
  return [...marks].filter((mark) => !there.has(mark))
}
