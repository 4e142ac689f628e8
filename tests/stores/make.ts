// npm run stores: leaves the stores of this version for every later one to open (CONTRIBUTING.md, "Make a release").
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { STORE_VERSION } from '#app/replica/idb.ts'
import { answerKey, type KeptAnswer, type KeptRows, rowsKey } from '#app/replica/kept-answer.ts'
import { MemoryLogStore } from '#app/replica/leader/log-store.ts'
import { mergeRows } from '#app/replica/leader/open-room.ts'
import { Outbox, type Queued } from '#app/replica/leader/outbox.ts'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { writeUnsentFile } from '#domain/core/unsent-file.ts'
import { createTables } from '#domain/projection/collections.ts'
import { databaseName } from '#domain/projection/database-name.ts'
import { Materialised } from '#server/documents/materialised.ts'
import { sumOf } from '#server/journal/checksum.ts'
import { insertEntries } from '#server/journal/insert.ts'
import { mergeProven } from '#server/journal/merge.ts'
import { packProject } from '#server/parcels/pack.ts'
import { readMigrations } from '#server/postgres/migrate.ts'
import type { Db } from '#server/postgres/pool.ts'
import { openTestDatabase } from '#server/postgres/test-database.ts'
import { pgliteVersion, slipwayVersion } from '../../bin/versions.ts'
import { rowsOfDocument } from '../simulations/tables.ts'
import { filledRooms, type Piece } from './filled-rooms.ts'
import { type BrowserStore, type Rows, type Server, type Tables, write } from './release.ts'

/** When all of it happened, in milliseconds since 1970. */
const AT = 1_750_000_000_000
const IMAGE = Buffer.from('an image, as far as anybody here knows')
const filled = filledRooms()
const documents = new Map(filled.rooms.map((room) => [room, documentOf(filled.pieces.filter((piece) => piece.room === room))]))

function documentOf(pieces: readonly Piece[]): Y.Doc {
  const doc = new Y.Doc()
  for (const { bytes } of pieces) Y.applyUpdate(doc, bytes)
  return doc
}

/** What the server's own tables hold beside documents: a row of each, made up, with every word a status there has. */
const OWN_ROWS: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  facts: [{ key: 'team', value: { id: 'team-1', name: 'Harbour' } }],
  members: ['viewer', 'member', 'approver', 'admin', 'owner'].map((role, at) => ({ id: at === 4 ? 'ada' : role, username: at === 4 ? 'Ada' : role, email: null, role, is_active: at > 0, created_at: AT + at })), // biome-ignore format: one line
  login_sessions: [{ hash: 'h1', member_id: 'ada', created_at: AT, seen_at: AT, expires_at: AT + 1 }],
  api_tokens: [{ hash: 'h2', member_id: 'ada', name: 'ci', role: 'member', created_at: AT, revoked_at: null }],
  invites: [{ hash: 'h3', name: 'Bob', role: 'member', invited_by: 'ada', created_at: AT, expires_at: AT + 1, accepted_by: null, accepted_at: null }], // biome-ignore format: one line
  models: [{ id: 'm1', name: 'gpt', provider_type: 'openai_compatible', base_url: 'http://127.0.0.1:9/v1', model_name: 'gpt', label: 'GPT', temperature: 0.5, context_window: 8192, is_active: true, provider_id: 'p1', secret_id: null }], // biome-ignore format: one line
  repos: [{ id: 'r1', path: '/srv/shop', name: 'shop', default_branch: 'main', created_at: AT }],
  branches: [{ repo_id: 'r1', branch: 'slipway/app-1', attempt_id: 'a1' }],
  turns: ['waiting', 'leased', 'running', 'done', 'failed', 'cancelled'].map((status, at) => ({ id: `t${at}`, kind: 'agent', project_id: filled.projectId, attempt_id: 'a1', session_id: 's1', payload: { at }, sealed: null, status, fence: at, told: at, tries: 1, runner_id: at ? 'runner-1' : null, lease_until: null, cancel: false, asked_by: 'ada', created_at: AT + at, ended_at: at > 2 ? AT + at : null, result: at > 2 ? { ok: true } : null, reason: null })), // biome-ignore format: one line
  runners: [{ id: 'runner-1', name: 'here', version: '1', seen_at: AT }],
  log_heads: [{ process_id: '00000000-0000-7000-8000-000000000001', turn_id: '00000000-0000-7000-8000-000000000002', project_id: filled.projectId, lines: 2, head_lines: 2, bytes: 8, tail_bytes: 0, dropped: 0, carry: {}, done: true }], // biome-ignore format: one line
  log_lines: [1, 2].map((seq) => ({ process_id: '00000000-0000-7000-8000-000000000001', seq, stream: 'stdout', text: `line ${seq}` })),
  answers: [{ member_id: 'ada', key: 'k1', procedure: 'attempts.start', answer: { ok: true }, at: AT, holder: null }],
  removed_projects: [{ id: filled.projectId, at: AT, by: 'ada', forgotten_at: null, rooms: [] }],
  blobs: [{ sha256: createHash('sha256').update(IMAGE).digest('hex'), size: IMAGE.length, type: null, unused_since: null, removed_at: null, asked_at: null }], // biome-ignore format: one line
  rooms_read: [{ room: 'team', state: '1:1' }],
  blob_names: [{ room: 'team', sha256: createHash('sha256').update(IMAGE).digest('hex') }],
  blob_parts: [{ sha256: createHash('sha256').update(IMAGE).digest('hex'), part: 0, bytes: `\\x${IMAGE.toString('hex')}` }],
}
/** Sealed with a key and dice; of one start of a server; or of no use a minute later. */
const LEFT_OUT = new Set(['migrations', 'vault', 'instances', 'knocks', 'tickets'])

async function fillServer(db: Db): Promise<void> {
  await insertEntries(db, filled.pieces, AT, 1)
  const team = filled.pieces.filter(({ room }) => room === teamRoom)
  const { bytes, vector } = mergeProven(team.map((piece) => piece.bytes))
  const { rows } = await db.query<{ seq: string }>('select max(seq) as seq from journal_updates where room = $1', [teamRoom])
  await db.query('insert into journal_snapshots (room, seq, bytes, vector, at, checksum) values ($1, $2, $3, $4, $5, $6)', [
    teamRoom,
    rows[0]?.seq,
    bytes,
    vector,
    AT,
    sumOf(bytes, vector),
  ])
  await db.query('delete from journal_updates where room = $1', [teamRoom])
  for (const [table, own] of Object.entries(OWN_ROWS))
    await db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(own)])
}

async function readServer(db: Db): Promise<Server> {
  const { rows: found } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  const tables: Server['tables'] = {}
  for (const { name } of found) {
    if (LEFT_OUT.has(name)) continue
    const { rows } = await db.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t order by to_jsonb(t)::text`)
    if (rows.length === 0) throw new Error(`the table ${name} is empty: give it a row in tests/stores/make.ts`)
    tables[name] = rows.map(({ row }) => row)
  }
  return { migrations: (await readMigrations()).map(({ name }) => name), tables }
}

/** The project as a tar file; not packed, because every zlib packs otherwise. */
async function parcelOf(db: Db): Promise<Uint8Array> {
  const materialised = new Materialised()
  const feeds = [...documents].map(([room, doc]) => ({ room, updates: [Y.encodeStateAsUpdate(doc)], fresh: true }))
  materialised.handle({ kind: 'feed', feeds, forget: [] })
  const ask = async (request: object): Promise<never> => materialised.handle({ feeds: [], forget: [], ...request } as never) as never
  const reading = {
    whole: (room: string) => ask({ kind: 'whole', room }),
    rows: (room: string, { name: collection }: { name: string }) => ask({ kind: 'rows', room, collection, ids: null, where: null }),
    raw: (room: string, { name: collection }: { name: string }, id: string) => ask({ kind: 'raw', room, collection, id }),
  }
  const parts = { db, documents: reading, blobs: { get: async () => null }, version: slipwayVersion() } as never
  const pieces: Uint8Array[] = []
  for await (const piece of packProject(parts, { id: filled.projectId, name: 'Harbour' }, AT)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** An answer as pages of this version kept it. */
function answerOfNobody(): [KeptAnswer, KeptRows] {
  const question = { sql: 'select "id" from "tasks"', parameters: [], reads: ['tasks'] }
  const key = answerKey(databaseName(pgliteVersion()), question)
  return [
    { key, question, reads: question.reads, whole: AT, patch: '[]', size: 2, keptAt: AT, at: AT },
    { key: rowsKey(key), keptAt: AT, rows: new TextEncoder().encode('[]') },
  ]
}

/** A browser that has all of it, one room merged, the last change of the project and a call waiting for the server. */
async function browserStore(): Promise<{ store: BrowserStore; unsent: string }> {
  const disk = new MemoryLogStore()
  const log = await UpdateLog.open(disk, AT)
  const last = filled.pieces.findLast(({ room }) => room.startsWith('project/'))
  for (const piece of filled.pieces) log.append(piece.room, piece.bytes, piece === last ? [['tasks', 'undeclared']] : null)
  const chat = filled.rooms.at(-1) ?? ''
  const rows = await log.read(chat)
  const merged = mergeRows(rows)
  if (merged) log.merge(chat, rows, merged)
  await log.flushed()
  const queued: Queued[] = []
  const outbox = await Outbox.open({
    store: { load: async () => [], save: async (item) => void queued.push(item), remove: async () => undefined },
    send: async () => ({ kind: 'unreachable' }),
    isWaitingIn: () => true,
    picturesAreThere: () => Promise.resolve(),
    onItems: () => undefined,
    onAnswered: () => undefined,
  })
  await outbox.add({
    id: 'c1',
    procedure: 'attempts.start',
    input: { projectId: filled.projectId },
    rooms: [`project/${filled.projectId}`],
  })
  const changes = last ? [{ room: last.room, update: last.bytes, rows: [['tasks', 'undeclared']] as const }] : []
  return {
    unsent: writeUnsentFile({ team: { id: 'team-1', name: 'Harbour' }, by: 'Ada', savedAt: new Date(AT).toISOString(), changes }),
    store: {
      version: STORE_VERSION,
      database: 'team-1-ada',
      stores: [
        { name: 'log', keyPath: 'n', indexes: [{ name: 'room', keyPath: 'room', multiEntry: false }] },
        { name: 'waiting', keyPath: 'n', indexes: [] },
        { name: 'rooms', keyPath: 'room', indexes: [] },
        { name: 'outbox', keyPath: 'place', indexes: [] },
        { name: 'answers', keyPath: 'key', indexes: [{ name: 'keptAt', keyPath: 'keptAt', multiEntry: false }, { name: 'reads', keyPath: 'reads', multiEntry: true }] }, // biome-ignore format: one line
      ],
      rows: {
        log: [...disk.rows.values()].sort((a, b) => a.n - b.n),
        waiting: [...disk.waiting.values()],
        rooms: [...disk.rooms.values()],
        outbox: queued,
        answers: answerOfNobody(),
      },
    },
  }
}

const database = await openTestDatabase()
try {
  await fillServer(database.db)
  const { store, unsent } = await browserStore()
  const rows: Rows = Object.fromEntries([...documents].map(([room, doc]) => [room, rowsOfDocument(doc, room) as Rows[string]]))
  const tables: Tables = { name: databaseName(pgliteVersion()), ddl: createTables }
  write(slipwayVersion(), {
    'server.json': await readServer(database.db),
    'parcel.tar': await parcelOf(database.db),
    'browser.json': store,
    'unsent.json': Buffer.from(unsent),
    'tables.json': tables,
    'rows.json': rows,
  })
} finally {
  await database.drop()
}
