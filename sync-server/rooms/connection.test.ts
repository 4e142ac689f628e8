import { Duplex } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { BULK, MESSAGE_COMING, patienceFor } from '#domain/core/wire.ts'
import type { Identity } from '#server/gate/identity.ts'
import { Connection } from './connection.ts'
import { Departures } from './departures.ts'
import { encodeVarUints } from './state-vector.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A connection, and what it wrote: each frame's first byte and what it carries. */
function connect(wantsAcks: boolean) {
  const written: Buffer[] = []
  const stream = new Duplex({
    write: (frame: Buffer, _encoding, done) => {
      written.push(frame)
      done()
    },
  })
  const options = { identity: { memberId: 'ada' } as Identity, canWrite: true, wantsAcks }
  return { connection: new Connection({ readyState: 1, OPEN: 1 } as WebSocket, stream, new Departures(), options), written }
}

const coming = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.of(0x82),
    encodeVarUints([encodeVarUints([MESSAGE_COMING, bytes]).length]),
    encodeVarUints([MESSAGE_COMING, bytes]),
  ])
const ping = (mark: number): Buffer => Buffer.of(0x89, 4, 0, 0, 0, mark)

it('SYNC-18 much at once is announced, its end is said, and a ping behind it tells when it is there', () => {
  const { connection, written } = connect(true)
  const frame = Buffer.alloc(BULK)
  connection.sendFramed(frame)
  connection.flush()
  expect(written).toEqual([frame])
  expect(connection.isReceiving).toBe(false)
  connection.sendFramed(frame)
  connection.sendAlone(Buffer.alloc(BULK + 1))
  connection.flush()
  expect(written.slice(1)).toEqual([coming(2 * BULK + 1), frame, Buffer.alloc(BULK + 1), coming(0), ping(1)])
  vi.advanceTimersByTime(patienceFor(2 * BULK) - 1_000)
  expect(connection.isReceiving).toBe(true)
  connection.sendFramed(Buffer.alloc(BULK + 1))
  connection.flush()
  // The first is there, the second is not.
  connection.arrived(1)
  expect(connection.isReceiving).toBe(true)
  connection.arrived(2)
  expect(connection.isReceiving).toBe(false)
})

it('SYNC-18 what does not arrive is waited for no longer than the slowest line takes', () => {
  const { connection } = connect(true)
  connection.sendFramed(Buffer.alloc(2 * BULK))
  connection.flush()
  vi.advanceTimersByTime(patienceFor(2 * BULK) + 1)
  expect(connection.isReceiving).toBe(false)
})

it('SYNC-18 a plain y-websocket client is waited for too, and told nothing that it would not understand', () => {
  const { connection, written } = connect(false)
  const frame = Buffer.alloc(2 * BULK)
  connection.sendFramed(frame)
  connection.flush()
  expect(written).toEqual([frame, ping(1)])
  expect(connection.isReceiving).toBe(true)
})
