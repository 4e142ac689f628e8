import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Answer, accept, type Refusal, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { adoptProject } from '#domain/projects/adopt.ts'
import { type Project, projects } from '#domain/projects/schema.ts'
import { ANY_FILE } from '#server/blobs/blobs.ts'
import { call, GUARD_FAILED } from '#server/documents/documents.ts'
import type { Entry } from '#server/journal/insert.ts'
import type { Log } from '#server/log.ts'
import { inTransaction, type Queries } from '#server/postgres/pool.ts'
import { noteBack } from '#server/removed-projects/stored-removals.ts'
import { readUpdateShape } from '#server/rooms/update-frame.ts'
import { type Kind, LIMITS, type Limits } from './format.ts'
import { forgetLogs, readLogFile, storeLog } from './log-parts.ts'
import { type PackParts, packProject } from './pack.ts'
import { type Checked, checkParcel, ParcelRefused, readParcel, wholeOf } from './unpack.ts'

/** What an import is doing, and how much of it is done, from 0 to 1. */
export type Progress = { step: 'checking' | 'storing'; share: number }
export type Imported = { projectId: string; name: string }

/** Any number, the same in every Slipway: one import at a time, whichever server does it. */
const IMPORT_LOCK = 5_117_004
/** Images are packed already; documents and logs shrink well at any level. */
const GZIP_LEVEL = 4

const HERE = 'An import makes a new project and changes none, and this one is here already, or a part of it.'

/** Projects as single files: out of this server whole, and into another one, or not at all. */
export class Parcels {
  readonly #parts: PackParts & { log: Log }
  readonly #folder: string
  readonly #limits: Limits

  /** `folder` is for what arrives; whatever a server that stopped left in it is removed. */
  constructor(parts: PackParts & { log: Log }, folder: string, limits: Limits = LIMITS) {
    this.#parts = parts
    this.#folder = folder
    this.#limits = limits
    void rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }

  /** The project, if it can be exported now. */
  async look(projectId: string): Promise<Answer<Project>> {
    const { db, documents } = this.#parts
    const project = await documents.row(teamRoom, projects, projectId)
    if (!project) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
    const { rows } = await db.query("select 1 from turns where project_id = $1 and status in ('waiting', 'leased', 'running') limit 1", [
      projectId,
    ])
    if (rows.length === 0) return accept(project)
    return refuse(
      'project-busy',
      'An agent is at work in this project, or about to be. Export it when the work is done, or cancel that first.',
    )
  }

  /** The project as a gzipped tar file. A stream that ends with an error is no whole file. */
  async pack(projectId: string, who: string): Promise<Answer<{ name: string; stream: ReadableStream }>> {
    const project = await this.look(projectId)
    if (!project.ok) return project
    const { log } = this.#parts
    const now = Date.now()
    const packed = createGzip({ level: GZIP_LEVEL })
    pipeline(Readable.from(packProject(this.#parts, project.value, now)), packed).then(
      () => log.info({ projectId, who }, 'a project was exported'),
      (thrown: Error) => log.warn({ projectId, who, reason: thrown.message }, 'an export was not finished'),
    )
    return accept({ name: fileName(project.value.name, now), stream: Readable.toWeb(packed) as ReadableStream })
  }

  /** Takes a project in. Nothing of it is seen by anybody before all of it is checked and stored. */
  async take(stream: ReadableStream<Uint8Array>, who: string, tell: (progress: Progress) => void): Promise<Answer<Imported>> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(path.join(this.#folder, 'import-'))
    const { log } = this.#parts
    try {
      const place = path.join(folder, 'parcel.tar.gz')
      await this.#receive(stream, place)
      const checked = await checkParcel(place, this.#limits, (share) => tell({ step: 'checking', share }))
      const done = await this.#alone(() => this.#store(place, checked, who, (share) => tell({ step: 'storing', share })))
      if (done.ok) log.info({ ...done.value, who }, 'a project was imported')
      return done
    } catch (thrown) {
      if (thrown instanceof ParcelRefused) return refuse(thrown.code, thrown.message)
      throw thrown
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #receive(stream: ReadableStream<Uint8Array>, place: string): Promise<void> {
    let size = 0
    const { packed } = this.#limits
    const count = new Transform({
      transform: (piece: Uint8Array, _encoding, done) => {
        size += piece.length
        if (size > packed) done(new ParcelRefused('parcel-too-large', 'This file is larger than this server takes. Nothing was imported.'))
        else done(null, piece)
      },
    })
    await pipeline(Readable.fromWeb(stream as import('node:stream/web').ReadableStream), count, createWriteStream(place, { mode: 0o600 }))
  }

  async #alone<T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const client = await this.#parts.db.connect()
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [IMPORT_LOCK])
      if (!rows[0]?.mine) return refuse('import-busy', 'Another project is being imported right now. Try again when that is done.')
      try {
        return await work()
      } finally {
        await client.query('select pg_advisory_unlock($1)', [IMPORT_LOCK])
      }
    } finally {
      client.release()
    }
  }

  async #store(place: string, { manifest, team }: Checked, who: string, tell: (share: number) => void): Promise<Answer<Imported>> {
    const { db, documents } = this.#parts
    const projectId = manifest.project.id
    const here = await documents.row(teamRoom, projects, projectId)
    if (here && here.deletedAt !== null)
      return refuse(
        'project-here',
        `This project is here, as “${here.name}”, and was deleted. Restore it at the end of the list of projects.`,
      )
    if (here)
      return refuse('project-here', `This project is here already, as “${here.name}”. An import makes a new project and changes none.`)
    if (await isAnyTaken(db, [projectRoom(projectId), recordRoom(projectId)])) return refuse('project-here', HERE)
    await noteBack(db, projectId)
    // What an import that was killed has left.
    await forgetLogs(db, projectId)
    const documentsOfIt: Entry[] = []
    let isStored = false
    try {
      for await (const part of readParcel(place, this.#limits, tell)) {
        const refusal = await this.#storePart(part, projectId, who, documentsOfIt)
        if (refusal) return refusal
      }
      const adopt = call(adoptProject, { projectId, values: team.project, people: team.people }, who)
      const names = documentsOfIt.map(({ room }) => room)
      const done = await documents.edit([adopt], async (client) => !(await isAnyTaken(client, names)), documentsOfIt)
      if (!done.ok) return done.code === GUARD_FAILED ? refuse('project-here', HERE) : done
      isStored = true
      return accept({ projectId, name: manifest.project.name })
    } finally {
      if (!isStored) await forgetLogs(db, projectId)
    }
  }

  /** Stores one file, or keeps it for the end. Answers why it cannot be. Blobs are stored at once: nobody sees one that nothing names. */
  async #storePart(
    part: { kind: Kind; bytes: AsyncIterable<Uint8Array> },
    projectId: string,
    who: string,
    documentsOfIt: Entry[],
  ): Promise<Refusal | null> {
    const { db, documents, blobs } = this.#parts
    const { kind } = part
    if (kind.kind === 'blob') {
      const kept = await blobs.put(Readable.toWeb(Readable.from(part.bytes)) as ReadableStream<Uint8Array>, ANY_FILE)
      return kept.ok ? null : kept
    }
    if (kind.kind === 'log') {
      const printed = readLogFile(await wholeOf(part), kind.id)
      if (!printed) return refuse('parcel-damaged', 'This file is damaged: a log in it cannot be read. Nothing was imported.')
      return (await inTransaction(db, (client) => storeLog(client, projectId, printed))) ? null : refuse('project-here', HERE)
    }
    if (kind.kind !== 'room') return null
    const bytes = await wholeOf(part)
    const room = roomOf(kind, projectId)
    const isSound = isReadable(bytes) && (await documents.isWhole(room, bytes))
    if (!isSound) return refuse('parcel-damaged', 'This file is damaged: a document in it cannot be read. Nothing was imported.')
    documentsOfIt.push({ room, bytes, author: who })
    const size = documentsOfIt.reduce((sum, entry) => sum + entry.bytes.length, 0)
    if (size <= this.#limits.rooms) return null
    return refuse('parcel-too-large', 'This project is larger than this server takes. Nothing was imported.')
  }
}

function roomOf(kind: Extract<Kind, { kind: 'room' | 'rows' }>, projectId: string): RoomName {
  if (kind.of === 'chat') return chatRoom(kind.id)
  return kind.of === 'project' ? projectRoom(projectId) : recordRoom(projectId)
}

/** Rooms read the shape of every update they hold, and a document that they cannot read would not open. */
function isReadable(update: Uint8Array): boolean {
  try {
    readUpdateShape(update)
    return true
  } catch {
    return false
  }
}

/** True where a room of one of these names holds anything. */
async function isAnyTaken(db: Queries, rooms: readonly RoomName[]): Promise<boolean> {
  const { rows } = await db.query(
    'select 1 where exists (select 1 from journal_updates where room = any($1)) or exists (select 1 from journal_snapshots where room = any($1))',
    [rooms],
  )
  return rows.length > 0
}

/** `slipway-shop-2026-11-25.tar.gz`: letters and digits alone, so that every system and every header takes it. */
function fileName(name: string, at: number): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `slipway-${plain || 'project'}-${new Date(at).toISOString().slice(0, 10)}.tar.gz`
}
