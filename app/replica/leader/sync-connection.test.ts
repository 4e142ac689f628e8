import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep2, messageYjsUpdate, readSyncMessage, writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync'
import { messageAwareness, messageSync } from 'y-websocket'
import * as Y from 'yjs'
import { teamRoom } from '#domain/core/rooms.ts'
import {
  BEAT_MS,
  BULK,
  CLOSE,
  MESSAGE_ACK,
  MESSAGE_COMING,
  MESSAGE_REFUSED,
  MESSAGE_SET_BACK,
  patienceFor,
  SILENT_MS,
} from '#domain/core/wire.ts'
import { SyncConnection } from './sync-connection.ts'

/** A browser's socket whose other side is the test. */
class FakeSocket {
  static all: FakeSocket[] = []
  readonly OPEN = 1
  readyState = 0
  readonly sent: Uint8Array[] = []
  onopen: (() => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onmessage: ((event: { data: Uint8Array }) => void) | null = null

  readonly url: string

  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  send(message: Uint8Array): void {
    this.sent.push(message)
  }

  close(): void {
    this.readyState = 3
    this.onclose?.({ code: 1006 })
  }

  hear(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    this.onmessage?.({ data: encoding.toUint8Array(encoder) })
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.all = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A connection whose log stands at `last`, and what it was told to be on the server. */
function connect(doc: Y.Doc): {
  connection: SyncConnection
  log: { last: number }
  confirmed: number[]
  told: string[]
  states: string[]
  refused: number[]
  coming: number[]
} {
  const log = { last: 0 }
  const confirmed: number[] = []
  const told: string[] = []
  const states: string[] = []
  const refused: number[] = []
  const coming: number[] = []
  const nothing = (): void => undefined
  const connection = new SyncConnection({
    sockets: 'ws://server/sync',
    room: teamRoom,
    doc,
    last: () => log.last,
    isWaiting: () => log.last > Math.max(0, ...confirmed),
    waitingUpdate: async () => Y.encodeStateAsUpdate(doc),
    onConfirmed: (upTo) => confirmed.push(upTo),
    onRefused: (from) => refused.push(from),
    onStatus: (state) => states.push(state),
    onTrouble: nothing,
    onComing: (bytes) => coming.push(bytes),
    onSynced: nothing,
    onAhead: () => told.push('ahead'),
    onSetBack: () => told.push('set back'),
  })
  return { connection, log, confirmed, told, states, refused, coming }
}

const written = (): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('m').set('k', 1)
  return Y.encodeStateAsUpdate(doc)
}

/** Applies the update a frame carries, as a server would. */
function hearUpdate(doc: Y.Doc, message: Uint8Array): void {
  const decoder = decoding.createDecoder(message)
  expect(decoding.readVarUint(decoder)).toBe(messageSync)
  readSyncMessage(decoder, encoding.createEncoder(), doc, null)
}

for (const [when, isSynced] of [
  ['the server had forwarded it before it was stored', true],
  ['the server has asked but not told all yet', false],
] as const) {
  it(`REPLICA-3 a row that changed nothing is on the server when the server answers for that very row: ${when}`, () => {
    const doc = new Y.Doc()
    const { connection, log, confirmed } = connect(doc)
    const socket = FakeSocket.all[0] as FakeSocket
    socket.open()
    socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, new Y.Doc()))
    if (isSynced) socket.hear(messageSync, (encoder) => writeSyncStep2(encoder, new Y.Doc()))
    const bytes = written()
    socket.hear(messageSync, (encoder) => writeUpdate(encoder, bytes))
    const sentBefore = socket.sent.length
    // A tab that had asked the leader before this one asks again.
    log.last = 1
    connection.carriedNothing(bytes)
    expect(confirmed).toEqual([])
    expect(socket.sent.length - sentBefore).toBe(1)
    socket.hear(MESSAGE_ACK, (encoder) => encoding.writeVarUint(encoder, 1))
    expect(confirmed).toEqual([1])
    connection.close()
  })
}

it('REPLICA-3 a change sent before the server has asked vouches for itself alone, not for those that were written without a server', () => {
  const doc = new Y.Doc()
  const { connection, log, confirmed } = connect(doc)
  const socket = FakeSocket.all[0] as FakeSocket
  log.last = 1
  doc.getMap('m').set('written', 'offline')
  socket.open()
  log.last = 2
  doc.getMap('m').set('written', 'now')
  socket.hear(MESSAGE_ACK, (encoder) => encoding.writeVarUint(encoder, 1))
  expect(confirmed).toEqual([])
  const server = new Y.Doc()
  socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, server))
  hearUpdate(server, socket.sent.at(-1) as Uint8Array)
  expect(server.getMap('m').toJSON()).toEqual({ written: 'now' })
  socket.hear(MESSAGE_ACK, (encoder) => encoding.writeVarUint(encoder, 2))
  expect(confirmed).toEqual([2])
  connection.close()
})

it('REPLICA-3 what waits is offered to a server that asks for nothing, and its no is to all of it', async () => {
  const doc = new Y.Doc()
  const { connection, log, refused } = connect(doc)
  const socket = FakeSocket.all[0] as FakeSocket
  for (const row of [1, 2]) {
    log.last = row
    doc.getMap('m').set('written', row)
  }
  socket.open()
  socket.hear(messageSync, (encoder) => writeSyncStep2(encoder, new Y.Doc()))
  await Promise.resolve()
  await Promise.resolve()
  socket.hear(MESSAGE_REFUSED, (encoder) => {
    encoding.writeVarUint(encoder, 1)
    for (const words of ['read-only', 'You can look at everything here.']) encoding.writeVarString(encoder, words)
  })
  expect(refused).toEqual([0])
  connection.close()
})

it('REPLICA-21 a server that lacks what it once had is given it, and that it lacks it is told; one that lacks what was never sent is nothing new', () => {
  const ours = new Y.Doc()
  Y.applyUpdate(ours, written())
  const { connection, log, told } = connect(ours)
  const socket = FakeSocket.all[0] as FakeSocket
  socket.open()
  const restored = new Y.Doc()
  socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, restored))
  hearUpdate(restored, socket.sent.at(-1) as Uint8Array)
  expect([restored.getMap('m').toJSON(), told]).toEqual([{ k: 1 }, ['ahead']])
  log.last = 1
  socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, new Y.Doc()))
  expect(told).toEqual(['ahead'])
  socket.hear(MESSAGE_SET_BACK, () => undefined)
  expect(told).toEqual(['ahead', 'set back'])
  connection.close()
})

for (const [what, knows, frames] of [
  ['a deletion the server forwarded and was killed before storing is sent to it', false, 1],
  ['a server that has every deletion is sent nothing', true, 0],
] as const) {
  it(`REPLICA-19 ${what}`, () => {
    const stored = new Y.Doc()
    Y.applyUpdate(stored, written())
    const ours = new Y.Doc()
    Y.applyUpdate(ours, Y.encodeStateAsUpdate(stored))
    ours.getMap('m').delete('k')
    if (knows) Y.applyUpdate(stored, Y.encodeStateAsUpdate(ours))
    const { connection } = connect(ours)
    const socket = FakeSocket.all[0] as FakeSocket
    socket.open()
    socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, stored))
    const sentBefore = socket.sent.length
    socket.hear(messageSync, (encoder) => writeSyncStep2(encoder, stored, Y.encodeStateVector(ours)))
    const sent = socket.sent.slice(sentBefore)
    expect(sent).toHaveLength(frames)
    for (const message of sent) hearUpdate(stored, message)
    expect(stored.getMap('m').toJSON()).toEqual({})
    connection.close()
  })
}

it('REPLICA-24 where its own people are is told to the server, and what it heard of others is not repeated to it', () => {
  const doc = new Y.Doc()
  const { connection } = connect(doc)
  const socket = FakeSocket.all[0] as FakeSocket
  socket.open()
  const told = (): Uint8Array[] => socket.sent.filter((message) => message[0] === messageAwareness)
  const [ours, theirs] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  for (const [at, one] of [ours, theirs].entries()) one.setLocalState({ at })
  const where = (one: Awareness): Uint8Array => encodeAwarenessUpdate(one, [one.clientID])
  socket.hear(messageAwareness, (encoder) => encoding.writeVarUint8Array(encoder, where(theirs)))
  expect(connection.awareness.getStates().get(theirs.clientID)).toEqual({ at: 1 })
  expect(told()).toEqual([])
  applyAwarenessUpdate(connection.awareness, where(ours), 'a tab')
  expect(told()).toHaveLength(1)
  for (const one of [ours, theirs]) one.destroy()
  connection.close()
})

it('VERSION-3 messages that only a newer server has are passed over, and those that follow are read', () => {
  const doc = new Y.Doc()
  const { connection } = connect(doc)
  const socket = FakeSocket.all[0] as FakeSocket
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  socket.open()
  socket.hear(99, (encoder) => encoding.writeVarString(encoder, 'what is this'))
  socket.hear(messageSync, (encoder) => encoding.writeVarUint(encoder, 7))
  socket.hear(messageSync, (encoder) => writeUpdate(encoder, written()))
  expect(doc.getMap('m').toJSON()).toEqual({ k: 1 })
  complaints.mockRestore()
  connection.close()
})

it('SHELL-2 a server that cannot be reached when a page starts is said to be away', () => {
  const { connection, states } = connect(new Y.Doc())
  FakeSocket.all[0]?.close()
  expect(states).toEqual(['offline'])
  connection.close()
})

it('REPLICA-17 a socket that is not open after ten seconds is given up and tried again; one that is open stays', () => {
  const { connection } = connect(new Y.Doc())
  vi.advanceTimersByTime(9_900)
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([0])
  vi.advanceTimersByTime(2_000)
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([3, 0])
  FakeSocket.all[1]?.open()
  vi.advanceTimersByTime(12_000)
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([3, 1])
  connection.close()
})

it('REPLICA-31 when the server can be reached, who waits tries at once: between two tries, or in a socket that has been opening for too long', () => {
  const { connection } = connect(new Y.Doc())
  const states = (): number[] => FakeSocket.all.map(({ readyState }) => readyState)
  vi.advanceTimersByTime(3_000)
  expect(connection.isWaiting).toBe(true)
  connection.tryNow(4_000)
  expect(states(), 'a slow line').toEqual([0])
  connection.tryNow(2_000)
  expect(states()).toEqual([3, 0])
  for (let failed = 1; failed < 6; failed++) {
    FakeSocket.all.at(-1)?.close()
    connection.tryNow(Number.POSITIVE_INFINITY)
  }
  expect(states(), 'none waited').toEqual([3, 3, 3, 3, 3, 3, 0])
  FakeSocket.all.at(-1)?.open()
  expect(connection.isWaiting).toBe(false)
  connection.tryNow(0)
  expect(states().at(-1), 'an open one stays').toBe(1)
  connection.close()
})

it('REPLICA-31 who was turned away does not try because the server can be reached', () => {
  const { connection, states } = connect(new Y.Doc())
  FakeSocket.all[0]?.open()
  FakeSocket.all[0]?.onclose?.({ code: CLOSE.unauthenticated })
  expect([states.at(-1), connection.isWaiting]).toEqual(['refused', false])
  connection.tryNow(0)
  connection.forgetFailures()
  vi.advanceTimersByTime(60_000)
  expect(FakeSocket.all).toHaveLength(1)
  connection.close()
})

it('REPLICA-31 while another room is on the server, one that fails tries again soon, however often it failed before', () => {
  const { connection } = connect(new Y.Doc())
  const fail = (times: number): void => {
    for (let failed = 0; failed < times; failed++) {
      FakeSocket.all.at(-1)?.close()
      vi.advanceTimersByTime(11_000)
    }
  }
  const triesIn = (ms: number): number => {
    const before = FakeSocket.all.length
    FakeSocket.all.at(-1)?.close()
    vi.advanceTimersByTime(ms)
    return FakeSocket.all.length - before
  }
  fail(8)
  expect(triesIn(1_000)).toBe(0)
  vi.advanceTimersByTime(10_000)
  FakeSocket.all.at(-1)?.open()
  connection.forgetFailures()
  expect(triesIn(1_000)).toBe(1)
  connection.close()
})

it('REPLICA-17 S7 a line that fell silent is given up within fifteen seconds, one that hears a beat now and then stays', () => {
  const { connection } = connect(new Y.Doc())
  FakeSocket.all[0]?.open()
  for (let beat = 0; beat < 20; beat++) {
    vi.advanceTimersByTime(BEAT_MS)
    FakeSocket.all[0]?.hear(1, (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(0)))
  }
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([1])
  vi.advanceTimersByTime(SILENT_MS)
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([1])
  vi.advanceTimersByTime(15_000 - SILENT_MS)
  expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([3, 0])
  connection.close()
})

it('REPLICA-17 a line that is busy with what the server announced is not silent, is told, and is given up when that does not come', () => {
  const { connection, coming } = connect(new Y.Doc())
  const states = (): number[] => FakeSocket.all.map(({ readyState }) => readyState)
  const announce = (bytes: number): void => FakeSocket.all.at(-1)?.hear(MESSAGE_COMING, (encoder) => encoding.writeVarUint(encoder, bytes))
  FakeSocket.all[0]?.open()
  announce(BULK)
  announce(16 * BULK)
  // A small frame on the way says nothing of the rest.
  vi.advanceTimersByTime(3_000)
  FakeSocket.all[0]?.hear(MESSAGE_ACK, (encoder) => encoding.writeVarUint(encoder, 0))
  // The provider's clock is not the test's.
  connection.provider.wsLastMessageReceived = 0
  vi.advanceTimersByTime(patienceFor(17 * BULK) - 4_000)
  expect(connection.provider.wsLastMessageReceived).toBeGreaterThan(0)
  expect(states()).toEqual([1])
  vi.advanceTimersByTime(4_000)
  expect(states()).toEqual([3, 0])
  FakeSocket.all[1]?.open()
  announce(16 * BULK)
  announce(0)
  vi.advanceTimersByTime(15_000)
  expect(states()).toEqual([3, 3, 0])
  expect(coming).toEqual([BULK, 16 * BULK, 0, 16 * BULK, 0, 0])
  FakeSocket.all[2]?.open()
  announce(BULK)
  connection.close()
  expect(coming.slice(6)).toEqual([BULK, 0])
})

it('REPLICA-27 whoever has nothing of a room says so when the socket is opened, each time anew', () => {
  const doc = new Y.Doc()
  const { connection } = connect(doc)
  FakeSocket.all[0]?.close()
  vi.advanceTimersByTime(10_000)
  Y.applyUpdate(doc, written(), connection.provider)
  FakeSocket.all[1]?.close()
  vi.advanceTimersByTime(10_000)
  expect(FakeSocket.all.map(({ url }) => new URL(url).searchParams.get('all'))).toEqual(['1', '1', '0'])
  connection.close()
})

it('REPLICA-29 an answer that goes in pieces is told to be on the server with the last of them', () => {
  const doc = new Y.Doc()
  const { connection, log, confirmed } = connect(doc)
  for (const name of ['a', 'b', 'c']) doc.getMap('m').set(name, name.repeat(900_000))
  log.last = 3
  const socket = FakeSocket.all[0] as FakeSocket
  socket.open()
  const before = socket.sent.length
  const server = new Y.Doc()
  socket.hear(messageSync, (encoder) => writeSyncStep1(encoder, server))
  const pieces = socket.sent.slice(before)
  for (const [at, piece] of pieces.entries()) {
    hearUpdate(server, piece)
    expect(confirmed).toEqual([])
    socket.hear(MESSAGE_ACK, (encoder) => encoding.writeVarUint(encoder, at + 1))
  }
  expect(pieces.map((piece) => piece[1])).toEqual([messageYjsUpdate, messageYjsUpdate, messageYjsSyncStep2])
  expect(server.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
  expect(confirmed).toEqual([3])
  connection.close()
})
