import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Stored } from './load.ts'

/** Smaller ones come out of the database as quickly. */
export const WORTH_A_FILE = 512 * 1024

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

  /** Fills in the bytes of a snapshot, not checked. False where they are not here. */
  async read(room: string, seq: number, bytes: Uint8Array): Promise<boolean> {
    const file = await open(this.#fileOf(room, seq)).catch(() => null)
    if (!file) return false
    try {
      return (await file.read(bytes, 0, bytes.length, 0)).bytesRead === bytes.length
    } catch {
      return false
    } finally {
      await file.close().catch(() => undefined)
    }
  }

  /** Keeps a snapshot's bytes, and lets the room's older ones go. That it fails costs nothing but time at the next join. */
  async keep(room: string, { seq, bytes }: Stored): Promise<void> {
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
