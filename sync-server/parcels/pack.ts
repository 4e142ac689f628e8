import { createHash } from 'node:crypto'
import { chatRoom, projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { TAR_END, tarHeader, tarPadding } from '#domain/core/tar-block.ts'
import { interviews } from '#domain/interviews/schema.ts'
import { projects } from '#domain/projects/schema.ts'
import { sessions } from '#domain/sessions/schema.ts'
import { members } from '#domain/team/schema.ts'
import type { Blobs } from '#server/blobs/blobs.ts'
import { hashesIn } from '#server/blobs/names-in.ts'
import type { Documents } from '#server/documents/documents.ts'
import { listMembers } from '#server/gate/members.ts'
import type { Db } from '#server/postgres/pool.ts'
import { FORMAT, FORMAT_VERSION, type Manifest, README, type TeamFile } from './format.ts'
import { packLog, processesOf } from './log-parts.ts'

export type PackParts = { db: Db; documents: Documents; blobs: Blobs; version: string }

const IDS = /"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g

/**
 * A project as a tar file, piece by piece: one document, one log or a part of one blob is in memory at a time. `at`: now, in
 * milliseconds since 1970. Throws where a blob is not what its name says: a file that looks whole and is not must not exist.
 */
export async function* packProject(parts: PackParts, project: { id: string; name: string }, at: number): AsyncGenerator<Uint8Array> {
  const { db, documents, blobs, version } = parts
  const manifest: Manifest = {
    format: FORMAT,
    version: FORMAT_VERSION,
    slipway: version,
    exportedAt: at,
    project: { id: project.id, name: project.name },
    parts: [],
  }
  const mentioned = new Set<string>()
  const hashes = new Set<string>()

  function* file(name: string, bytes: Uint8Array): Generator<Uint8Array> {
    yield tarHeader(name, bytes.length, at)
    yield bytes
    yield tarPadding(bytes.length)
  }
  function* part(name: string, bytes: Uint8Array): Generator<Uint8Array> {
    manifest.parts.push({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    yield* file(name, bytes)
  }
  async function* room(name: RoomName, label: string): AsyncGenerator<Uint8Array> {
    const { update, rows } = await documents.whole(name)
    for (const [, id = ''] of rows.matchAll(IDS)) mentioned.add(id)
    for (const hash of hashesIn(rows)) hashes.add(hash)
    yield* part(`rooms/${label}.update`, update)
    yield* part(`rows/${label}.jsonl`, Buffer.from(rows))
  }

  yield* file('format.json', json({ format: FORMAT, version: FORMAT_VERSION, slipway: version }))
  yield* part('README.txt', Buffer.from(README))
  const [asked, run] = await Promise.all([
    documents.rows(projectRoom(project.id), interviews),
    documents.rows(recordRoom(project.id), sessions),
  ])
  yield* room(projectRoom(project.id), 'project')
  yield* room(recordRoom(project.id), 'record')
  for (const id of [...new Set([...asked, ...run].map((row) => row.id))].sort()) yield* room(chatRoom(id), `chat-${id}`)

  const row = (await documents.raw(teamRoom, projects, project.id)) ?? {}
  for (const [, id = ''] of JSON.stringify(row).matchAll(IDS)) mentioned.add(id)
  const names = new Map(
    [...(await documents.rows(teamRoom, members)), ...(await listMembers(db))].map(({ id, username }) => [id, username]),
  )
  const people = [...names].flatMap(([id, username]) => (mentioned.has(id) ? { id, username } : [])).sort((a, b) => (a.id < b.id ? -1 : 1))
  const team = { project: row, people } as TeamFile
  yield* part('team.json', json(team))

  for (const id of await processesOf(db, project.id)) yield* part(`logs/${id}.jsonl`, await packLog(db, id))
  for (const sha256 of [...hashes].sort()) {
    const blob = await blobs.get(sha256)
    // A hash in a text may be that of anything.
    if (!blob) continue
    const name = `blobs/${sha256}`
    const hash = createHash('sha256')
    yield tarHeader(name, blob.size, at)
    let size = 0
    for await (const piece of blob.stream() as unknown as AsyncIterable<Uint8Array>) {
      hash.update(piece)
      size += piece.length
      yield piece
    }
    if (size !== blob.size || hash.digest('hex') !== sha256) throw new Error(`the file ${sha256} is damaged on this server`)
    manifest.parts.push({ name, bytes: size, sha256 })
    yield tarPadding(size)
  }
  yield* file('manifest.json', json(manifest))
  yield TAR_END
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
