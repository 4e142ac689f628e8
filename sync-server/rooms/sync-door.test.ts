import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { personRoom } from '#domain/core/rooms.ts'
import { CLOSE, MESSAGE_ACK, MESSAGE_REFUSED, MESSAGE_SET_BACK, MESSAGE_TROUBLE } from '#domain/core/wire.ts'
import { insertEntries } from '#server/journal/insert.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'
import { startTestServer, type TestServer, until } from '#server/test-server.ts'
import { awarenessFrame, readFrame, step1Frame, updateFrame } from './frames.ts'
import { writeAwareness } from './presence.ts'
import { encodeVarUints } from './state-vector.ts'

let server: TestServer
let member: string
let viewer: string

beforeAll(async () => {
  server = await startTestServer()
  member = await server.token('member', 'Ada')
  viewer = await server.token('viewer', 'Vi')
})
afterAll(() => server.stop())

const room = (): string => `project/${randomUUID()}`
const idOf = async (token: string): Promise<string> => (await server.api(token).session.me.query())?.member.id ?? ''

/** A bare socket that keeps what it hears. */
function socket(name: string, token: string, query = '?ack=1') {
  const ws = new WebSocket(server.url(name, query), { headers: { authorization: `Bearer ${token}` } })
  const heard: {
    acks: number
    refused: { place: number; code: string; sentence: string }[]
    troubles: string[]
    setBack: boolean
    frames: Uint8Array[]
  } = { acks: 0, refused: [], troubles: [], setBack: false, frames: [] }
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    ws.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  ws.on('error', () => undefined)
  ws.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(data)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE_ACK) heard.acks = decoding.readVarUint(decoder)
    else if (type === MESSAGE_REFUSED)
      heard.refused.push({
        place: decoding.readVarUint(decoder),
        code: decoding.readVarString(decoder),
        sentence: decoding.readVarString(decoder),
      })
    else if (type === MESSAGE_TROUBLE) heard.troubles.push(decoding.readVarString(decoder))
    else if (type === MESSAGE_SET_BACK) heard.setBack = true
    else heard.frames.push(new Uint8Array(data))
  })
  const opened = new Promise<void>((resolve) => ws.once('open', () => resolve()))
  return { ws, heard, closed, opened }
}

/** Writes an update into the journal's table, as a server that ran before would have. */
async function appended(name: string, bytes: Uint8Array): Promise<void> {
  await insertEntries(server.db, [{ room: name, bytes, author: 'server' }], Date.now(), 0)
}

function someUpdates(count: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < count; at++) doc.getText('t').insert(0, `${at} `)
  return updates
}

/** An update of so many bytes. */
function boardOf(bytes: number): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'x'.repeat(bytes))
  return Y.encodeStateAsUpdate(doc)
}

describe('the sync door', { timeout: 60_000 }, () => {
  it('SYNC-1 two y-websocket clients see each other, and a third gets all of it after a restart', async () => {
    const name = room()
    const [ada, bob] = [server.client(name, member), server.client(name, member)]
    ada.doc.getMap('m').set('from', 'ada')
    bob.doc.getText('t').insert(0, 'hello')
    await until('both have both', () => bob.doc.getMap('m').get('from') === 'ada' && ada.doc.getText('t').toString() === 'hello')
    await server.restart()
    const eve = server.client(name, viewer)
    await until('eve has both', () => eve.doc.getMap('m').get('from') === 'ada' && eve.doc.getText('t').toString() === 'hello')
    ada.doc.getText('t').insert(5, ' again')
    await until('the edit after the restart arrives', () => eve.doc.getText('t').toString() === 'hello again')
  })

  it('SYNC-2 an edit made while the server was away arrives when it is back', async () => {
    const name = room()
    const ada = server.client(name, member)
    await until('ada is in', () => ada.provider.synced)
    ada.provider.disconnect()
    ada.doc.getText('t').insert(0, 'offline')
    ada.provider.connect()
    const bob = server.client(name, member)
    await until('bob has it', () => bob.doc.getText('t').toString() === 'offline')
  })

  it('SYNC-17 whoever has nothing says so at the door, is told all at once and not twice, but whatever else is asked is answered', async () => {
    const name = room()
    const updates = someUpdates(30)
    for (const update of updates) await appended(name, update)
    const eve = socket(name, member, '?ack=1&all=1')
    const told = (): string[] => eve.heard.frames.map((frame) => readFrame(frame).kind)
    await until('all is told, unasked, behind the question', () => told().includes('step2'))
    expect(told()).toEqual(['step1', ...updates.slice(1).map(() => 'update'), 'step2'])
    const text = (): string => {
      const doc = new Y.Doc()
      for (const frame of eve.heard.frames.map((bytes) => readFrame(bytes)))
        if (frame.kind === 'update' || frame.kind === 'step2') Y.applyUpdate(doc, frame.update)
      return doc.getText('t').toString()
    }
    expect(text().startsWith('29 28 27 ')).toBe(true)
    const before = eve.heard.frames.length
    eve.ws.send(step1Frame(Uint8Array.of(0)))
    // What is asked within one turn is answered once.
    for (let turn = 0; turn < 2; turn++) {
      eve.ws.ping()
      await new Promise((resolve) => eve.ws.once('pong', resolve))
    }
    eve.ws.send(step1Frame(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(updates.slice(0, 29)))))
    await until('the second question is answered', () => eve.heard.frames.length > before)
    expect(told().slice(before)).toEqual(['step2'])
    eve.ws.send(step1Frame(Uint8Array.of(0)))
    await until('the third is answered by all of it', () => eve.heard.frames.length === before + 1 + updates.length)
    eve.ws.close()
    const nobody = socket(room(), member, '?ack=1&all=1')
    await until('that there is nothing is told too', () => nobody.heard.frames.some((frame) => readFrame(frame).kind === 'step2'))
    nobody.ws.close()
  })

  it('SYNC-3 S04 of 10,000 acknowledgements each is true: a second connection finds the update in the database, also around a full disk', async () => {
    const other = new pg.Client({ connectionString: server.running.databaseUrl })
    await other.connect()
    const writers = Array.from({ length: 20 }, () => ({ name: room(), updates: someUpdates(500), acked: 0 }))
    let early: string[] = []
    try {
      const all = Promise.all(
        writers.map(async (writer) => {
          const { ws, heard, opened } = socket(writer.name, member)
          await opened
          const stored = new Set<string>()
          for (let sent = 0, last = '0'; writer.acked < writer.updates.length; ) {
            const before = heard.acks
            for (const most = before + 1 + Math.floor(Math.random() * 24); sent < Math.min(most, writer.updates.length); sent++)
              ws.send(updateFrame(writer.updates[sent] as Uint8Array))
            await until('some more are acknowledged', () => heard.acks > before)
            const { acks } = heard
            const { rows } = await other.query<{ seq: string; bytes: Buffer }>(
              'select seq, bytes from journal_updates where room = $1 and seq > $2 order by seq',
              [writer.name, last],
            )
            for (const { seq, bytes } of rows) stored.add(bytes.toString('base64')) && (last = seq)
            early = early.concat(
              writer.updates
                .slice(writer.acked, acks)
                .flatMap((update) => (stored.has(Buffer.from(update).toString('base64')) ? [] : writer.name)),
            )
            writer.acked = acks
          }
          ws.close()
        }),
      )
      await until('half of them have come', () => writers.reduce((sum, { acked }) => sum + acked, 0) > 5_000)
      const empty = await server.fill('journal_updates')
      await new Promise((resolve) => setTimeout(resolve, 200))
      await empty()
      await all
      expect(writers.reduce((sum, { acked }) => sum + acked, 0)).toBe(10_000)
      expect(early).toEqual([])
    } finally {
      await other.end()
    }
  })

  it("SYNC-4 a viewer's update is refused with a sentence, counted, and reaches nobody", async () => {
    const name = room()
    const watching = server.client(name, member)
    await until('the watcher is in', () => watching.provider.synced)
    const { ws, heard, opened } = socket(name, viewer)
    await opened
    for (const update of someUpdates(2)) ws.send(updateFrame(update))
    await until('both are refused', () => heard.acks === 2)
    expect(heard.refused.map(({ place, code }) => [place, code])).toEqual([
      [1, 'role-read-only'],
      [2, 'role-read-only'],
    ])
    expect(heard.refused[0]?.sentence).toMatch(/viewer/)
    expect(heard.frames.every((frame) => readFrame(frame).kind !== 'step1')).toBe(true)
    expect(watching.doc.getText('t').toString()).toBe('')
    const { rowCount } = await server.db.query('select 1 from journal_updates where room = $1', [name])
    expect(rowCount).toBe(0)
    ws.close()
  })

  it('SYNC-5 nobody but the server writes the record', async () => {
    const { ws, heard, opened } = socket(`record/${randomUUID()}`, await server.token('admin', 'Root'))
    await opened
    for (const update of someUpdates(1)) ws.send(updateFrame(update))
    await until('it is refused', () => heard.refused.length === 1)
    expect(heard.refused[0]?.code).toBe('record-read-only')
    ws.close()
  })

  it('SYNC-13 S26 whoever holds more of the record than the database is told that it was set back; who holds less gets the rest', async () => {
    const name = `record/${randomUUID()}`
    const [first, second] = someUpdates(2)
    for (const bytes of [first, second]) await appended(name, bytes as Uint8Array)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, first as Uint8Array)
    const behind = Y.encodeStateVector(doc)
    doc.getText('t').insert(0, 'what the database does not know any more')
    const ahead = Y.encodeStateVector(doc)
    const answers: string[] = []
    for (const [vector, query] of [
      [behind, '?ack=1'],
      [ahead, '?ack=1'],
      // Who knows nothing of that message is answered as ever.
      [ahead, ''],
    ] as const) {
      const { ws, heard, opened } = socket(name, member, query)
      await opened
      ws.send(step1Frame(vector))
      await until('it is answered', () => heard.setBack || heard.frames.some((frame) => readFrame(frame).kind === 'step2'))
      answers.push(heard.setBack ? 'set back' : 'the rest')
      ws.close()
    }
    expect(answers).toEqual(['the rest', 'set back', 'the rest'])
  })

  it('SYNC-19 S19 a reader that takes nothing in is let go before it costs much memory; others notice nothing, and it catches up when it comes back', async () => {
    const name = room()
    const [ada, bob] = [server.client(name, member), server.client(name, member)]
    await until('both are in', () => ada.provider.synced && bob.provider.synced)
    const slow = new WebSocket(server.url(name), { headers: { authorization: `Bearer ${member}` } })
    await once(slow, 'open')
    const isGone = once(slow, 'close')
    const { _socket: line } = slow as unknown as { _socket: Socket }
    line.pause()
    const piece = 'x'.repeat(2_000_000)
    for (let at = 0; at < 24; at++) {
      ada.doc.getMap('m').set(`piece ${at}`, piece + at)
      await until('the other reader has it', () => bob.doc.getMap('m').has(`piece ${at}`))
    }
    // What it was sent before it was let go comes out of the line first.
    line.resume()
    await isGone
    const back = server.client(name, member)
    await until('it has all of it when it comes back', () => back.doc.getMap('m').size === 24)
    ada.doc.getMap('m').clear()
    await until('and goes on', () => back.doc.getMap('m').size === 0)
  })

  it('SYNC-6 a malformed frame closes its own socket with 4400 and a reason, and nobody else notices', async () => {
    const name = room()
    const bystander = server.client(name, member)
    await until('the bystander is in', () => bystander.provider.synced)
    const bomb = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0, 0, 0, 0, 0, 0, 0)
    for (const bytes of [
      updateFrame(bomb),
      Uint8Array.of(0),
      Uint8Array.of(0, 0, 200),
      Uint8Array.of(1, 3, 255, 255, 255),
      new Uint8Array(0),
    ]) {
      const { ws, closed, opened } = socket(name, member)
      await opened
      ws.send(bytes)
      const { code, reason } = await closed
      expect(code).toBe(CLOSE.badFrame)
      expect(reason).toMatch(/malformed/)
    }
    expect(bystander.provider.wsconnected).toBe(true)
    const writer = server.client(name, member)
    writer.doc.getText('t').insert(0, 'still here')
    await until('the room lives on', () => bystander.doc.getText('t').toString() === 'still here')
  })

  it('SYNC-7 presence is relayed, bound to its connection, and ends with it', async () => {
    const name = room()
    const [ada, bob] = [server.client(name, member), server.client(name, viewer)]
    type Seen = { user?: { name: string; memberId: string; color?: string }; at?: string }
    const seenBy = (one: typeof ada, other: typeof ada): Seen | undefined => one.provider.awareness.getStates().get(other.doc.clientID)
    ada.provider.awareness.setLocalStateField('user', { name: 'Ada', color: 'red' })
    await until('bob sees ada', () => seenBy(bob, ada)?.user?.name === 'Ada')
    const { memberId = '', color } = seenBy(bob, ada)?.user ?? {}
    expect(color).toBe('red')
    bob.provider.awareness.setLocalStateField('user', { name: 'Ada', memberId })
    bob.provider.awareness.setLocalStateField('user', { name: 'Ada' })
    await until('ada sees bob, who may only look', () => seenBy(ada, bob) !== undefined)
    expect(seenBy(ada, bob)?.user, 'he appears as who he is').toMatchObject({ name: 'Vi' })
    expect(seenBy(ada, bob)?.user?.memberId).not.toBe(memberId)
    const { ws, heard } = socket(name, member)
    await until('mallory is let in, while ada is there', () => heard.frames.length > 0)
    const encoder = encoding.createEncoder()
    for (const number of [1, ada.doc.clientID, 1_000]) encoding.writeVarUint(encoder, number)
    encoding.writeVarString(encoder, JSON.stringify({ user: { name: 'Mallory' } }))
    const forged = encoding.createEncoder()
    encoding.writeVarUint(forged, 1)
    encoding.writeVarUint8Array(forged, encoding.toUint8Array(encoder))
    ws.send(encoding.toUint8Array(forged))
    ada.provider.awareness.setLocalStateField('at', 'there')
    await until('bob hears ada, not mallory', () => seenBy(bob, ada)?.at === 'there')
    ada.provider.destroy()
    await until('ada is gone', () => !bob.provider.awareness.getStates().has(ada.doc.clientID))
    ws.close()
  })

  it('SYNC-8 whoever may not enter is told why by a closing code', async () => {
    const cases: [string, string, string, number][] = [
      [room(), 'nonsense', '', CLOSE.unauthenticated],
      ['nowhere/else', member, '', CLOSE.roomUnknown],
      [room(), await server.token('runner', 'box'), '', CLOSE.forbidden],
      [room(), 'nonsense', '?ticket=used-up', CLOSE.unauthenticated],
      [personRoom(await idOf(viewer)), member, '', CLOSE.forbidden],
      [personRoom(await idOf(viewer)), await server.token('admin', 'Rita'), '', CLOSE.forbidden],
      [personRoom(randomUUID()), viewer, '', CLOSE.forbidden],
    ]
    for (const [name, token, query, expected] of cases) {
      const { closed } = socket(name, token, query)
      const { code, reason } = await closed
      expect(code, name).toBe(expected)
      expect(reason.length).toBeGreaterThan(10)
    }
  })

  it('SYNC-8 a viewer writes in their own room, and nowhere else', async () => {
    const [own, project] = [personRoom(await idOf(viewer)), room()]
    const edit = updateFrame(someUpdates(1)[0] as Uint8Array)
    const [there, elsewhere] = [socket(own, viewer), socket(project, viewer)]
    await Promise.all([there.opened, elsewhere.opened])
    there.ws.send(edit)
    elsewhere.ws.send(edit)
    await until('one is taken, the other refused', () => there.heard.acks === 1 && elsewhere.heard.refused.length === 1)
    expect(there.heard.refused).toEqual([])
    for (const { ws } of [there, elsewhere]) ws.close()
    const phone = server.client(own, viewer)
    await until('another device of theirs has it', () => phone.doc.getText('t').length > 0)
  })

  it('SYNC-9 a ticket opens one socket once', async () => {
    const { ticket } = await server.api(member).session.ticket.mutate()
    const name = room()
    const first = socket(name, 'none', `?ticket=${ticket}`)
    await first.opened
    await until('the first is let in', () => first.heard.frames.length > 0)
    const second = socket(name, 'none', `?ticket=${ticket}`)
    expect((await second.closed).code).toBe(CLOSE.unauthenticated)
    first.ws.close()
  })

  it('SYNC-10 a deactivated member is put out, a demoted one comes back as a viewer', async () => {
    const admin = server.api(await server.token('admin', 'Root'))
    const joe = await server.token('member', 'Joe')
    const name = room()
    const here = socket(name, joe)
    await here.opened
    await until('joe is let in', () => here.heard.frames.length > 0)
    const { id } = (await admin.members.list.query()).find((found) => found.username === 'Joe') ?? { id: '' }
    await admin.members.setRole.mutate({ memberId: id, role: 'viewer' })
    expect((await here.closed).code).toBe(CLOSE.shuttingDown)
    const again = socket(name, joe)
    await again.opened
    for (const update of someUpdates(1)) again.ws.send(updateFrame(update))
    await until('he is a viewer now', () => again.heard.refused.length === 1)
    await admin.members.deactivate.mutate({ memberId: id })
    expect((await again.closed).code).toBe(CLOSE.unauthenticated)
    expect((await socket(name, joe).closed).code).toBe(CLOSE.unauthenticated)
  })

  it.each([
    ['a byte of an update is another', 'update journal_updates set bytes = set_byte(bytes, 3, get_byte(bytes, 3) # 1) where room = $1'],
    ['an update is cut off', 'update journal_updates set bytes = substring(bytes from 1 for 5) where room = $1'],
    ['what stands beside an update is another', "update journal_updates set ranges = '\\x01' where room = $1"],
    ['a checksum is another', 'update journal_updates set checksum = checksum + 1 where room = $1'],
    [
      'a snapshot is another',
      'insert into journal_snapshots (room, seq, bytes, at, checksum) select room, seq, bytes, at, checksum + 1 from journal_updates where room = $1',
    ],
    ['the bytes of an update are none', "update journal_updates set bytes = '\\xffff', checksum = 4294901760 where room = $1"],
    [
      'the database cannot answer',
      'alter table journal_updates rename to journal_updates_away',
      'alter table journal_updates_away rename to journal_updates',
    ],
  ])('S12 where %s nobody gets into a room, and nothing is stored on top', async (_, damage, mend = '') => {
    const name = room()
    await appended(name, boardOf(20))
    const stored = async (): Promise<unknown> =>
      (
        await server.db.query(
          'select (select json_agg(u) from journal_updates u where room = $1) as u, (select json_agg(s) from journal_snapshots s where room = $1) as s',
          [name],
        )
      ).rows
    await server.db.query(damage.replace('$1', `'${name}'`))
    const before = mend ? null : await stored()
    for (const token of [member, viewer]) {
      const { ws, heard, closed, opened } = socket(name, token)
      await opened
      ws.send(updateFrame(boardOf(3)))
      expect(await closed).toMatchObject({ code: CLOSE.serverError, reason: expect.stringContaining('cannot be opened') })
      expect(heard).toMatchObject({ acks: 0, frames: [] })
    }
    if (before) return expect(await stored()).toEqual(before)
    await server.db.query(mend)
    const back = server.client(name, member)
    await until('it opens when the database is back', () => back.doc.getText('t').length === 20)
  })

  it('SYNC-11 the same answer sent again is acknowledged and stored once', async () => {
    const name = room()
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'abc')
    doc.getText('t').delete(1, 1)
    const whole = Y.encodeStateAsUpdate(doc)
    const answer = Uint8Array.of(0, 1, whole.length, ...whole)
    for (let times = 0; times < 3; times++) {
      const { ws, heard, opened } = socket(name, member)
      await opened
      ws.send(answer)
      await until('it is acknowledged', () => heard.acks === 1)
      ws.close()
    }
    const { rowCount } = await server.db.query('select 1 from journal_updates where room = $1', [name])
    expect(rowCount).toBeLessThanOrEqual(2)
  })

  it('SYNC-12 that nothing can be stored is told once, to who is there, who comes meanwhile and where else it matters; and its end', async () => {
    const [name, other] = [room(), room()]
    const [writer, reader, plain] = [socket(name, member), socket(other, viewer), socket(other, viewer, '')]
    await Promise.all([writer.opened, reader.opened, plain.opened])
    const makeRoom = await server.fill('journal_updates')
    for (const update of someUpdates(3)) writer.ws.send(updateFrame(update))
    await until('both are told', () => writer.heard.troubles.length + reader.heard.troubles.length === 2)
    const late = socket(other, viewer)
    await until('who comes meanwhile is told', () => late.heard.troubles.length === 1)
    const { status, body } = await fetch(`${server.running.url}/readyz`).then(async (found) => ({
      status: found.status,
      body: await found.json(),
    }))
    expect([status, body]).toEqual([503, { ok: false, reason: DISK_FULL }])
    expect(writer.heard.acks).toBe(0)

    await makeRoom()
    await until('everything is acknowledged', () => writer.heard.acks === 3)
    const told = [writer, reader, late].map(({ heard }) => heard.troubles)
    await until('its end is told', () => told.every(({ length }) => length === 2))
    expect(told).toEqual(told.map(() => [DISK_FULL, '']))
    expect(plain.heard.troubles, 'a client that asked for no acknowledgements').toEqual([])
    for (const { ws } of [writer, reader, plain, late]) ws.close()
  })

  it('SYNC-15 a large update is read in a thread, and what comes behind it is stored behind it', async () => {
    const name = room()
    const { ws, heard, opened } = socket(name, member)
    await opened
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    doc.getText('t').insert(0, 'large '.repeat(50_000))
    for (let at = 0; at < 5; at++) doc.getText('t').insert(0, `${at} `)
    for (const update of updates) ws.send(updateFrame(update))
    await until('all are acknowledged', () => heard.acks === 6)
    const { rows } = await server.db.query<{ bytes: Buffer }>('select bytes from journal_updates where room = $1 order by seq', [name])
    expect(rows.map(({ bytes }) => bytes.length)).toEqual(updates.map(({ length }) => length))
    ws.close()
  })

  it('SYNC-16 X15 nobody goes on with the id of somebody else, who is told nothing and loses nothing', async () => {
    const name = room()
    const [bob, victim] = [socket(name, await server.token('member', 'Bob')), server.client(name, member)]
    await bob.opened
    await until('she is in', () => victim.provider.synced)
    victim.doc.getText('t').insert(0, 'online ')
    await until('it is forwarded', () => bob.heard.frames.some((frame) => readFrame(frame).kind === 'update'))
    victim.provider.disconnect()
    victim.doc.getText('t').insert(7, 'and offline')
    const forged = encodeVarUints([1, 1, victim.doc.clientID, 7, 0, 2 ** 32 - 8, 0])
    bob.ws.send(updateFrame(forged))
    await until('it is refused and counted', () => bob.heard.acks === 1)
    expect(bob.heard.refused.map(({ place, code }) => [place, code])).toEqual([[1, 'foreign-id']])
    victim.provider.connect()
    const eve = server.client(name, viewer)
    await until('all she wrote is there', () => eve.doc.getText('t').toString() === 'online and offline')
    bob.ws.close()
  })

  it('SYNC-7 SYNC-18 S3 whoever does not answer any more is gone within half a minute, for those who look too; a slow line is no silence', async () => {
    const name = room()
    const ada = server.client(name, viewer)
    const full = room()
    await appended(full, boardOf(600_000))
    // Lines on which an answer to a ping would come behind a large frame, this way or that.
    const headers = { authorization: `Bearer ${member}` }
    const told = new WebSocket(server.url(full, '?ack=1&all=1'), { headers, autoPong: false })
    const tells = new WebSocket(server.url(room()), { headers, autoPong: false })
    const drip = setInterval(() => tells.readyState === tells.OPEN && tells.send(Buffer.alloc(100), { fin: false }), 1_000)
    const isThere = (): boolean => ada.provider.awareness.getStates().has(7)
    // A closed lid: the line stands, and nothing answers on it.
    const asleep = new WebSocket(server.url(name), { headers: { authorization: `Bearer ${member}` }, autoPong: false })
    const closed = new Promise<number>((resolve) => asleep.once('close', resolve))
    asleep.once('open', () => asleep.send(awarenessFrame(writeAwareness([{ client: 7, clock: 1, state: '{}' }]))))
    await until('she is shown', isThere)
    const began = Date.now()
    expect(await closed).toBe(1006)
    await until('nobody sees her', () => !isThere())
    expect(Date.now() - began).toBeLessThan(30_000)
    expect([told.readyState, tells.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN])
    clearInterval(drip)
    for (const one of [told, tells]) one.terminate()
  })
})
