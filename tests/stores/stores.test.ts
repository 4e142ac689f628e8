import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { MemoryLogStore } from '#app/replica/leader/log-store.ts'
import { buildDocument } from '#app/replica/leader/open-room.ts'
import { Outbox } from '#app/replica/leader/outbox.ts'
import { unsentIn } from '#app/replica/leader/unsent.ts'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import { chatRoom, projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { readUnsentFile } from '#domain/core/unsent-file.ts'
import { createTables, projectionVersion } from '#domain/projection/collections.ts'
import { judgeValues } from '#server/documents/judge-values.ts'
import { loadRoom } from '#server/journal/load.ts'
import { LIMITS } from '#server/parcels/format.ts'
import { checkParcel, readParcel, wholeOf } from '#server/parcels/unpack.ts'
import { migrate, readMigrations } from '#server/postgres/migrate.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { rowsOfDocument } from '../simulations/tables.ts'
import { type BrowserStore, pathOf, type Rows, read, releases, type Server, type Tables } from './release.ts'

/** What a release showed, and whatever fields came later. */
const shown = (rows: Rows[string] | undefined): unknown =>
  Object.fromEntries(Object.entries(rows ?? {}).map(([name, all]) => [name, all.map((row) => expect.objectContaining(row))]))

function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const bytes of updates) Y.applyUpdate(doc, bytes)
  return doc
}

/** What nobody declares stands in the document as it was written. */
function expectUndeclared(project: Y.Doc): void {
  const cards = Object.values(project.getMap('tasks').toJSON() as Record<string, { undeclared?: unknown }>)
  expect(cards.flatMap(({ undeclared }) => undeclared ?? [])).toEqual([{ kept: ['as', 'it', 'is'] }])
  expect(Object.keys(project.getMap('undeclared').toJSON())).toEqual(['row'])
}

describe.each(releases())('the stores of %s', (release) => {
  const rows = read<Rows>(release, 'rows.json')
  const rooms = Object.keys(rows)
  const project = rooms.find((room) => room.startsWith('project/')) ?? ''

  describe('its server’s', () => {
    const stored = read<Server>(release, 'server.json')
    let database: TestDatabase

    beforeAll(async () => {
      // A database as that release left it, then brought to this one.
      const all = await readMigrations()
      database = await openTestDatabase(all.filter(({ name }) => stored.migrations.includes(name)))
      const tables = Object.entries(stored.tables)
      // Members first: others name them.
      for (const [table, own] of tables.sort(([a], [b]) => Number(b === 'members') - Number(a === 'members')))
        await database.db.query(
          `insert into ${table} ${table === 'journal_updates' ? 'overriding system value' : ''} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
          [JSON.stringify(own)],
        )
      await migrate(database.db)
    })
    afterAll(() => database.drop())

    it('VERSION-4 S17 journal opens, and every room shows what it showed', async () => {
      for (const room of rooms) {
        const { snapshot, tail } = await loadRoom(database.db, room)
        const doc = documentOf([...(snapshot ? [snapshot.bytes] : []), ...tail.map(({ bytes }) => bytes)])
        expect(rowsOfDocument(doc, room), room).toMatchObject(shown(rows[room]) as object)
        if (room === project) expectUndeclared(doc)
      }
    })

    it('SCHEMA-4 what it stored is refused by no schema of today: browsers may bring it back to a server that lost it', async () => {
      for (const room of rooms) {
        const { snapshot, tail } = await loadRoom(database.db, room)
        const whole = Y.encodeStateAsUpdate(documentOf([...(snapshot ? [snapshot.bytes] : []), ...tail.map(({ bytes }) => bytes)]))
        expect(judgeValues(new Y.Doc(), room, whole), room).not.toHaveProperty('message')
      }
    })

    it('VERSION-4 tables have every row', async () => {
      for (const [table, own] of Object.entries(stored.tables)) {
        const found = await database.db.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t`)
        const all = found.rows.map(({ row }) => row)
        expect(all, table).toEqual(expect.arrayContaining(own.map((row) => expect.objectContaining(row))))
        expect(all).toHaveLength(own.length)
      }
    })
  })

  it('VERSION-4 X16 its export of a project is taken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-stores-'))
    try {
      const place = join(folder, 'parcel.tar.gz')
      await pipeline(createReadStream(pathOf(release, 'parcel.tar')), createGzip({ level: 1 }), createWriteStream(place))
      const { manifest } = await checkParcel(place, LIMITS, () => undefined)
      const { id } = manifest.project
      let seen = 0
      for await (const { kind, bytes } of readParcel(place, LIMITS, () => undefined)) {
        if (kind.kind !== 'room') continue
        const room = kind.of === 'chat' ? chatRoom(kind.id) : kind.of === 'project' ? projectRoom(id) : recordRoom(id)
        const doc = documentOf([await wholeOf({ bytes })])
        if (rows[room]) seen++
        expect(rowsOfDocument(doc, room), room).toMatchObject(shown(rows[room]) as object)
        if (room === project) expectUndeclared(doc)
      }
      expect(seen).toBe(rooms.length - 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('VERSION-4 S17 its browser’s log opens, with what waits for the server, and so does its outbox', async () => {
    const { rows: kept } = read<BrowserStore>(release, 'browser.json')
    const store = new MemoryLogStore()
    for (const row of kept.log) store.rows.set(row.n, row)
    for (const row of kept.waiting) store.waiting.set(row.n, row)
    for (const row of kept.rooms) store.rooms.set(row.room, row)
    const log = await UpdateLog.open(store)
    for (const room of rooms) {
      const { doc, scratch } = buildDocument(room, await log.read(room), log.head(room), () => undefined)
      expect(scratch).toBe(false)
      expect(rowsOfDocument(doc, room), room).toMatchObject(shown(rows[room]) as object)
      if (room === project) expectUndeclared(doc)
    }
    expect([...log.waiting.values()].map(({ room }) => room)).toEqual([project])
    const saved = readUnsentFile(JSON.stringify(read(release, 'unsent.json')), 'team-1')
    expect(saved).toMatchObject({ ok: true })
    expect(saved.ok && saved.value.changes).toEqual(await unsentIn(log))
    const outbox = await Outbox.open({
      store: { load: async () => kept.outbox, save: async () => undefined, remove: async () => undefined },
      send: async () => ({ kind: 'unreachable' }),
      isWaitingIn: () => true,
      picturesAreThere: () => Promise.resolve(),
      onItems: () => undefined,
      onAnswered: () => undefined,
    })
    expect(outbox.items).toMatchObject([{ id: 'c1', procedure: 'attempts.start', state: 'waiting' }])
  })

  it('VERSION-4 a table of another shape has another name, so that one of its browser’s is not taken for ours', () => {
    const { name, ddl } = read<Tables>(release, 'tables.json')
    expect(name.includes(projectionVersion)).toBe(ddl === createTables)
  })
})
