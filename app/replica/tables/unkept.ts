import type { StorageBackend, StorageEntry } from '@electric-sql/pglite/memfs-frontend'
import { entriesOf, readDirectory } from './change-file.ts'

/** A data directory that begins as it was made and is gone with its thread: where a browser keeps no files, and in tests. */
export class Unkept implements StorageBackend {
  readonly #prebuilt: () => Promise<Uint8Array | null>

  /** `prebuilt`: the directory to begin with, as `writeDirectory` writes it; null to begin with an empty one. */
  constructor(prebuilt: () => Promise<Uint8Array | null>) {
    this.#prebuilt = prebuilt
  }

  async init(): Promise<void> {}

  async *load(): AsyncGenerator<StorageEntry> {
    const made = await this.#prebuilt()
    if (!made) return
    yield* entriesOf(readDirectory(made, { neverOnDisk: true }).directory)
  }

  async apply(): Promise<void> {}

  async close(): Promise<void> {}
}
