import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { MESSAGE_ACK } from '#domain/core/wire.ts'
import { startTestServer, type TestServer } from '#server/test-server.ts'
import { updateFrame } from './frames.ts'

const VISITS = process.env.LONG_TESTS ? 10_000 : 400
const ROOMS = VISITS / 10
const AT_ONCE = 20
/** Longer than a room stays open when nobody is in it. */
const LONG_MS = 40_000

let server: TestServer
let member: string

beforeAll(async () => {
  // What looks after rooms and sockets now and then, and the clock it goes by.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  server = await startTestServer()
  member = await server.token('member', 'Ada')
})
afterAll(async () => {
  vi.useRealTimers()
  await server.stop()
})

/** What keeps the process busy, by kind. */
const busyWith = (kind: string): number => process.getActiveResourcesInfo().filter((one) => one === kind).length

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.running.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

/** Looks again and again; the clock that others go by stands still. */
async function soon(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let left = 500; !(await holds()); left--) {
    if (left === 0) throw new Error(`it never came to pass that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Comes, writes, is told that it is saved, and goes; or goes before the room is open. */
async function visit(name: string, isHasty: boolean): Promise<void> {
  const ws = new WebSocket(server.url(name, '?ack=1'), { headers: { authorization: `Bearer ${member}` } })
  const closed = new Promise<void>((resolve) => ws.once('close', () => resolve()))
  await new Promise<void>((resolve) => ws.once('open', () => resolve()))
  if (!isHasty) {
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'x')
    const saved = new Promise<void>((resolve) => ws.on('message', (data: Buffer) => data[0] === MESSAGE_ACK && resolve()))
    ws.send(updateFrame(Y.encodeStateAsUpdate(doc)))
    await saved
  }
  if (isHasty) ws.terminate()
  else ws.close()
  await closed
}

it(`S20 ${VISITS} people come into ${ROOMS} rooms, write and leave: no room, socket, timer or listener is left of them`, {
  timeout: 600_000,
}, async () => {
  const names = Array.from({ length: ROOMS }, () => `project/${randomUUID()}`)
  await visit(names[0] ?? '', false)
  const before = { sockets: busyWith('TCPSocketWrap'), intervals: vi.getTimerCount(), listeners: process.listenerCount('exit') }
  for (let at = 0; at < VISITS; at += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, one) => visit(names[(at + one) % ROOMS] ?? '', one % 5 === 0)))
  }
  await soon('everybody is gone', async () => (await metric('slipway_connections')) === 0)
  expect(await metric('slipway_rooms')).toBeGreaterThanOrEqual(ROOMS)
  vi.setSystemTime(Date.now() + LONG_MS)
  vi.advanceTimersByTime(2_000)
  await soon('every room is closed', async () => (await metric('slipway_rooms')) === 0)
  // Some to the database may have been opened, and one for this page of figures.
  expect(busyWith('TCPSocketWrap')).toBeLessThan(before.sockets + 30)
  expect({ intervals: vi.getTimerCount(), listeners: process.listenerCount('exit') }).toEqual({
    intervals: before.intervals,
    listeners: before.listeners,
  })
})
