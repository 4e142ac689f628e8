import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { SyncConnection } from '#app/replica/leader/sync-connection.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { MAX_FRAME } from '#domain/core/wire.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { familyOf } from '../harness/processes.ts'
import { Slipway } from '../harness/slipway.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { CYCLES, killingDice } from './cycles.ts'
import { joinAnew, missing, readJournal, Writer } from './writer.ts'

const WRITERS = 3
let slipway: Slipway
let token: string

beforeAll(async () => {
  slipway = await Slipway.start({ runner: false })
  token = slipway.token('member', 'Writer')
})
afterAll(() => slipway.end())

test(`S07 ${CYCLES} kill -9 of the server while people write: every acknowledged edit is there, for who joins anew and in the journal itself`, async () => {
  const dice = killingDice('server kills')
  const rooms = Array.from({ length: WRITERS }, (_, at) => projectRoom(seededWorld(Math.floor(dice() * 1e9) + at).newId()))
  const promised = new Map(rooms.map((room) => [room, new Set<string>()]))
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const writers = rooms.map((room, at) => new Writer({ slipway, token, room }, `${cycle}-${at}`))
    const enough = 1 + Math.floor(dice() * 60)
    await waitUntil('acknowledgements', () => writers.every((writer) => writer.acknowledged.size >= enough))
    await sleep(dice() * 60)
    const killed = performance.now()
    await killServer(cycle % 4 === 3, cycle % 8 === 7)
    for (const [at, writer] of writers.entries()) {
      writer.stop()
      for (const mark of writer.acknowledged) promised.get(rooms[at] ?? '')?.add(mark)
    }
    await slipway.startServer()
    console.log(
      `kill ${cycle + 1}: ${writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0)} acknowledged, back after ${Math.round(performance.now() - killed)} ms`,
    )
    for (const [room, marks] of promised) {
      expect(
        missing(marks, await joinAnew({ slipway, token, room })),
        `acknowledged and lost after kill ${cycle + 1} in ${room}, for who joins`,
      ).toEqual([])
    }
  }
  for (const [room, marks] of promised) {
    expect(marks.size).toBeGreaterThan(CYCLES)
    expect(missing(marks, await readJournal({ slipway, token, room })), `acknowledged and not in the journal of ${room}`).toEqual([])
  }
})

test('S08 asked to stop, twice, while 50 rooms are written in, the server stores what it has and ends in time; nothing acknowledged is lost', async () => {
  const rooms = Array.from({ length: 50 }, (_, at) => projectRoom(seededWorld(800 + at).newId()))
  const writers = rooms.map((room, at) => new Writer({ slipway, token, room }, `stop-${at}`))
  await waitUntil('all to be written in', () => writers.every((writer) => writer.acknowledged.size >= 3))
  const before = slipway.said.length
  const pid = slipway.pid('server')
  if (pid === undefined) throw new Error('the server is gone')
  process.kill(pid, 'SIGTERM')
  await slipway.stop('server')
  for (const writer of writers) writer.stop()
  // After its ten seconds, and where storing failed, it says so.
  expect(slipway.said.slice(before).filter((line) => /stopping (took too long|failed)/.test(line))).toEqual([])
  await slipway.startServer()
  for (const [at, room] of rooms.entries())
    expect(
      missing(writers[at]?.acknowledged ?? new Set(), await joinAnew({ slipway, token, room })),
      `acknowledged and lost in ${room}`,
    ).toEqual([])
})

/** A board written by many in turn, larger than any frame of a socket. */
function largeBoard(): Y.Doc {
  const doc = new Y.Doc()
  const filler = 'Every card says something. '.repeat(40)
  for (let writer = 0; writer < 40; writer++) {
    doc.clientID = 1_000 + writer
    doc.transact(() => {
      for (let card = 0; card < 500; card++) {
        doc.getMap<Y.Map<string>>('cards').set(`${writer} ${card}`, new Y.Map<string>([['words', filler]]))
        // In the card of another, too: what is said later needs what was said before.
        doc
          .getMap<Y.Map<string>>('cards')
          .get(`${writer - 1} ${card}`)
          ?.set('next', String(card))
      }
    })
  }
  return doc
}

test('S13 REPLICA-29 a board larger than a frame, of which the server has nothing, comes back from a browser, though the server is killed on the way', async () => {
  const room = projectRoom(seededWorld(29).newId())
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { authorization: `Bearer ${token}` } })
      }
    },
  )
  const doc = largeBoard()
  expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(2 * MAX_FRAME)
  const confirmed: number[] = []
  const refusals: string[] = []
  const nothing = (): void => undefined
  const connection = new SyncConnection({
    sockets: `${slipway.url.replace('http', 'ws')}/sync`,
    room,
    doc,
    last: () => 1,
    isWaiting: () => confirmed.length === 0,
    waitingUpdate: async () => Y.encodeStateAsUpdate(doc),
    onConfirmed: (upTo) => confirmed.push(upTo),
    onRefused: (_from, _code, sentence) => refusals.push(sentence),
    onStatus: (status, reason) => status === 'refused' && refusals.push(reason),
    onTrouble: nothing,
    onComing: nothing,
    onSynced: nothing,
    onAhead: nothing,
    onSetBack: nothing,
  })
  try {
    const arrived = async (): Promise<number> =>
      Number((await slipway.sql<{ n: string }>('select count(*) as n from journal_updates where room = $1', [room]))[0]?.n)
    const before = await waitUntil('some of it to be stored', async () => refusals.length > 0 || (await arrived()) > 2)
    expect(before).toBe(true)
    expect(refusals).toEqual([])
    await slipway.kill('server')
    await slipway.startServer()
    await waitUntil('all of it to be stored', () => refusals.length > 0 || confirmed.length > 0)
    expect(refusals).toEqual([])
    expect(confirmed).toEqual([1])
  } finally {
    connection.close()
    vi.unstubAllGlobals()
  }
  for (const there of [await joinAnew({ slipway, token, room }), await readJournal({ slipway, token, room })]) {
    expect(Y.equalSnapshots(Y.snapshot(there), Y.snapshot(doc))).toBe(true)
  }
})

/** Kills the server alone, or with its database: a power cut. With `isOneLate` a process of the database's is not dead at once: it waits for its disk. */
async function killServer(withDatabase: boolean, isOneLate: boolean): Promise<void> {
  const pid = slipway.pid('server')
  const family = withDatabase && pid !== undefined ? familyOf(pid).filter((one) => one.pid !== pid) : []
  const late = isOneLate ? family.findLast(({ command }) => command.startsWith('postgres: slipway')) : undefined
  if (late) process.kill(late.pid, 'SIGSTOP')
  await slipway.kill('server')
  for (const one of family) {
    if (one === late) continue
    try {
      process.kill(one.pid, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}
