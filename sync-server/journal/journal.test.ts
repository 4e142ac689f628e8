import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate as turnOfTheLoop, setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { makeLog } from '#server/log.ts'
import { readFailure } from '#server/postgres/failure.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { Thread } from '#server/threads/thread.ts'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import { compactRoom } from './compact.ts'
import { Journal } from './journal.ts'
import { DamagedRoom, loadRoom } from './load.ts'
import { type Merged, mergeProven } from './merge.ts'
import { SnapshotFiles } from './snapshot-files.ts'

/** The number of the instance that writes here. */
const ORIGIN = 1

const DAMAGES = process.env.LONG_TESTS ? 5_000 : 500
const SEED = Number(process.env.SEED ?? 24)
const PLACES = [
  ['journal_updates', 'bytes'],
  ['journal_updates', 'ranges'],
  ['journal_snapshots', 'bytes'],
  ['journal_snapshots', 'vector'],
]

let database: TestDatabase
let journal: Journal
const merger = new Thread<Uint8Array[], Merged>('sync-server/journal/merge-thread.ts', 60_000)

beforeAll(async () => {
  database = await openTestDatabase()
  journal = new Journal({ address: database.address, explain: (thrown) => readFailure(thrown, null) }, makeLog('silent'), ORIGIN)
})
afterAll(async () => {
  await journal.close(5_000)
  await merger.stop()
  await database.drop()
})

const room = (): string => `project/${randomUUID()}`
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

function editing(edits: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < edits; at++) {
    doc.getText('t').insert(at % 7, `${at} `)
    if (at % 5 === 0) doc.getText('t').delete(0, 1)
    doc.getMap('m').set(`k${at % 3}`, at)
  }
  return { doc, updates }
}

describe('the journal', () => {
  it('JOURNAL-1 what is acknowledged is in the database, in the order it was given, many rooms in one commit', async () => {
    const rooms = [room(), room(), room()]
    const before = journal.committed.batches
    const seqs = await Promise.all(
      Array.from({ length: 300 }, (_, at) => journal.append(rooms[at % 3] ?? '', bytes(at % 256, at >> 8, 0, 255), 'ada')),
    )
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs)
    expect(journal.committed.batches - before).toBeLessThan(30)
    for (const [index, name] of rooms.entries()) {
      const { tail } = await loadRoom(database.db, name)
      expect(tail.map((stored) => stored.bytes[0])).toEqual(Array.from({ length: 100 }, (_, at) => (at * 3 + index) % 256))
    }
  })

  it('JOURNAL-11 an update that comes alone leaves its readers a moment before the database is woken, unless somebody waits', async () => {
    const name = room()
    await journal.append(name, bytes(0), 'a')
    await wait(20)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const before = journal.committed.batches
      const alone = journal.append(name, bytes(1), 'a')
      for (let turn = 0; turn < 10; turn++) await turnOfTheLoop()
      await Promise.all([journal.commit([{ room: name, bytes: bytes(2), author: 'a' }]), alone])
      expect(journal.committed.batches - before).toBe(1)
    } finally {
      vi.useRealTimers()
    }
    expect((await loadRoom(database.db, name)).tail.map((stored) => stored.bytes[0])).toEqual([0, 1, 2])
  })

  it('JOURNAL-2 updates and what their guard writes are stored together or not at all', async () => {
    const name = room()
    expect(
      await journal.commit(
        [{ room: name, bytes: bytes(1), author: 'a' }],
        async (client) => (await client.query("insert into facts values ('guarded', '1')")).rowCount === 1,
      ),
    ).toHaveLength(1)
    expect(await journal.commit([{ room: name, bytes: bytes(2), author: 'a' }], () => Promise.resolve(false))).toBeNull()
    const failing = journal.commit(
      [{ room: name, bytes: bytes(3), author: 'a' }],
      async (client) => (await client.query("insert into facts values ('guarded', '2')")).rowCount === 1,
    )
    await expect(failing).rejects.toThrow(/duplicate key/)
    expect((await loadRoom(database.db, name)).tail.map((stored) => stored.bytes[0])).toEqual([1])
  })

  it('JOURNAL-3 when its connection is killed again and again nothing is acknowledged in vain, lost or out of order', async () => {
    const name = room()
    const killer = setInterval(
      () =>
        void database.db
          .query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slipway journal' and datname = current_database()",
          )
          .catch(() => undefined),
      150,
    )
    const acked: number[] = []
    let guarded = 0
    try {
      for (let at = 0; at < 250; at++) {
        if (at % 6 === 0) {
          const done = await journal.commit(
            [{ room: name, bytes: bytes(at), author: 'a' }],
            async (client) =>
              (await client.query("insert into facts values ($1, '1') on conflict do nothing", [`kill ${name} ${at}`])).rowCount === 1,
          )
          expect(done).not.toBeNull()
          guarded++
        } else await journal.append(name, bytes(at), 'a')
        acked.push(at)
      }
    } finally {
      clearInterval(killer)
    }
    const stored = (await loadRoom(database.db, name)).tail.map((found) => found.bytes[0] ?? -1)
    // An update whose commit was cut off may stand twice: updates are idempotent. Guarded ones stand exactly once.
    expect([...new Set(stored)]).toEqual(acked)
    expect(stored.filter((at) => at % 6 === 0)).toHaveLength(guarded)
    expect(journal.health.ok).toBe(true)
  }, 90_000)

  it('JOURNAL-4 compaction keeps the state, deletes exactly what it merged, and keeps two snapshots', async () => {
    const name = room()
    const { doc, updates } = editing(120)
    for (let part = 0; part < 4; part++) {
      await Promise.all(updates.slice(part * 30, part * 30 + 30).map((update) => journal.append(name, update, 'a')))
      const late = part === 3 ? journal.append(name, updates[0] ?? bytes(), 'late') : null
      const done = await compactRoom(database.db, merger, name)
      expect(done).not.toBeNull()
      await late
    }
    for (const update of updates.slice(120)) await journal.append(name, update, 'a')
    const { snapshot, tail } = await loadRoom(database.db, name)
    const again = new Y.Doc()
    for (const stored of [...(snapshot ? [snapshot] : []), ...tail]) Y.applyUpdate(again, stored.bytes)
    expect(Y.encodeStateAsUpdate(again)).toEqual(Y.encodeStateAsUpdate(doc))
    expect(again.getText('t').toString()).toBe(doc.getText('t').toString())
    const { rows } = await database.db.query<{ count: string }>('select count(*) from journal_snapshots where room = $1', [name])
    expect(Number(rows[0]?.count)).toBe(2)
  })

  it('JOURNAL-5 a merge keeps updates that wait for ones not there yet', () => {
    const { doc, updates } = editing(40)
    const merged = mergeProven(updates.filter((_, at) => at !== 7))
    const again = new Y.Doc()
    Y.applyUpdate(again, merged.bytes)
    Y.applyUpdate(again, updates[7] ?? bytes())
    expect(again.getText('t').toString()).toBe(doc.getText('t').toString())
  })

  it('JOURNAL-6 a room with a flipped byte is not opened', async () => {
    const name = room()
    await journal.append(name, bytes(1, 2, 3), 'a')
    await database.db.query('update journal_updates set bytes = set_byte(bytes, 1, 99) where room = $1', [name])
    await expect(loadRoom(database.db, name)).rejects.toThrow(DamagedRoom)
  })

  it.each(['set_byte(ranges, 1, 99)', 'null', "ranges || '\\x00'"])(
    'JOURNAL-6 a room is not opened where the ranges beside an update became %s',
    async (damage) => {
      const name = room()
      await journal.commit([{ room: name, bytes: bytes(1, 2, 3), author: 'a', ranges: bytes(4, 5) }])
      expect((await loadRoom(database.db, name)).tail[0]?.ranges).toEqual(Buffer.from([4, 5]))
      await database.db.query(`update journal_updates set ranges = ${damage} where room = $1`, [name])
      await expect(loadRoom(database.db, name)).rejects.toThrow(DamagedRoom)
    },
  )

  it.each([
    ['bytes', 'set_byte(bytes, 700, get_byte(bytes, 700) # 1)'],
    ['vector', 'set_byte(vector, 2, get_byte(vector, 2) # 1)'],
    ['vector', 'null'],
    ['vector', "vector || '\\x00'"],
  ])('JOURNAL-6 a snapshot whose %s became %s is not opened', async (column, damage) => {
    const name = room()
    for (const update of editing(200).updates) void journal.append(name, update, 'a')
    await journal.flush()
    await compactRoom(database.db, merger, name)
    expect((await loadRoom(database.db, name)).snapshot?.vector).toBeTruthy()
    await database.db.query(`update journal_snapshots set ${column} = ${damage} where room = $1`, [name])
    await expect(loadRoom(database.db, name)).rejects.toThrow(DamagedRoom)
  })

  it(`S24 of ${DAMAGES} flips and cuts in what is stored not one is overlooked: the room is not opened, and what to do is said`, async () => {
    const name = room()
    const { updates } = editing(200)
    const entries = updates.map((update, at) => ({ room: name, bytes: update, author: 'a', ranges: at % 3 ? null : update.subarray(0, 9) }))
    await journal.commit(entries.slice(0, 150))
    await compactRoom(database.db, merger, name)
    await journal.commit(entries.slice(150))
    const whole = await loadRoom(database.db, name)
    const dice = seededDice(SEED)
    const upTo = (most: number): number => Math.floor(dice() * most)
    for (let at = 0; at < DAMAGES; at++) {
      const [table = '', column = ''] = PLACES[upTo(PLACES.length)] ?? []
      const rows = `${table} where room = $1 and octet_length(${column}) > 0`
      const found = await database.db.query<{ seq: string; was: Buffer }>(`select seq, ${column} as was from ${rows} order by seq`, [name])
      const { seq, was } = found.rows[upTo(found.rows.length)] ?? { seq: '', was: Buffer.alloc(0) }
      const damaged = Buffer.from(upTo(4) === 0 ? Buffer.concat([was, bytes(upTo(256))]) : was).subarray(
        0,
        upTo(3) === 0 ? upTo(was.length) : was.length + 1,
      )
      const flipped = upTo(was.length)
      if (damaged.length === was.length) damaged[flipped] = (damaged[flipped] ?? 0) ^ (1 << upTo(8))
      const write = (value: Buffer) =>
        database.db.query(`update ${table} set ${column} = $2 where room = $1 and seq = $3`, [name, value, seq])
      await write(damaged)
      const loaded = await loadRoom(database.db, name).catch((thrown: unknown) => thrown)
      await write(was)
      const say = `${column} of ${table} became ${damaged.toString('hex')}, SEED=${SEED}`
      if (damaged.equals(was)) expect(loaded, say).toEqual(whole)
      else
        expect(loaded, say).toMatchObject({
          name: 'DamagedRoom',
          message: expect.stringContaining('Restore the data folder from a backup.'),
        })
    }
    expect(await loadRoom(database.db, name)).toEqual(whole)
  }, 120_000)

  it('JOURNAL-7 bytes of every value and any length, and the ranges beside some, are read as they were given', async () => {
    const name = room()
    const all = Uint8Array.from({ length: 256 }, (_, at) => at)
    const large = Buffer.alloc(3_000_001, all)
    const sizes = [
      131_071,
      131_072,
      131_073,
      262_144,
      3_000_001,
      1_048_575,
      1_048_576,
      ...Array.from({ length: 900 }, (_, at) => at * 3 + 1),
    ]
    const given = [bytes(0), all, ...sizes.map((size) => large.subarray(0, size)), bytes(255)].map((update, at) => ({
      room: name,
      bytes: update,
      author: 'a',
      ranges: at % 5 === 2 ? large.subarray(at, at + 1 + (at % 7)) : null,
    }))
    await journal.commit(given)
    const { tail, snapshot } = await loadRoom(database.db, name)
    expect(snapshot).toBeNull()
    expect(tail.length).toBe(given.length)
    for (const [at, { bytes: update, ranges }] of given.entries()) {
      expect(Buffer.compare(tail[at]?.bytes ?? bytes(), update), `update ${at}`).toBe(0)
      expect(tail[at]?.ranges, `ranges ${at}`).toEqual(ranges)
    }
  })

  describe('a large snapshot', () => {
    const folder = path.join(tmpdir(), `slipway-snapshots-${randomUUID()}`)
    const files = new SnapshotFiles(folder)
    const doc = new Y.Doc()
    for (let at = 0; at < 40; at++) doc.getMap('m').set(`k${at}`, randomUUID().repeat(1_000))
    const update = Y.encodeStateAsUpdate(doc)
    let name = ''
    beforeEach(async () => {
      name = room()
      await journal.append(name, update, 'a')
      const done = await compactRoom(database.db, merger, name)
      if (done) await files.keep(name, done.snapshot.bytes)
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))
    const fileOf = async (): Promise<string> => {
      const wanted = createHash('sha256').update(name).digest('hex').slice(0, 32)
      return path.join(folder, (await readdir(folder)).find((file) => file === wanted) ?? 'there is none')
    }

    it('JOURNAL-9 is read from its file, with what came since', async () => {
      await journal.append(name, bytes(7), 'a')
      // Where the database alone could not give the bytes, they must have come out of the file.
      await database.db.query('update journal_snapshots set bytes = set_byte(bytes, 700000, get_byte(bytes, 700000) # 1) where room = $1', [
        name,
      ])
      await expect(loadRoom(database.db, name)).rejects.toThrow(DamagedRoom)
      const { snapshot, tail } = await loadRoom(database.db, name, files)
      expect(Buffer.compare(snapshot?.bytes ?? bytes(), update)).toBe(0)
      expect(tail.map((stored) => stored.bytes[0])).toEqual([7])
    })

    it.each([
      ['changed', async (file: string) => writeFile(file, (await readFile(file)).fill(9, 500_000, 500_001))],
      ['cut off', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 700_000))],
      ['that of an older snapshot', async (file: string) => writeFile(file, Buffer.alloc(update.length, 3))],
      ['gone', async (file: string) => rm(file)],
    ])('JOURNAL-9 is read from the database where its file is %s', async (_, damage) => {
      const file = await fileOf()
      await damage(file)
      const { snapshot } = await loadRoom(database.db, name, files)
      expect(Buffer.compare(snapshot?.bytes ?? bytes(), update)).toBe(0)
      await vi.waitFor(async () => expect(Buffer.compare(await readFile(file), update)).toBe(0), 5_000)
    })

    it('JOURNAL-9 with a wrong state vector is not opened, whatever its file holds', async () => {
      await database.db.query('update journal_snapshots set vector = set_byte(vector, 1, get_byte(vector, 1) # 1) where room = $1', [name])
      await expect(loadRoom(database.db, name, files)).rejects.toThrow(DamagedRoom)
    })

    it('JOURNAL-9 leaves one file a room', async () => {
      doc.getMap('m').set('more', 1)
      await journal.append(name, Y.encodeStateAsUpdate(doc), 'a')
      const before = await readdir(folder)
      const done = await compactRoom(database.db, merger, name)
      if (done) await files.keep(name, done.snapshot.bytes)
      expect((await readdir(folder)).length).toBe(before.length)
      expect((await readFile(await fileOf())).length).toBe(done?.snapshot.bytes.length)
    })
  })

  it('JOURNAL-8 a snapshot comes with the state vector that its bytes tell', async () => {
    const name = room()
    const { doc, updates } = editing(60)
    await journal.append(name, Y.mergeUpdates(updates), 'a')
    await compactRoom(database.db, merger, name)
    const { snapshot } = await loadRoom(database.db, name)
    expect(Y.decodeStateVector(snapshot?.vector ?? bytes())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
  })

  it('JOURNAL-8 a snapshot in which something waits for what is not there yet comes with none', async () => {
    const { updates } = editing(40)
    expect(mergeProven(updates).vector).not.toBeNull()
    expect(mergeProven(updates.filter((_, at) => at !== 7)).vector).toBeNull()
    const name = room()
    await journal.append(name, Y.mergeUpdates(updates.slice(8)), 'a')
    await compactRoom(database.db, merger, name)
    expect((await loadRoom(database.db, name)).snapshot?.vector).toBeNull()
  })
})
