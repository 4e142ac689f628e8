import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { compactRoom, type Merger } from '#server/journal/compact.ts'
import { Journal } from '#server/journal/journal.ts'
import { loadRoom } from '#server/journal/load.ts'
import { mergeProven } from '#server/journal/merge.ts'
import { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import { makeLog } from '#server/log.ts'
import type { Address } from '#server/postgres/address.ts'
import { readFailure } from '#server/postgres/failure.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import type { Connection } from '#server/rooms/connection.ts'
import { readFrame } from '#server/rooms/frames.ts'
import { readAwareness, writeAwareness } from '#server/rooms/presence.ts'
import type { Room } from '#server/rooms/room.ts'
import { Rooms } from '#server/rooms/rooms.ts'
import { readUpdateShape } from '#server/rooms/update-frame.ts'
import { until } from '#server/test-server.ts'
import { Bell } from '#server/turns/bell.ts'
import { pack, unpack } from './announcements.ts'
import { Follower } from './follower.ts'
import { Instances } from './instances.ts'
import { Line } from './line.ts'
import { Membership, mergeable } from './membership.ts'
import { tellOthers } from './tell-others.ts'

const log = makeLog('silent')
/** Without its thread, whose start costs more than all that is merged here. */
const merger = { ask: async (updates) => mergeProven(updates) } as Merger
const closes: (() => Promise<unknown>)[] = []
let database: TestDatabase

beforeAll(async () => void (database = await openTestDatabase()))
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})
afterAll(() => database.drop())

/** All of a server that has to do with rooms and with the other servers. */
async function openInstance(address: Address = database.address) {
  const data = await mkdtemp(path.join(tmpdir(), 'slipway-instance-'))
  const line = new Line(address, log)
  const membership = await Membership.begin(line, randomUUID(), randomUUID())
  const journal = new Journal({ address, explain: (thrown) => readFailure(thrown, null) }, log, membership.number)
  const rooms = new Rooms(database.db, journal, merger, new SnapshotFiles(data), log, () => mergeable(database.db, membership.number))
  const bell = new Bell()
  const instances = new Instances({ line, membership, rooms, ring: (name) => bell.ringHere(name), settled: async () => undefined, log })
  tellOthers(instances, { journal, rooms, bell })
  await instances.join()
  let isOpen = true
  /** As kill -9 does it: nothing is said, nobody is told. */
  const die = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    rooms.close()
    await instances.close()
    await journal.close(1_000)
    await line.close()
    await rm(data, { recursive: true, force: true })
  }
  closes.push(async () => {
    if (isOpen) await membership.end().catch(() => undefined)
    await die()
  })
  return { membership, journal, rooms, bell, instances, line, die }
}

type Person = Connection & { doc: Y.Doc; heard: Map<number, string>; isClosed: boolean }

/** Somebody in a room who has what is sent to him, and can write. */
function enter(room: Room, memberId: string): Person {
  const doc = new Y.Doc()
  const heard = new Map<number, string>()
  const read = (message: Uint8Array): void => {
    const frame = readFrame(message)
    if (frame.kind === 'update' || frame.kind === 'step2') Y.applyUpdate(doc, frame.update, 'sent')
    if (frame.kind === 'awareness') for (const { client, state } of readAwareness(frame.update)) heard.set(client, state)
  }
  const person = {
    identity: { memberId },
    canWrite: true,
    wantsAcks: true,
    doc,
    heard,
    isClosed: false,
    send: read,
    // The head of a short frame is two bytes.
    sendFramed: (frame: Uint8Array) => read(frame.subarray(frame[1] === 126 ? 4 : 2)),
    close: () => (person.isClosed = true),
  }
  room.join(person as unknown as Connection)
  return person as unknown as Person
}

/** Writes a mark and waits until it is durable. */
async function write(room: Room, person: Person, mark: string): Promise<void> {
  const updates: Uint8Array[] = []
  const note = (update: Uint8Array): number => updates.push(update)
  person.doc.on('update', note)
  person.doc.getMap('marks').set(mark, 1)
  person.doc.off('update', note)
  const update = updates[0] ?? new Uint8Array()
  await new Promise<void>((stored, failed) => room.take({ update, shape: readUpdateShape(update), message: null }, person, stored, failed))
}

/** As if it had not been seen for a minute. */
const lookGone = (number: number): Promise<unknown> =>
  database.db.query("update instances set seen_at = clock_timestamp() - interval '1 minute' where number = $1", [number])

const roomName = (): string => `project/${randomUUID()}`
const has = (person: Person, mark: string): boolean => person.doc.getMap('marks').has(mark)
const marksOf = (parts: readonly { bytes: Uint8Array }[]): string[] => {
  const doc = new Y.Doc()
  for (const { bytes } of parts) Y.applyUpdate(doc, bytes)
  return [...doc.getMap('marks').keys()].sort()
}

describe('instances on one database', () => {
  it('INSTANCE-1 what one has stored is in the open rooms of the others, both ways, and each has it once', async () => {
    const name = roomName()
    const [a, b] = [await openInstance(), await openInstance()]
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    for (let at = 0; at < 20; at++) await Promise.all([write(atA, ada, `a${at}`), write(atB, bob, `b${at}`)])
    await until('both have all', () => ada.doc.getMap('marks').size === 40 && bob.doc.getMap('marks').size === 40, 900)
    expect(Buffer.from(atA.stored.encode()).length).toBe(Buffer.from(atB.stored.encode()).length)
    await Promise.all([a.instances.catchUp(), b.instances.catchUp()])
    expect(atA.parts().length).toBe(40)
    expect(atB.parts().length).toBe(40)
  })

  it('INSTANCE-2 alone nothing is said; who joins is known to all others before it serves anybody', async () => {
    const asked = vi.spyOn(Line.prototype, 'query')
    const a = await openInstance()
    expect(asked, 'alone a start takes a number, says twice that it is there, and waits for nobody').toHaveBeenCalledTimes(4)
    asked.mockRestore()
    const room = await a.rooms.hold(roomName())
    await write(room, enter(room, 'ada'), 'x')
    a.bell.ring('waiting')
    expect(a.instances.announcements.sent).toBe(0)
    const before = Date.now()
    const b = await openInstance()
    expect(a.instances.isAlone).toBe(false)
    expect(b.instances.isAlone).toBe(false)
    expect(Date.now() - before).toBeLessThan(3_000)
    const c = await openInstance()
    const numbers = [a, b, c].map(({ membership }) => membership.number)
    const { rows } = await database.db.query<{ number: number; others: number[] }>('select number, others from instances')
    for (const { number, others } of rows) if (number !== c.membership.number) expect(others).toContain(c.membership.number)
    expect(rows.map(({ number }) => number).sort()).toEqual(numbers.sort())
  })

  it('INSTANCE-3 a number that was taken early and commits late is not passed over', async () => {
    const name = roomName()
    const a = await openInstance()
    // A third server that is in the middle of a commit.
    const slow = new pg.Client(database.address)
    await slow.connect()
    closes.push(() => slow.end())
    const { rows } = await database.db.query<{ number: number }>("select nextval('instance_numbers') as number")
    const number = Number(rows[0]?.number)
    // The one that joins next has the number after it.
    await database.db.query("insert into instances values ($1, 'slow', clock_timestamp(), '{}', array[$2::int, $1 + 1], '')", [
      number,
      a.membership.number,
    ])
    closes.push(() => database.db.query('delete from instances where number = $1', [number]))
    const b = await openInstance()
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    const early = new Y.Doc()
    early.getMap('marks').set('early', 1)
    await slow.query('begin')
    await slow.query("insert into journal_updates (room, bytes, author, at, checksum, origin) values ($1, $2, 'carol', 0, 0, $3)", [
      name,
      Y.encodeStateAsUpdate(early),
      number,
    ])
    await write(atA, ada, 'late')
    await until('the later number has arrived', () => has(bob, 'late'))
    await b.instances.catchUp()
    expect(has(bob, 'early')).toBe(false)
    await slow.query('commit')
    await until('the earlier number has arrived too', () => has(bob, 'early') && has(ada, 'early'), 2_500)
  })

  it('INSTANCE-4 nothing is merged away that somebody alive has not read; who is gone holds nobody up', async () => {
    const name = roomName()
    const a = await openInstance()
    const room = await a.rooms.hold(name)
    const ada = enter(room, 'ada')
    for (let at = 0; at < 5; at++) await write(room, ada, `m${at}`)
    const seqs = room.parts().map(({ seq }) => seq)
    const may = () => mergeable(database.db, a.membership.number)
    const reader = a.membership.number + 1_000_000
    const reads = (read: object, ago = 0) =>
      database.db.query(
        `insert into instances values ($1, 'reader', clock_timestamp() - $3 * interval '1 second', $2, '{}', '')
         on conflict (number) do update set read = excluded.read, seen_at = excluded.seen_at`,
        [reader, JSON.stringify(read), ago],
      )
    closes.push(() => database.db.query('delete from instances where number = $1', [reader]))
    await reads({})
    expect(await compactRoom(database.db, merger, name, may)).toBeNull()
    await reads({ [a.membership.number]: seqs[2] })
    const done = await compactRoom(database.db, merger, name, may)
    expect([...(done?.merged ?? [])]).toEqual(seqs.slice(0, 3))
    await reads({}, 60)
    const rest = await compactRoom(database.db, merger, name, may)
    expect([...(rest?.merged ?? [])]).toEqual(seqs.slice(3))
    await a.instances.close()
    await lookGone(a.membership.number)
    await write(room, ada, 'm5')
    expect(await compactRoom(database.db, merger, name, may), 'who is not counted himself merges nothing').toBeNull()
  })

  it('INSTANCE-5 what one merged the other takes over, with what it writes meanwhile; nothing is lost and memory is let go', async () => {
    const name = roomName()
    const [a, b] = [await openInstance(), await openInstance()]
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    for (let at = 0; at < 10; at++) await Promise.all([write(atA, ada, `a${at}`), write(atB, bob, `b${at}`)])
    await Promise.all([a.instances.catchUp(), b.instances.catchUp()])
    await Promise.all([a.instances.beat(), b.instances.beat()])
    await Promise.all([a.instances.beat(), b.instances.beat()])
    const pending = write(atB, bob, 'meanwhile')
    const held = atB.storedSeqs
    const done = await compactRoom(database.db, merger, name, () => mergeable(database.db, a.membership.number))
    expect(done?.merged.size).toBe(20)
    if (done) atA.replaceMerged(done.snapshot, done.merged)
    const loaded = await loadRoom(database.db, name)
    await write(atB, bob, 'later')
    atB.rebase(loaded, held)
    await pending
    await Promise.all([a.instances.catchUp(), b.instances.catchUp()])
    expect(atB.baseSeq).toBe(done?.snapshot.seq)
    expect(atB.tailLength).toBeLessThan(5)
    const all = marksOf(
      (await loadRoom(database.db, name)).tail.concat(...[done?.snapshot ?? []].flat().map((one) => ({ ...one, origin: 0 }))),
    )
    expect(all.length).toBe(22)
    expect(marksOf(atB.parts())).toEqual(all)
    expect(marksOf(atA.parts())).toEqual(all)
  })

  it('INSTANCE-6 who was thought gone reads its rooms anew and lets everybody come back', async () => {
    const name = roomName()
    const [a, b] = [await openInstance(), await openInstance()]
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    await write(atB, bob, 'b')
    await until('it arrives', () => has(ada, 'b'))
    // B hears nothing, reads nothing and says nothing, as a machine that was put to sleep.
    await b.instances.close()
    await write(atA, ada, 'unseen')
    await lookGone(b.membership.number)
    await a.instances.beat()
    expect((await compactRoom(database.db, merger, name, () => mergeable(database.db, a.membership.number)))?.merged.size).toBe(2)
    expect(has(bob, 'unseen')).toBe(false)
    expect(await b.membership.beat({}, [])).toBe(false)
    b.rooms.startAnew()
    expect(bob.isClosed).toBe(true)
    expect(marksOf((await b.rooms.hold(name)).parts())).toEqual(['b', 'unseen'])
    expect(await b.membership.beat({}, [])).toBe(true)
  })

  it('INSTANCE-11 a database that crashed has forgotten everybody: nobody believes himself alone before the others can be back', async () => {
    const [a, b] = [await openInstance(), await openInstance()]
    expect([a.membership.isAlone, b.membership.isAlone]).toEqual([false, false])
    // What is not logged is empty after a crash.
    await database.db.query('truncate instances')
    expect(await a.membership.beat({}, [])).toBe(true)
    expect(a.membership.neighbours).toEqual([])
    expect(a.membership.isAlone).toBe(false)
    expect(await b.membership.beat({}, []), 'the first one back may have merged away what the second has not read').toBe(false)
  })

  it('INSTANCE-13 who comes back after so long that the others have forgotten him says so: nobody goes on believing himself alone, or holding what was merged meanwhile for all there is', async () => {
    const name = roomName()
    const [a, b] = [await openInstance(), await openInstance()]
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    const greeted: number[] = []
    const hear = a.line.onMessage
    a.line.onMessage = (payload) => {
      const message = unpack(payload)
      if (message?.announcements.some(({ kind }) => kind === 'hello')) greeted.push(message.from)
      hear(payload)
    }
    const silent = vi.spyOn(b.membership, 'beat').mockResolvedValue(true)
    await database.db.query("update instances set seen_at = seen_at - interval '1 day' where number = $1", [b.membership.number])
    await a.instances.beat()
    expect(a.instances.isAlone).toBe(true)
    await write(atB, bob, 'b')
    silent.mockRestore()
    await b.instances.beat()
    await until('it hears of the other', () => greeted.includes(b.membership.number))
    await until('it knows the other', () => !a.instances.isAlone)
    await until('its rooms are read anew', () => ada.isClosed)
    expect(marksOf((await a.rooms.hold(name)).parts())).toEqual(['b'])
  })

  it('INSTANCE-7 who is in a room shows at the other instances, and is gone when they leave or their server dies', async () => {
    const name = roomName()
    const [a, b] = [await openInstance(), await openInstance()]
    const atA = await a.rooms.hold(name)
    const ada = enter(atA, 'ada')
    const here = (client: number, clock: number, state: string) => writeAwareness([{ client, clock, state }])
    atA.announce(ada, here(1, 1, '{"on":"card"}'))
    // Who opens the room later, when that was said long ago, asks.
    a.bell.ring('said')
    await b.bell.heard('said', 2_000)
    const atB = await b.rooms.hold(name)
    const bob = enter(atB, 'bob')
    await until('Bob sees Ada', () => bob.heard.get(1) === '{"on":"card"}', 900)
    atB.announce(bob, here(1, 9, '{"on":"false pretences"}'))
    expect(bob.heard.get(1), 'nobody moves the caret of another').toBe('{"on":"card"}')
    atA.announce(ada, here(2, 1, '{}'))
    await until('Bob sees the second caret', () => bob.heard.get(2) === '{}')
    // Ada's line breaks, and the balancer brings her to the other server.
    const adaAgain = enter(atB, 'ada')
    atB.announce(adaAgain, here(1, 1, '{"on":"card"}'))
    atA.leave(ada)
    await until('what she left behind is gone', () => bob.heard.get(2) === 'null')
    expect(bob.heard.get(1), 'what came with her is not').toBe('{"on":"card"}')
    const carol = enter(atA, 'carol')
    await until('Carol sees Ada, who is elsewhere now', () => carol.heard.get(1) === '{"on":"card"}')
    await b.die()
    await lookGone(b.membership.number)
    await until('Ada is gone with the server she was at', () => carol.heard.get(1) === 'null', 2_500)
    await database.db.query('delete from instances where number = $1', [b.membership.number])
  })

  it('INSTANCE-8 without one notification arriving everything is there by looking, within two seconds', async () => {
    const address = await database.muted()
    const name = roomName()
    const [a, b] = [await openInstance(address), await openInstance(address)]
    const [atA, atB] = [await a.rooms.hold(name), await b.rooms.hold(name)]
    const [ada, bob] = [enter(atA, 'ada'), enter(atB, 'bob')]
    await expect(a.line.say(['x'])).rejects.toThrow(/permission denied/)
    for (let at = 0; at < 3; at++) {
      await write(atA, ada, `a${at}`)
      await until('Bob has it', () => has(bob, `a${at}`), 2_000)
    }
  })
})

describe('who follows another', () => {
  it('INSTANCE-10 has what is more than one reading takes in several, in order and once; what nobody here wants is passed over', async () => {
    const [wanted, other] = [roomName(), roomName()]
    const { journal, membership, line } = await openInstance()
    const sizes = [...Array.from({ length: 2_300 }, () => 10), ...Array.from({ length: 4 }, () => 1_500_000), 10, 10]
    const entries = sizes.map((size, at) => ({ room: at % 7 === 6 ? other : wanted, bytes: new Uint8Array(size), author: 'ada' }))
    const seqs: number[] = []
    // A single statement takes four megabytes and a bit.
    for (const part of [entries.slice(0, 2_300), ...entries.slice(2_300).map((entry) => [entry])])
      seqs.push(...((await journal.commit(part)) ?? []))
    const read: number[] = []
    const follower = new Follower(line, { wanted: [wanted], receive: (_, { seq }) => void read.push(seq) })
    follower.follow([membership.number, 999_999])
    await Promise.all([follower.catchUp(), follower.catchUp(), follower.catchUp()])
    expect(read).toEqual(seqs.filter((_, at) => entries[at]?.room === wanted))
    expect(follower.position).toEqual({ [membership.number]: seqs.at(-1), 999999: 0 })
  })
})

describe('a server that starts', () => {
  it('INSTANCE-12 opens the rooms written last, as long as they are whole, and follows what others write there', async () => {
    const a = await openInstance()
    const names = Array.from({ length: 10 }, roomName)
    const doc = new Y.Doc()
    doc.getMap('marks').set('before', 1)
    for (const name of names) await a.journal.append(name, Y.encodeStateAsUpdate(doc), 'ada')
    const [damaged = ''] = names.slice(-2)
    await database.db.query('update journal_updates set checksum = 0 where room = $1', [damaged])
    const b = await openInstance()
    await b.rooms.openLatest()
    expect([...b.rooms.all].map(({ name }) => name).sort()).toEqual(
      names
        .slice(2)
        .filter((name) => name !== damaged)
        .sort(),
    )
    const [ofA, ofB] = [await a.rooms.hold(names[9] ?? ''), await b.rooms.hold(names[9] ?? '')]
    await write(ofA, enter(ofA, 'ada'), 'after')
    await b.instances.catchUp()
    expect(marksOf(ofB.parts())).toEqual(marksOf(ofA.parts()))
    expect(marksOf(ofB.parts()).length).toBe(2)
    expect([...b.rooms.all].filter(({ isIdle }) => !isIdle)).toEqual([ofB])
  })
})

describe('what is announced', () => {
  it('INSTANCE-9 goes out in as few payloads as PostgreSQL takes, and what is too large for one is left out', () => {
    const rooms = Array.from({ length: 500 }, (_, seq) => ({ kind: 'room' as const, room: roomName(), seq }))
    const who = { client: 1, clock: 1, state: 'x'.repeat(9_000), memberId: 'ada' }
    const payloads = pack(7, [...rooms, { kind: 'presence', room: 'r', who }, { kind: 'hello' }])
    expect(payloads.length).toBeLessThan(8)
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000)
    const read = payloads.map((payload) => unpack(payload))
    expect(read.every((message) => message?.from === 7)).toBe(true)
    expect(read.flatMap((message) => message?.announcements)).toEqual([...rooms, { kind: 'hello' }])
    expect(unpack('none of ours')).toBeNull()
  })
})
