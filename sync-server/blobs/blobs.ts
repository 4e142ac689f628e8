import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'

/** The largest file taken, in bytes. */
export const MAX_BLOB = 64 * 1024 * 1024

const NAME = /^[0-9a-f]{64}$/

/** Files named by the SHA-256 of what is in them: the same bytes are kept once and never change. */
export class Blobs {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Keeps what the stream brings. Answers its name once it is on disk. */
  async put(stream: ReadableStream<Uint8Array>): Promise<Answer<{ sha256: string; size: number }>> {
    const arriving = path.join(this.#folder, `arriving-${randomBytes(8).toString('hex')}`)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = await open(arriving, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      let size = 0
      for await (const chunk of Readable.fromWeb(stream as import('node:stream/web').ReadableStream)) {
        size += (chunk as Uint8Array).length
        if (size > MAX_BLOB) return refuse('blob-too-large', `A file can have at most ${MAX_BLOB / 1024 / 1024} MB.`)
        hash.update(chunk as Uint8Array)
        await file.write(chunk as Uint8Array)
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

  /** The bytes of a file, or null for a name that is none or that nobody stored. */
  async get(sha256: string): Promise<{ size: number; stream: () => ReadableStream } | null> {
    if (!NAME.test(sha256)) return null
    const place = this.#place(sha256)
    const found = await stat(place).catch(() => null)
    return found?.isFile() ? { size: found.size, stream: () => Readable.toWeb(createReadStream(place)) as ReadableStream } : null
  }

  #place(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256)
  }
}
