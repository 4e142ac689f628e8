import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checksum } from './checksum.ts'

/** Smaller ones come out of the database as quickly. */
export const WORTH_A_FILE = 512 * 1024
const PIECE = 1024 * 1024

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

  /** Fills in the bytes of a snapshot and answers their checksum, or null where they are not here. */
  async read(room: string, seq: number, bytes: Uint8Array): Promise<number | null> {
    const file = await open(this.#fileOf(room, seq)).catch(() => null)
    if (!file) return null
    try {
      let sum = 0
      let next = file.read(bytes, 0, Math.min(PIECE, bytes.length), 0)
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await next
        if (bytesRead === 0) return null
        const end = at + bytesRead
        // The next piece is being read while this one is summed up.
        next = file.read(bytes, end, Math.min(PIECE, bytes.length - end), end)
        sum = checksum(bytes.subarray(at, end), sum)
        at = end
      }
      await next
      return sum
    } catch {
      return null
    } finally {
      await file.close().catch(() => undefined)
    }
  }

  /** Keeps a snapshot's bytes, and lets the room's older ones go. That it fails costs nothing but time at the next join. */
  async keep(room: string, { seq, bytes }: { seq: number; bytes: Uint8Array }): Promise<void> {
    const file = this.#fileOf(room, seq)
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      if (bytes.length >= WORTH_A_FILE) {
        await writeFile(`${file}.new`, bytes, { mode: 0o600 })
        await rename(`${file}.new`, file)
      }
      const older = (await readdir(this.#folder)).filter((name) => name.startsWith(prefixOf(room)) && name !== path.basename(file))
      await Promise.all(older.map((name) => rm(path.join(this.#folder, name), { force: true })))
    } catch {
      await rm(file, { force: true }).catch(() => undefined)
    }
  }

  #fileOf(room: string, seq: number): string {
    return path.join(this.#folder, `${prefixOf(room)}${seq}`)
  }
}

const prefixOf = (room: string): string => `${createHash('sha256').update(room).digest('hex').slice(0, 32)}-`
