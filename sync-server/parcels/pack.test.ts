import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { TAR_END, tarHeader, tarPadding } from '#domain/core/tar-block.ts'
import { LIMITS, readName } from './format.ts'
import type { PackParts } from './pack.ts'
import { packProject } from './pack.ts'
import { checkParcel } from './unpack.ts'

const MB = 1024 * 1024
const project = { id: '00000000-0000-7000-8000-00000000000a', name: 'Shop' }
const piece = Buffer.alloc(MB, 7)

/** A server with one blob of so many pieces, which counts those that were asked for. */
function serverWith(pieces: number, name?: string): { parts: PackParts; asked: () => number; sha256: string } {
  const hash = createHash('sha256')
  for (let at = 0; at < pieces; at++) hash.update(piece)
  const sha256 = name ?? hash.digest('hex')
  let asked = 0
  const stream = () =>
    new ReadableStream(
      {
        pull(controller) {
          if (asked === pieces) controller.close()
          else {
            asked++
            controller.enqueue(piece)
          }
        },
      },
      { highWaterMark: 0 },
    )
  const documents = {
    rows: async () => [],
    raw: async () => ({}),
    whole: async () => ({ update: new Uint8Array(2), rows: `{"image":"${sha256}"}\n` }),
  }
  const blobs = { get: async () => ({ size: pieces * MB, stream }) }
  const db = { query: async () => ({ rows: [] }) }
  return { parts: { documents, blobs, db, version: '1' } as unknown as PackParts, asked: () => asked, sha256 }
}

test('PARCEL-7 a large file passes through piece by piece: no more is read than is taken', async () => {
  const { parts, asked } = serverWith(48)
  let taken = 0
  for await (const part of packProject(parts, project, 0)) {
    if (part.length === MB) taken++
    expect(asked() - taken).toBeLessThanOrEqual(1)
  }
  expect(taken).toBe(48)
})

test('PARCEL-8 a file that is damaged on the disk ends the export with an error, so that nobody has a file that only looks whole', async () => {
  const { parts } = serverWith(2, 'a'.repeat(64))
  const read = async (): Promise<void> => {
    for await (const _ of packProject(parts, project, 0));
  }
  await expect(read()).rejects.toThrow('damaged')
})

test('PARCEL-9 a file is too large as a whole, in a part, or by its number of files', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'parcel-'))
  const place = path.join(folder, 'parcel')
  const file = (name: string, bytes: Buffer) => [tarHeader(name, bytes.length, 0), bytes, tarPadding(bytes.length)]
  const format = file('format.json', Buffer.from('{"format":"slipway-project","version":1,"slipway":"1"}'))
  await writeFile(place, gzipSync(Buffer.concat([...format, ...file('README.txt', Buffer.alloc(5_000)), TAR_END])))
  for (const tight of [{ unpacked: 4_000 }, { small: 4_000 }, { files: 1 }])
    await expect(checkParcel(place, { ...LIMITS, ...tight }, () => undefined)).rejects.toMatchObject({ code: 'parcel-too-large' })
  await expect(checkParcel(place, LIMITS, () => undefined)).rejects.toMatchObject({ code: 'parcel-damaged' })
  await rm(folder, { recursive: true })
})

test('PARCEL-10 a name is one of a parcel, letter by letter, or none', () => {
  const id = '00000000-0000-7000-8000-00000000000a'
  expect(readName(`rooms/chat-${id}.update`)).toEqual({ kind: 'room', of: 'chat', id })
  expect(readName('rows/project.jsonl')).toEqual({ kind: 'rows', of: 'project', id: '' })
  expect(readName(`logs/${id}.jsonl`)).toEqual({ kind: 'log', id })
  const none = ['', 'toString', 'rooms/project.jsonl', 'rows/project.update', 'rooms/chat-.update', 'rooms/team.update', 'rooms/../x.update',
    `logs/${'-'.repeat(36)}.jsonl`, `./blobs/${'a'.repeat(64)}`, `blobs/${'A'.repeat(64)}`, `blobs/${'a'.repeat(64)}\n`, 'format.json/', 'FORMAT.json'] // biome-ignore format: a list
  for (const name of none) expect(readName(name), name).toBeNull()
})
