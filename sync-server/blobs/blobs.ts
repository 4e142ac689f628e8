import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { decideFile } from '#domain/core/attachment.ts'
import { HEAD, MAX_PICTURE, pictureType, tooLarge } from '#domain/core/picture.ts'
import { type Answer, accept, type Refusal, refuse } from '#domain/core/refusal.ts'
import type { BlobRegister, KnownBlob } from './blob-register.ts'
import type { BlobTable } from './blob-table.ts'

/** The largest file taken, in bytes. */
export const MAX_BLOB = 64 * 1024 * 1024

/** So many files are noted in one step. */
const NOTED = 500

const NAME = /^[0-9a-f]{64}$/

type Read = (from: number, to: number) => Promise<Uint8Array>

/** What is taken from whom: how many bytes at most, and which files. `decide` answers what is noted as the kind of one; null: a text of which nobody knows whether people brought it. */
export type Taken = { most: number; tooLarge: Refusal; decide: (size: number, read: Read) => Promise<Answer<string | null>> }

/** Whatever a runner brings. */
export const ANY_FILE: Taken = {
  most: MAX_BLOB,
  tooLarge: refuse('blob-too-large', `A file can have at most ${MAX_BLOB / 1024 / 1024} MB.`),
  decide: async (_, read) => accept(pictureType(await read(0, HEAD))),
}

/** PICTURE-2 FILE-1: what people bring: pictures and texts, and nothing that only says it is one. */
export const OF_PEOPLE: Taken = {
  most: MAX_PICTURE,
  tooLarge: tooLarge(null),
  decide: (size, read) => decideFile(size, read, new TextDecoder('utf-8', { fatal: true })),
}

/**
 * Files named by the SHA-256 of what is in them: the same bytes are kept once and never change. Where several servers share a
 * database they are in its table too, and a server that lacks one takes it from there.
 */
export class Blobs {
  readonly #folder: string
  readonly #table: BlobTable | null
  readonly #register: BlobRegister

  constructor(folder: string, table: BlobTable | null, register: BlobRegister) {
    this.#folder = folder
    this.#table = table
    this.#register = register
  }

  /** Keeps what the stream brings, where that is taken. Answers its name once it is on disk. */
  async put(stream: ReadableStream<Uint8Array>, taken: Taken): Promise<Answer<{ sha256: string; size: number }>> {
    const kept = await this.#keep(Readable.fromWeb(stream as import('node:stream/web').ReadableStream), taken, (blob, place) =>
      this.#register.arrived(blob, place),
    )
    if (kept.ok) await this.#table?.put(kept.value.sha256, this.#place(kept.value.sha256))
    return kept
  }

  /** The bytes of a file, or null for a name that is none or that nobody stored. */
  async get(sha256: string): Promise<{ size: number; stream: () => ReadableStream; head: () => Promise<Uint8Array> } | null> {
    if (!NAME.test(sha256)) return null
    const place = this.#place(sha256)
    const found = (await this.#find(place)) ?? ((await this.#fetch(sha256)) ? await this.#find(place) : null)
    return (
      found && { size: found.size, stream: () => Readable.toWeb(createReadStream(place)) as ReadableStream, head: () => readHead(place) }
    )
  }

  /** Stores in the table whatever is in the folder alone: what this server took in before it shared its database. */
  async shareAll(): Promise<void> {
    if (!this.#table) return
    const known = await this.#table.names()
    const removed = await this.#register.removed()
    for (const name of await this.#names()) if (!known.has(name) && !removed.has(name)) await this.#table.put(name, this.#place(name))
  }

  /** Notes what lies here, or where servers share files, and nobody noted: from before files were noted. */
  async learn(): Promise<void> {
    const names = await this.#register.unknown([...(await this.#allNames())])
    while (names.length > 0) {
      const found: KnownBlob[] = []
      for (const sha256 of names.splice(-NOTED)) {
        const place = this.#place(sha256)
        const here = await this.#find(place)
        // One that only other servers were asked for is not fetched for this.
        const seen = here ? { size: here.size, head: await readHead(place) } : await this.#table?.look(sha256, HEAD)
        if (seen) found.push({ sha256, size: seen.size, type: pictureType(seen.head) })
      }
      await this.#register.learn(found)
    }
  }

  /** PICTURE-8: takes removed files from this server's folder, and from where servers share them. Killed before its end, it is done the next time. */
  async clear(): Promise<void> {
    const removed = await this.#register.removed()
    for (const name of await this.#allNames())
      if (removed.has(name))
        await this.#register.clear(name, async () => {
          await this.#table?.drop(name)
          await rm(this.#place(name), { force: true })
        })
  }

  async #allNames(): Promise<Set<string>> {
    return new Set([...(await this.#names()), ...((await this.#table?.names()) ?? [])])
  }

  async #names(): Promise<string[]> {
    const all = await readdir(this.#folder, { recursive: true }).catch(() => [])
    return all.map((file) => path.basename(file)).filter((name) => NAME.test(name))
  }

  async #find(place: string): Promise<{ size: number } | null> {
    const found = await stat(place).catch(() => null)
    return found?.isFile() ? found : null
  }

  async #fetch(sha256: string): Promise<boolean> {
    if (!(await this.#table?.has(sha256))) return false
    // It is kept under the name its bytes have: damaged ones are not found under the name asked for.
    await this.#keep(this.#table?.read(sha256) ?? [], ANY_FILE, (_, place) => place())
    return true
  }

  async #keep(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    { most, tooLarge, decide }: Taken,
    note: (blob: KnownBlob, place: () => Promise<void>) => Promise<void>,
  ): Promise<Answer<{ sha256: string; size: number }>> {
    const arriving = path.join(this.#folder, `arriving-${randomBytes(8).toString('hex')}`)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = await open(arriving, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      let size = 0
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > most) return tooLarge
        hash.update(chunk)
        await file.write(chunk)
      }
      const allowed = await decide(size, (from, to) => readPart(arriving, from, to))
      if (!allowed.ok) return allowed
      await file.sync()
      const sha256 = hash.digest('hex')
      const place = this.#place(sha256)
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      await note({ sha256, size, type: allowed.value }, () => rename(arriving, place))
      return accept({ sha256, size })
    } finally {
      await file.close()
      await rm(arriving, { force: true })
    }
  }

  #place(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256)
  }
}

/** The first bytes of a file: what kind of picture it is. */
const readHead = (place: string): Promise<Uint8Array> => readPart(place, 0, HEAD)

async function readPart(place: string, from: number, to: number): Promise<Uint8Array> {
  const file = await open(place)
  try {
    const part = new Uint8Array(to - from)
    const { bytesRead } = await file.read(part, 0, part.length, from)
    return part.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
