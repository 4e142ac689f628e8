import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { sumOf } from '#server/journal/checksum.ts'
import { insertEntries } from '#server/journal/insert.ts'
import { loadRoom } from '#server/journal/load.ts'
import { mergeProven } from '#server/journal/merge.ts'
import { makeLog } from '#server/log.ts'
import { inTransaction } from '#server/postgres/pool.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { BlobRegister } from './blob-register.ts'
import { BlobTable } from './blob-table.ts'
import { ANY_FILE, Blobs, OF_PEOPLE } from './blobs.ts'
import { namesIn } from './names-in.ts'
import { type SweepParts, sweep } from './sweep.ts'
import { Sweeper } from './sweeper.ts'

const DAY = 86_400_000
const KEEP = 30

let database: TestDatabase
let folder: string
let register: BlobRegister
/** Two servers that share the database. */
let servers: Blobs[]

beforeAll(async () => {
  database = await openTestDatabase()
  register = new BlobRegister(database.db)
})
beforeEach(async () => {
  await database.db.query('truncate blobs, blob_names, rooms_read, blob_parts, journal_updates, journal_snapshots, facts, turns')
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-sweep-'))
  servers = ['a', 'b'].map((name) => new Blobs(path.join(folder, name), new BlobTable(database.db), register))
  docs.clear()
  return () => rm(folder, { recursive: true })
})
afterAll(() => database.drop())

const picture = (n: number): Uint8Array => Buffer.concat([Buffer.from('GIF89a'), Buffer.from(`picture ${n}`)])
const hashes = new Map<number, string>()

async function store(n: number, at = servers[0], taken = OF_PEOPLE): Promise<string> {
  const kept = await (at as Blobs).put(new Blob([picture(n) as Uint8Array<ArrayBuffer>]).stream(), taken)
  if (!kept.ok) throw new Error(kept.message)
  hashes.set(n, kept.value.sha256)
  tooLate.delete(kept.value.sha256)
  return kept.value.sha256
}

const docs = new Map<string, Y.Doc>()
/** Writes to a room as its text; `origin`: through which server. */
async function write(room: string, edit: (text: Y.Text) => void, origin = 1): Promise<void> {
  const doc = docs.get(room) ?? new Y.Doc()
  docs.set(room, doc)
  const before = Y.encodeStateVector(doc)
  edit(doc.getText('text'))
  await inTransaction(database.db, async (client) => {
    await insertEntries(client, [{ room, bytes: Y.encodeStateAsUpdate(doc, before), author: 'ada' }], 0, origin)
    const { rows } = await client.query<{ sha256: string }>('select sha256 from blobs where removed_at is not null')
    gone = new Set(rows.map(({ sha256 }) => sha256))
  })
  for (const sha256 of gone) tooLate.add(sha256)
}
/** What was removed before the last thing that was written to any room: a link to it may have come since. */
let gone: ReadonlySet<string> = new Set()
const tooLate = new Set<string>()
const show = (room: string, sha256: string, origin = 1) => write(room, (text) => text.insert(0, `![x](/blobs/${sha256})`), origin)
const hide = (room: string) => write(room, (text) => text.delete(0, text.length))

const updatesOf = async (room: string): Promise<Uint8Array[]> => {
  const { snapshot, tail } = await loadRoom(database.db, room)
  return [...(snapshot ? [snapshot.bytes] : []), ...tail.map(({ bytes }) => bytes)]
}
const parts = (names: SweepParts['names'] = async (room) => namesIn(await updatesOf(room))): SweepParts => ({
  db: database.db,
  keepDays: async () => KEEP,
  names,
})
const sweepOn = (day: number, with_ = parts()): Promise<number | null> => sweep(with_, day * DAY)
const isHere = (sha256: string): Promise<boolean> => (servers[0] as Blobs).get(sha256).then((found) => found !== null)
const clearAll = async (): Promise<void> => void (await Promise.all(servers.map((blobs) => blobs.clear())))

it('PICTURE-8 a picture goes when nothing showed it for its days, from every server, and never a patch that the record names', async () => {
  const [shown, unused, again] = [await store(1), await store(2), await store(3)]
  const patch = await (servers[0] as Blobs).put(new Blob(['diff --git']).stream(), ANY_FILE)
  await show('project/p', shown)
  if (patch.ok) await show('record/p', patch.value.sha256)
  await servers[1]?.get(unused)
  expect(await sweepOn(1)).toBe(0)
  expect(await sweepOn(20)).toBe(0)
  await store(3)
  expect(await register.kept()).toMatchObject({ pictures: 3, unused: 1, removed: 0, sweptAt: 20 * DAY })
  expect(await sweepOn(31)).toBe(1)
  await clearAll()
  expect(await Promise.all([shown, unused, again, patch.ok ? patch.value.sha256 : ''].map(isHere))).toEqual([true, false, true, true])
  for (const name of ['a', 'b']) await expect(stat(path.join(folder, name, unused.slice(0, 2), unused))).rejects.toThrow('ENOENT')
  expect(await register.kept()).toMatchObject({ pictures: 2, removed: 1, freed: picture(2).length })
})

it('FILE-3 a text goes the same way, whoever brought it: people, an import or a runner; only what people brought counts as theirs', async () => {
  const put = async (text: string, taken: typeof ANY_FILE): Promise<string> => {
    const kept = await (servers[0] as Blobs).put(new Blob([text]).stream(), taken)
    return kept.ok ? kept.value.sha256 : ''
  }
  const alone = await put('notes', OF_PEOPLE)
  const both = await put('a patch', OF_PEOPLE)
  await put('a patch', ANY_FILE)
  const [left, named] = [await put('of an earlier turn', ANY_FILE), await put('of the last turn', ANY_FILE)]
  await show('record/p', named)
  expect(await register.kept()).toMatchObject({ pictures: 2, bytes: 'notes'.length + 'a patch'.length })
  await sweepOn(1)
  expect(await sweepOn(32)).toBe(3)
  await clearAll()
  expect(await Promise.all([alone, both, left, named].map(isHere))).toEqual([false, false, false, true])
  // A project is deleted for good: its record goes, and with it what its patches were kept for.
  await database.db.query(`delete from journal_updates where room = 'record/p'`)
  await sweepOn(33)
  expect(await sweepOn(64)).toBe(1)
})

it('PICTURE-8 what was shown again, or waits in a turn, is not removed; its time begins anew', async () => {
  const [shown, told] = [await store(1), await store(2)]
  await sweepOn(1)
  await show('chat/c', shown)
  await sweepOn(25)
  await hide('chat/c')
  await database.db.query(
    `insert into turns (id, kind, payload, asked_by, created_at) values ('t', 'agent', jsonb_build_object('text', $1::text), 'ada', 0)`,
    [`![x](/blobs/${told})`],
  )
  expect([await sweepOn(32), await sweepOn(61)]).toEqual([0, 0])
  await database.db.query('update turns set ended_at = 1')
  expect([await sweepOn(62), await isHere(shown)]).toEqual([2, true])
})

it('PICTURE-8 an update that becomes visible late, with a smaller number than one that was read, counts', async () => {
  const late = await store(1)
  await sweepOn(1)
  await write('project/p', (text) => text.insert(0, 'x'), 1)
  const [{ seq }] = (
    await database.db.query<{ seq: number }>('select nextval(pg_get_serial_sequence($1, $2)) as seq', ['journal_updates', 'seq'])
  ).rows as [{ seq: number }]
  await write('project/p', (text) => text.insert(0, 'y'), 2)
  await sweepOn(2)
  await show('project/p', late, 3)
  await database.db.query(
    `with late as (delete from journal_updates where origin = 3 returning *)
     insert into journal_updates (seq, room, bytes, author, at, checksum, origin) overriding system value
     select $1, room, bytes, author, at, checksum, origin from late`,
    [seq],
  )
  expect([await sweepOn(40), await isHere(late)]).toEqual([0, true])
})

it('PICTURE-8 a link that arrives while documents are read is read too, and a journal never still is left for an hour', async () => {
  const late = await store(1)
  await write('project/p', (text) => text.insert(0, 'x'))
  await sweepOn(1)
  await write('project/p', (text) => text.insert(0, 'y'))
  const names = parts().names
  let reads = 0
  const slow = parts(async (room) => {
    const found = await names(room)
    if (reads++ === 0) await show('project/p', late)
    return found
  })
  expect([await sweepOn(40, slow), reads]).toEqual([0, 2])
  await hide('project/p')
  await sweepOn(41)
  const restless = parts(async (room) => {
    await write('project/p', (text) => text.insert(0, 'z'))
    return await names(room)
  })
  await write('project/p', (text) => text.insert(0, 'z'))
  expect(await sweepOn(80, restless)).toBeNull()
  expect(await sweep(parts(), 80 * DAY + DAY / 48)).toBeNull()
  expect(await sweep(parts(), 80 * DAY + DAY / 24)).toBe(1)
})

it('PICTURE-8 S14 a server that was overtaken notes nothing any more: what it read is older', async () => {
  const late = await store(1)
  const rooms = ['a', ...Array.from({ length: 50 }, (_, n) => `room ${n}`), 'z']
  for (const day of [0, 1]) {
    await insertEntries(database.db, rooms.map((room) => ({ room, bytes: Y.encodeStateAsUpdate(new Y.Doc()), author: 'ada' })), 0, 1) // biome-ignore format: one line
    if (day === 0) await sweepOn(1)
  }
  const { names } = parts()
  const [hasRead, mayGoOn] = [signal(), signal()]
  const slow = parts(async (room) => {
    const found = await names(room)
    if (room === 'a') hasRead.give()
    if (room === 'a') await mayGoOn.given
    if (room === 'z') throw new Error('killed')
    return found
  })
  const first = sweepOn(40, slow).catch(() => 'killed')
  await hasRead.given
  await show('a', late)
  const second = parts(async (room) => {
    if (room === 'z') mayGoOn.give()
    if (room === 'z') await first
    return await names(room)
  })
  expect([await sweepOn(41, second), await first, await isHere(late)]).toEqual([0, null, true])
})

function signal(): { give: () => void; given: Promise<void> } {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return { give: () => give(), given }
}

it('PICTURE-8 a room that cannot be read keeps everything', async () => {
  await store(1)
  await sweepOn(1)
  await write('project/p', (text) => text.insert(0, 'x'))
  const broken = parts(async () => {
    throw new Error('damaged')
  })
  await expect(sweepOn(40, broken)).rejects.toThrow('damaged')
  expect((await register.kept()).removed).toBe(0)
  expect(await sweep(parts(), 40 * DAY + DAY / 24)).toBe(1)
})

it('PICTURE-9 a removed picture that is asked for or named again is wanted, until a device stores it', async () => {
  const [asked, named] = [await store(1), await store(2)]
  await sweepOn(1)
  await sweepOn(40)
  await clearAll()
  expect(await register.wanted()).toEqual([])
  expect(await register.missed(asked, 41 * DAY)).toBe(40 * DAY)
  await show('project/p', named)
  await sweepOn(42)
  expect(await register.wanted()).toEqual([asked, named])
  // Whoever began to take it away before it came back comes too late.
  await store(1, servers[1])
  expect(await register.clear(asked, () => rm(folder, { recursive: true }))).toBe(false)
  expect([await isHere(asked), await register.wanted(), await register.missed(asked, 43)]).toEqual([true, [named], null])
})

it('PICTURE-8 files from before they were noted are noted as they are', async () => {
  const sha256 = await store(1)
  await (servers[0] as Blobs).put(new Blob(['diff --git']).stream(), ANY_FILE)
  await database.db.query('truncate blobs')
  // The one that stored them may be gone: what all share is noted by any, as what is in the folder is.
  await servers[1]?.learn()
  expect(await register.kept()).toMatchObject({ pictures: 1, bytes: picture(1).length })
  await database.db.query('truncate blobs, blob_parts')
  await servers[0]?.learn()
  await servers[0]?.shareAll()
  await servers[1]?.get(sha256)
  expect([await sweepOn(1), await sweepOn(40)]).toEqual([0, 2])
  // A server that shares its folder at its start does not bring back what was removed.
  await servers[0]?.clear()
  await (servers[1] as Blobs).shareAll()
  expect(await isHere(sha256)).toBe(false)
})

it('PICTURE-8 the sweeper reads documents in a thread of its own, goes by the setting, and takes away what it removed', async () => {
  const [shown, unused] = [await store(1), await store(2)]
  await show('project/p', shown)
  await database.db.query(`insert into facts (key, value) values ('settings', '{"pictures.keepDays": 7}')`)
  const sweeper = new Sweeper({ db: database.db, blobs: servers[0] as Blobs, log: makeLog('silent') })
  await sweeper.run(DAY)
  await sweeper.run(7 * DAY)
  expect(await isHere(unused)).toBe(true)
  await sweeper.run(8 * DAY)
  expect([await isHere(shown), await isHere(unused)]).toEqual([true, false])
})

type Step =
  | { do: 'store' | 'show' | 'split'; picture: number; room: number; origin: number }
  | { do: 'hide' | 'compact'; room: number }
  | { do: 'sweep'; days: number; dies: number; writes: number; both: boolean }

const ROOMS = ['team', 'project/p', 'record/p', 'chat/c']
const roomOf = (n: number): string => ROOMS[n] ?? ''
const some = (most: number) => fc.nat({ max: most - 1 })
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('store', 'show', 'split'), picture: some(3), room: some(4), origin: some(3) }),
    fc.record({ do: fc.constantFrom('hide', 'compact'), room: some(4) }),
    fc.record({ do: fc.constant('sweep'), days: fc.constantFrom(1, 20, 31), dies: some(8), writes: some(6), both: fc.boolean() }),
  ),
  { minLength: 6, maxLength: 16 },
) as fc.Arbitrary<Step[]>

async function compact(room: string): Promise<void> {
  const { snapshot, tail } = await loadRoom(database.db, room)
  const last = tail.at(-1)
  if (!last || last.seq <= (snapshot?.seq ?? 0)) return
  const { bytes, vector } = mergeProven(await updatesOf(room))
  await database.db.query('insert into journal_snapshots values ($1, $2, $3, 0, $4, $5)', [
    room,
    last.seq,
    bytes,
    sumOf(bytes, vector),
    vector,
  ])
  await database.db.query('delete from journal_updates where room = $1', [room])
}

it('PICTURE-8 whatever happens, and wherever a sweep dies, no picture is removed that a document shows', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await database.db.query('truncate blobs, blob_names, rooms_read, blob_parts, journal_updates, journal_snapshots, facts')
      docs.clear()
      tooLate.clear()
      let day = 100
      for (const n of [0, 1, 2]) await store(n)
      for (const step of all) {
        if (step.do === 'store') await store(step.picture, servers[step.origin % 2])
        if (step.do === 'show') await show(roomOf(step.room), hashes.get(step.picture) ?? '', step.origin)
        if (step.do === 'split') {
          await write(roomOf(step.room), (text) => text.insert(0, `/blobs/${hashes.get(step.picture)?.slice(0, 20)}`), step.origin)
          await write(roomOf(step.room), (text) => text.insert(27, hashes.get(step.picture)?.slice(20) ?? ''), step.origin)
        }
        if (step.do === 'hide') await hide(roomOf(step.room))
        if (step.do === 'compact') await compact(roomOf(step.room))
        if (step.do !== 'sweep') continue
        day += step.days
        let reads = 0
        const names = parts().names
        const dying = parts(async (room) => {
          const found = await names(room)
          reads++
          if (reads === step.writes) await show('chat/c', hashes.get(reads % 3) ?? '', 2)
          if (reads === step.dies) throw new Error('killed')
          return found
        })
        const shown = async () => (await Promise.all(ROOMS.map(updatesOf))).flatMap(namesIn)
        // The second one began a day later by its clock: it takes over from the first in the middle.
        const sweeps = [sweepOn(day, dying), ...(step.both ? [sweepOn(day + 1)] : [])]
        await Promise.allSettled(sweeps)
        const here = await shown()
        const removed = await register.removed()
        expect(here.filter((sha256) => removed.has(sha256) && !tooLate.has(sha256))).toEqual([])
        if (step.dies % 2) await clearAll()
        for (const sha256 of here) if (!removed.has(sha256)) expect(await isHere(sha256)).toBe(true)
      }
    }),
    { numRuns: 15 },
  )
})
