import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { makeTokenFor } from '#server/gate/new-token.ts'
import { addressUrl } from '#server/postgres/address.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { RoomClient } from '../../bin/room-client.ts'
import { Slipway } from '../harness/slipway.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { killingDice } from './cycles.ts'
import { joinAnew, missing, readJournal, type Seat, Writer } from './writer.ts'

/** Each kill takes a start of a server, so the quick slice has few. */
const KILLS = process.env.LONG_TESTS ? 60 : 2
/** What the others may take to have an edit whose notification was lost: they look every second. */
const CATCH_UP_MS = 2_000

let database: TestDatabase
let servers: Slipway[] = []
let token: string

/** Three servers as behind a load balancer; what the last one notifies is lost. */
beforeAll(async () => {
  database = await openTestDatabase()
  const urls = [database.address, database.address, await database.muted()].map(addressUrl)
  const start = (url: string) =>
    Slipway.start({ runner: false, env: { DATABASE_URL: url, SLIPWAY_SECRET: 'the same secret at every server' } })
  servers = await Promise.all(urls.map(start))
  token = (await makeTokenFor(database.db, 'Writer', 'member')).token
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end()))
  await database?.drop()
})

/** Ends every connection on which the servers hear each other. Answers how many there were. */
async function cutLines(): Promise<number> {
  const { rowCount } = await database.db.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slipway line' and datname = current_database()",
  )
  return rowCount ?? 0
}

const contentOf = (doc: Y.Doc): string => JSON.stringify(Object.entries(doc.getMap('marks').toJSON()).sort())

test(`S11 ${KILLS} kill -9 of one of three servers while people write at all of them: nothing acknowledged is lost, and everybody sees all of it`, async () => {
  const dice = killingDice('several servers')
  const room = projectRoom(seededWorld(Math.floor(dice() * 1e9)).newId())
  const seats: Seat[] = servers.map((slipway) => ({ slipway, token, room }))
  const readers = servers.map((slipway) => new RoomClient({ url: slipway.url, room, token }))
  const promised = new Set<string>()
  for (let kill = 0; kill < KILLS; kill++) {
    const writers = seats.map((seat, at) => new Writer(seat, `${kill}-${at}`))
    const enough = 10 + Math.floor(dice() * 40)
    await waitUntil('acknowledgements', () => writers.every(({ acknowledged }) => acknowledged.size >= enough))
    if (kill % 2 === 1) expect(await cutLines()).toBe(servers.length)
    await sleep(dice() * 100)
    const victim = servers[Math.floor(dice() * servers.length)]
    await victim?.kill('server')
    await sleep(dice() * 300)
    for (const writer of writers) {
      writer.stop()
      for (const mark of writer.acknowledged) promised.add(mark)
    }
    await victim?.startServer()
  }
  expect(promised.size).toBeGreaterThan(KILLS * 30)
  for (const { doc } of readers) await waitUntil('a reader to have all of it', () => missing(promised, doc).length === 0, 5_000)
  for (const seat of seats) expect(missing(promised, await joinAnew(seat)), 'acknowledged, and lost for who joins').toEqual([])
  const stored = contentOf(await readJournal(seats[0] as Seat))
  for (const { doc } of readers) await waitUntil('everybody to see what is stored', () => contentOf(doc) === stored, 5_000)
  for (const reader of readers) reader.close()
})

test('S11 an edit whose notification is lost, or that is made while the lines are cut, is there within two seconds', async () => {
  const room = projectRoom(seededWorld(7).newId())
  const [a, b, muted] = servers.map(({ url }) => new RoomClient({ url, room, token })) as [RoomClient, RoomClient, RoomClient]
  const all = [a, b, muted]
  await Promise.all(all.map((client) => client.settled()))
  const isSeenBy = (client: RoomClient, mark: string) =>
    waitUntil(`${mark} to be seen`, () => client.doc.getMap('marks').has(mark), CATCH_UP_MS)
  for (let at = 0; at < 2; at++) {
    muted.doc.getMap('marks').set(`unheard-${at}`, 1)
    await muted.settled()
    await Promise.all([a, b].map((client) => isSeenBy(client, `unheard-${at}`)))
    await cutLines()
    a.doc.getMap('marks').set(`cut-${at}`, 1)
    await a.settled()
    await Promise.all([b, muted].map((client) => isSeenBy(client, `cut-${at}`)))
  }
  for (const client of all) client.close()
})
