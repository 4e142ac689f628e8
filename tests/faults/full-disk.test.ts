import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'
import { DISK_FULL_AT_START } from '#server/start-refusal.ts'
import { RoomClient } from '../../bin/room-client.ts'
import { Slipway } from '../harness/slipway.ts'
import { canMountDisks } from '../harness/small-disk.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { joinAnew, missing, readJournal, type Seat, Writer } from './writer.ts'

/** A new database takes 40 MB, a segment of its log 16 MB. */
const DISK = 80 * 1024 * 1024
const WRITERS = 3
/** The journal tries again every second at least. */
const LONG_ENOUGH_MS = 2_500

function copyOf(doc = new Y.Doc()): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

// Where nobody may mount a disk these are reported as skipped, never as passed.
describe.skipIf(!canMountDisks())('a server on a disk of its own', () => {
  let slipway: Slipway
  let seats: Seat[]

  beforeAll(async () => {
    slipway = await Slipway.start({ runner: false, disk: DISK })
    const token = slipway.token('admin', 'Writer')
    seats = Array.from({ length: WRITERS }, () => ({ slipway, token, room: projectRoom(newId()) }))
  })
  afterAll(() => slipway?.end())

  const ready = async (): Promise<unknown> => (await fetch(`${slipway.url}/readyz`)).json()
  const timesSaid = (words: string): number => slipway.said.filter((line) => line.includes(words)).length
  const allOf = (writers: readonly Writer[]): number => writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  /** A call with consequences, as a browser makes it. */
  const startAttempt = (): Promise<unknown> =>
    slipway
      .api(seats[0]?.token ?? '')
      .attempts.start.mutate({ attemptId: newId(), projectId: newId(), taskId: newId(), modelId: 'builtin' })
  const expectSaidEverywhere = async (writers: readonly Writer[]): Promise<void> => {
    expect(slipway.pid('server'), 'the server lives').toBeDefined()
    expect(await ready()).toEqual({ ok: false, reason: DISK_FULL })
    expect(timesSaid(DISK_FULL), 'once on stderr').toBe(1)
    expect(writers.map(({ client }) => client.trouble)).toEqual(writers.map(() => DISK_FULL))
    await expect(startAttempt()).rejects.toMatchObject({ message: DISK_FULL, data: { httpStatus: 503 } })
  }

  test('S23 it says so in one sentence everywhere, acknowledges nothing in vain, and with room again saves everything by itself', async () => {
    const writers = seats.map((seat, at) => new Writer(seat, `mark-${at}`))
    await waitUntil('acknowledgements', () => writers.every(({ acknowledged }) => acknowledged.size > 50))
    slipway.disk?.fill()
    await waitUntil('everybody to hear of it', () => writers.every(({ client }) => client.trouble === DISK_FULL))
    const acknowledged = allOf(writers)
    const said = slipway.said.length
    await sleep(100)
    for (const writer of writers) writer.rest()
    const [seat] = seats as [Seat]
    const late = new RoomClient({ url: slipway.url, ...seat })
    // One who comes back with edits that never were acknowledged: the server has them, and not on its disk.
    const again = new RoomClient({ url: slipway.url, ...seat, doc: copyOf(writers[0]?.client.doc) })
    await sleep(LONG_ENOUGH_MS)
    expect(allOf(writers), 'nothing is acknowledged while nothing can be stored').toBe(acknowledged)
    for (const [at, seat] of seats.entries())
      expect(missing(writers[at]?.acknowledged ?? new Set(), await readJournal(seat)), 'acknowledged and not on the disk').toEqual([])
    expect([again.isSynced, again.sent, again.acknowledged], 'nor is it said to be there already').toEqual([true, 1, 0])
    expect(late.trouble, 'who comes meanwhile is told').toBe(DISK_FULL)
    await expectSaidEverywhere(writers)

    // The database's own log needs another segment and gets none: it breaks off, and cannot start.
    await slipway.sql('select pg_switch_wal()')
    await waitUntil('the database to end', () => timesSaid('PostgreSQL does not start yet') > 0)
    await sleep(LONG_ENOUGH_MS)
    expect(allOf(writers)).toBe(acknowledged)
    await expectSaidEverywhere(writers)
    expect(slipway.said.length - said, slipway.said.join('\n')).toBeLessThan(20)

    slipway.disk?.free()
    await Promise.all(writers.map(({ client }) => client.settled()))
    await waitUntil('everybody to hear the end of it', () =>
      [late, ...writers.map(({ client }) => client)].every(({ trouble }) => trouble === ''),
    )
    expect(await ready()).toEqual({ ok: true })
    for (const [at, seat] of seats.entries()) {
      const marks = writers[at]?.client.doc.getMap('marks').toJSON()
      expect((await joinAnew(seat)).getMap('marks').toJSON(), 'for who joins').toEqual(marks)
      expect((await readJournal(seat)).getMap('marks').toJSON(), 'in the journal').toEqual(marks)
    }
    await again.settled()
    for (const client of [late, again]) client.close()
    for (const writer of writers) writer.stop()
  })

  test('S23 it does not start while there is no room, says why in one sentence, and loses nothing', async () => {
    const [seat] = seats as [Seat]
    const writer = new Writer(seat, 'later')
    await waitUntil('acknowledgements', () => writer.acknowledged.size > 50)
    slipway.disk?.fill()
    await waitUntil('it to hear of it', () => writer.client.trouble === DISK_FULL)
    writer.rest()
    await slipway.kill('server')
    const said = slipway.said.length
    await expect(slipway.startServer()).rejects.toThrow(`The server ended (1) before it was ready.\nserver: ${DISK_FULL_AT_START}`)
    expect(slipway.said.slice(said)).toEqual([`server: ${DISK_FULL_AT_START}`])

    slipway.disk?.free()
    await slipway.startServer()
    await writer.client.settled()
    expect((await joinAnew(seat)).getMap('marks').toJSON()).toEqual(writer.client.doc.getMap('marks').toJSON())
    writer.stop()
  })
})
