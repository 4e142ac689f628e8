import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { CLOSE } from '#domain/core/wire.ts'
import type { RowRef } from '../protocol.ts'
import { MemoryLogStore } from './log-store.ts'
import type { Projector } from './projector.ts'
import { RoomKeeper } from './room-keeper.ts'
import { UpdateLog } from './update-log.ts'

/** A socket that is not open unless the test opens it. */
class NoSocket {
  static all: NoSocket[] = []
  readyState = 0
  onopen: (() => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    NoSocket.all.push(this)
  }

  send(): void {}
  close(): void {}
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', NoSocket)
  NoSocket.all = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const nothing = (): void => undefined

/** A leader's rooms over a log, with what tabs are given and what is written anew. */
async function openKeeper(store: MemoryLogStore, position?: number) {
  const log = await UpdateLog.open(store)
  const given: number[] = []
  const anew: RoomName[] = []
  const moved: RoomName[] = []
  const tables = { position }
  const projector = {
    note: nothing,
    advance: (room: RoomName) => moved.push(room),
    rebuild: (room: RoomName) => anew.push(room),
  } as unknown as Projector
  const keeper = new RoomKeeper({
    leader: 'one',
    sockets: 'ws://server/sync',
    log,
    projector,
    positionOf: () => tables.position,
    forward: (_room, n) => given.push(n),
    forwardAwareness: nothing,
    askAwareness: nothing,
    onStatus: nothing,
    onTrouble: nothing,
    onComing: nothing,
    onConfirmed: nothing,
    onRefused: nothing,
    onSynced: nothing,
    onAhead: nothing,
    onSetBack: nothing,
    onProjects: nothing,
  })
  return { log, keeper, given, anew, moved, tables }
}

function written(): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('m').set('k', 1)
  return Y.encodeStateAsUpdate(doc)
}

const made = (touched: readonly RowRef[]) => ({ room: teamRoom, epoch: '', bytes: written(), touched, isPainted: false })

describe("the leader's rooms", () => {
  it('REPLICA-18 tabs are given a change when it is on the disk, and not before', async () => {
    const store = new MemoryLogStore()
    store.failNextCommits = 1
    const { log, keeper, given } = await openKeeper(store)
    keeper.takeLocal(made([['projects', 'p']]))
    await vi.advanceTimersByTimeAsync(1_000)
    expect([given, (await log.readKept(teamRoom)).length, (await log.read(teamRoom)).length]).toEqual([[], 0, 1])
    await vi.advanceTimersByTimeAsync(2_000)
    expect([given, (await log.readKept(teamRoom)).length]).toEqual([[1], 1])
    keeper.close(teamRoom)
  })

  it('REPLICA-31 the server is lost while rooms want to be on it and none is: one that is open, or turned away, is not looked for', async () => {
    const { keeper } = await openKeeper(new MemoryLogStore())
    expect(keeper.isLost, 'nothing is open').toBe(false)
    for (const room of [teamRoom, 'chat/a'] as const) await keeper.open(room)
    expect(keeper.isLost).toBe(true)
    const [first, second] = NoSocket.all
    first?.onopen?.()
    expect(keeper.isLost).toBe(false)
    first?.onclose?.({ code: CLOSE.forbidden })
    expect(keeper.isLost).toBe(true)
    second?.onclose?.({ code: CLOSE.unauthenticated })
    expect(keeper.isLost).toBe(false)
    keeper.reconnect()
    expect(keeper.isLost).toBe(true)
    const before = NoSocket.all.length
    vi.advanceTimersByTime(500)
    keeper.tryNow(100)
    expect(NoSocket.all.slice(before).map(({ url }) => new URL(url).pathname)).toEqual([`/sync/${teamRoom}`, '/sync/chat/a'])
    keeper.forgetFailures()
    expect(NoSocket.all.length, 'they are on their way').toBe(before + 2)
    for (const room of keeper.names) keeper.close(room)
  })

  it('REPLICA-5 rows of a room whose log was lost in a power cut are taken out of the tables', async () => {
    const lost = await openKeeper(new MemoryLogStore(), 7)
    await lost.keeper.open(teamRoom)
    expect(lost.anew).toEqual([teamRoom])
    lost.keeper.close(teamRoom)
    const fresh = await openKeeper(new MemoryLogStore())
    await fresh.keeper.open(teamRoom)
    expect(fresh.anew).toEqual([])
    fresh.keeper.close(teamRoom)
  })

  it('REPLICA-23 S22 when the disk was emptied every open room is kept again, and what waited for the server waits on in it', async () => {
    const store = new MemoryLogStore()
    const { log, keeper, given } = await openKeeper(store)
    await keeper.open(teamRoom)
    keeper.takeLocal(made([['tags', 'a']]))
    log.append('chat/closed', written(), [['messages', 'b']])
    await log.flushed()
    const [first] = log.waiting.keys()
    for (const rows of [store.rows, store.waiting, store.rooms]) rows.clear()

    expect(keeper.keepAnew(), 'what a closed room had is gone').toBe(1)
    await log.flushed()
    const kept = await UpdateLog.open(store)
    expect([...kept.waiting.values()]).toMatchObject([{ room: teamRoom, touched: [['tags', 'a']] }])
    const doc = new Y.Doc()
    for (const { bytes } of await kept.read(teamRoom)) Y.applyUpdate(doc, bytes)
    expect(doc.getMap('m').toJSON()).toEqual({ k: 1 })
    expect([...log.waiting.keys()]).toEqual([keeper.appliedIn(teamRoom)])
    expect(keeper.appliedIn(teamRoom)).toBeGreaterThan(first ?? 0)
    await vi.waitFor(() => expect(given.at(-1)).toBe(keeper.appliedIn(teamRoom)))
    keeper.close(teamRoom)
  })

  it('REPLICA-3 a room in which something waits is opened though no page shows it, and stays open until the server has it', async () => {
    const store = new MemoryLogStore()
    const before = await openKeeper(store)
    before.log.append('chat/left', written(), [['messages', 'b']])
    before.log.append('chat/heard', written(), null)
    await before.log.flushed()
    const { log, keeper, tables } = await openKeeper(store, 1)
    keeper.openWaiting()
    await vi.waitFor(() => expect(keeper.names).toEqual(['chat/left']))
    expect(keeper.closeIdle('chat/left')).toBe(false)
    log.confirm('chat/left', log.last)
    tables.position = 0
    expect(keeper.closeIdle('chat/left'), 'the tables are behind').toBe(false)
    tables.position = 1
    expect(keeper.closeIdle('chat/left')).toBe(true)
    expect(keeper.names).toEqual([])
  })

  it('REPLICA-15 an update that changed no row moves the tables on all the same: what they say counts as whole', async () => {
    const store = new MemoryLogStore()
    const log = await UpdateLog.open(store)
    for (let row = 0; row < 2; row++) log.append(teamRoom, written(), null)
    await log.flushed()
    for (const [position, moved] of [[1, [teamRoom]] as const, [2, []] as const]) {
      const opened = await openKeeper(store, position)
      await opened.keeper.open(teamRoom)
      expect([opened.anew, opened.moved]).toEqual([[], moved])
      opened.keeper.close(teamRoom)
    }
  })
})
