import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import WebSocket from 'ws'
import { accept } from '#domain/core/refusal.ts'
import { CLOSE } from '#domain/core/wire.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Journal } from '#server/journal/journal.ts'
import { makeLog } from '#server/log.ts'
import { until } from '#server/test-server.ts'
import type { LargeUpdates } from './large-updates.ts'
import { PassesInUse } from './passes-in-use.ts'
import { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { SyncDoor } from './sync-door.ts'

const shown = (pass: string): Identity => ({ memberId: 'ada', name: 'Ada', email: null, role: 'member', by: 'session', pass })
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

it('GATE-14 an identity is kept once for all that show it, and let go with the last of them', () => {
  const passes = new PassesInUse()
  const [one, two, other] = [passes.take(shown('a')), passes.take(shown('a')), passes.take(shown('b'))]
  expect([two === one, other === one, passes.size]).toEqual([true, false, 2])
  passes.letGo(one)
  expect(passes.take(shown('a'))).toBe(one)
  passes.letGo(one)
  passes.letGo(two)
  passes.letGo(other)
  expect(passes.size).toBe(0)
})

it('GATE-14 whether a pass still holds is asked once for all its sockets; when it ended all of them are put out', async () => {
  const asked: string[] = []
  const ended = new Set<string>()
  const journal = { health: { ok: true }, isFull: false } as unknown as Journal
  const rooms = { hold: async (name: string) => new Room(name, { snapshot: null, tail: [] }, journal), release: () => undefined }
  const door = new SyncDoor({
    rooms: rooms as unknown as Rooms,
    journal,
    diff: async () => Uint8Array.of(0, 0),
    catchUp: async () => undefined,
    bears: async () => true,
    judge: async () => ({ placed: [] }),
    large: {} as LargeUpdates,
    identify: async (_request, url) => accept(shown(url.searchParams.get('pass') ?? '')),
    recheck: async (identity) => {
      asked.push(identity.pass)
      return ended.has(identity.pass) ? null : identity
    },
    log: makeLog('silent'),
  })
  const http = createServer().on('upgrade', (request, stream, head) => door.upgrade(request, stream, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  stops.push(
    () => door.close(),
    () => http.close(),
  )
  const closed: Record<string, number[]> = { a: [], b: [] }
  let inside = 0
  for (const pass of ['a', 'a', 'a', 'b']) {
    const ws = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/sync/project/${randomUUID()}?pass=${pass}`)
    ws.on('message', () => inside++)
    ws.on('close', (code) => closed[pass]?.push(code))
    stops.push(() => ws.terminate())
  }
  // Each is asked what it has when it is in.
  await until('all are in', () => inside === 4)
  await door.recheck()
  expect(asked.sort()).toEqual(['a', 'b'])
  ended.add('a')
  asked.length = 0
  await door.recheck()
  await until('those of the ended pass are out', () => closed.a?.length === 3)
  expect([asked.sort(), closed]).toEqual([['a', 'b'], { a: [CLOSE.unauthenticated, CLOSE.unauthenticated, CLOSE.unauthenticated], b: [] }])
})
