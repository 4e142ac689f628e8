import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checksum } from './checksum.ts'

/** Smaller ones come out of the database as quickly. */
export const WORTH_A_FILE = 512 * 1024
const PIECE = 1024 * 1024

/** Bytes out of a file, and their checksum. */
export type Copy = { bytes: Uint8Array; sum: number }

/**
 * Copies of large snapshots in the data folder. Out of the database eight megabytes pass through three buffers and two
 * processes that wait for each other; out of a file they come at once. The database stays the truth: it says which
 * snapshot a room has and what its checksum is, and a file that is missing or does not agree is as good as none.
 */
export class SnapshotFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * The copy of a room's snapshot and the checksum of its bytes, or null where there is none. Whose it is is for the database to
   * say: it can be asked meanwhile.
   */
  async read(room: string): Promise<Copy | null> {
    const file = await open(this.#fileOf(room)).catch(() => null)
    if (!file) return null
    try {
      const { size } = await file.stat()
      const bytes = Buffer.allocUnsafe(size)
      let sum = 0
      let next = file.read(bytes, 0, Math.min(PIECE, size), 0)
      for (let at = 0; at < size; ) {
        const { bytesRead } = await next
        if (bytesRead === 0) return null
        const end = at + bytesRead
        // The next piece is being read while this one is summed up.
        next = file.read(bytes, end, Math.min(PIECE, size - end), end)
        sum = checksum(bytes.subarray(at, end), sum)
        at = end
      }
      await next
      return { bytes, sum }
    } catch {
      return null
    } finally {
      await file.close().catch(() => undefined)
    }
  }

  /** Keeps a snapshot's bytes in the place of the room's older ones. That it fails costs nothing but time at the next join. */
  async keep(room: string, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(room)
    try {
      if (bytes.length < WORTH_A_FILE) return await rm(file, { force: true })
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await writeFile(`${file}.new`, bytes, { mode: 0o600 })
      await rename(`${file}.new`, file)
    } catch {
      await rm(file, { force: true }).catch(() => undefined)
    }
  }

  /** Takes a room's copy away. */
  async forget(room: string): Promise<void> {
    await rm(this.#fileOf(room), { force: true })
  }

  #fileOf(room: string): string {
    return path.join(this.#folder, createHash('sha256').update(room).digest('hex').slice(0, 32))
  }
}
