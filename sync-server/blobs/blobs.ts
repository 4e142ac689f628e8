import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { BlobTable } from './blob-table.ts'

/** The largest file taken, in bytes. */
export const MAX_BLOB = 64 * 1024 * 1024

const NAME = /^[0-9a-f]{64}$/

/**
 * Files named by the SHA-256 of what is in them: the same bytes are kept once and never change. Where several servers share a
 * database they are in its table too, and a server that lacks one takes it from there.
 */
export class Blobs {
  readonly #folder: string
  readonly #table: BlobTable | null

  constructor(folder: string, table: BlobTable | null) {
    this.#folder = folder
    this.#table = table
  }

  /** Keeps what the stream brings. Answers its name once it is on disk. */
  async put(stream: ReadableStream<Uint8Array>): Promise<Answer<{ sha256: string; size: number }>> {
    const kept = await this.#keep(Readable.fromWeb(stream as import('node:stream/web').ReadableStream))
    if (kept.ok) await this.#table?.put(kept.value.sha256, this.#place(kept.value.sha256))
    return kept
  }

  /** The bytes of a file, or null for a name that is none or that nobody stored. */
  async get(sha256: string): Promise<{ size: number; stream: () => ReadableStream } | null> {
    if (!NAME.test(sha256)) return null
    const place = this.#place(sha256)
    const found = (await this.#find(place)) ?? ((await this.#fetch(sha256)) ? await this.#find(place) : null)
    return found && { size: found.size, stream: () => Readable.toWeb(createReadStream(place)) as ReadableStream }
  }

  /** Stores in the table whatever is in the folder alone: what this server took in before it shared its database. */
  async shareAll(): Promise<void> {
    if (!this.#table) return
    const known = await this.#table.names()
    const all = await readdir(this.#folder, { recursive: true }).catch(() => [])
    for (const name of all.map((file) => path.basename(file)))
      if (NAME.test(name) && !known.has(name)) await this.#table.put(name, this.#place(name))
  }

  async #find(place: string): Promise<{ size: number } | null> {
    const found = await stat(place).catch(() => null)
    return found?.isFile() ? found : null
  }

  async #fetch(sha256: string): Promise<boolean> {
    if (!(await this.#table?.has(sha256))) return false
    // It is kept under the name its bytes have: damaged ones are not found under the name asked for.
    await this.#keep(this.#table?.read(sha256) ?? [])
    return true
  }

  async #keep(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Answer<{ sha256: string; size: number }>> {
    const arriving = path.join(this.#folder, `arriving-${randomBytes(8).toString('hex')}`)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = await open(arriving, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      let size = 0
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > MAX_BLOB) return refuse('blob-too-large', `A file can have at most ${MAX_BLOB / 1024 / 1024} MB.`)
        hash.update(chunk)
        await file.write(chunk)
      }
      await file.sync()
      const sha256 = hash.digest('hex')
      const place = this.#place(sha256)
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      await rename(arriving, place)
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
