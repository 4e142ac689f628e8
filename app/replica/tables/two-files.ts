import type { ChangeSet, StorageBackend, StorageEntry } from '@electric-sql/pglite/memfs-frontend'
import { appendChanges, type Bytes, bytesOf, entriesOf, generationOf, put, readDirectory, writeDirectory } from './change-file.ts'

/** Changes of less than this are never worth writing the directory anew. */
const SMALL_BYTES = 8 * 1024 * 1024

/**
 * Where PGlite keeps its data directory: two files, of which the one with the higher generation counts. Changes are added
 * to it; when they outweigh the directory they began with, that is written anew to the other.
 *
 * Nothing here waits for the disk but the change of files: rows lost in a power cut are projected again from the update
 * log, and a position is never kept without its rows, for both lie in the same frame.
 */
export class TwoFiles implements StorageBackend {
  readonly #pair: readonly [Bytes, Bytes]
  readonly #prebuilt: () => Promise<Uint8Array | null>
  #current = 0
  #generation = 0
  /** Where the next change goes, and what the directory took when it was last written whole, in bytes. */
  #end = 0
  #whole = 0
  #isFull = false

  /**
   * The files are this one's alone until it is closed. `prebuilt`: the directory to begin with when there is none, as
   * `writeDirectory` writes it; null to begin with an empty one. It must not reject.
   */
  constructor(pair: readonly [Bytes, Bytes], prebuilt: () => Promise<Uint8Array | null>) {
    this.#pair = pair
    this.#prebuilt = prebuilt
    const [one, other] = pair.map(generationOf) as [number, number]
    this.#current = one >= other ? 0 : 1
    this.#generation = Math.max(one, other)
  }

  /** Whether there is a directory, damaged or not. */
  get isMade(): boolean {
    return this.#generation > 0
  }

  /** Throws everything away; what is loaded next is made anew. */
  forget(): void {
    for (const file of this.#pair) file.truncate(0)
    this.#generation = 0
  }

  /** What is kept now, parents before what is in them. Throws when there is none or it is damaged. */
  entries(): Iterable<StorageEntry> {
    return entriesOf(readDirectory(bytesOf(this.#file)).directory)
  }

  async init(): Promise<void> {}

  /** Throws when what is kept is damaged. */
  async *load(): AsyncGenerator<StorageEntry> {
    const { directory, whole, end } = this.isMade ? readDirectory(bytesOf(this.#file)) : await this.#make()
    // Nothing old may stand behind the frames to come, where it could pass for one that follows.
    this.#file.truncate(end)
    this.#other.truncate(0)
    this.#end = end
    this.#whole = whole
    yield* entriesOf(directory)
  }

  async apply(changes: ChangeSet): Promise<void> {
    if (this.#isFull) return
    try {
      this.#end = appendChanges(this.#file, this.#end, changes)
      if (this.#end > this.#whole + Math.max(this.#whole, SMALL_BYTES)) this.#writeAnew()
    } catch {
      this.#giveUp()
    }
  }

  async close(): Promise<void> {
    for (const file of this.#pair) file.close()
  }

  get #file(): Bytes {
    return this.#pair[this.#current] as Bytes
  }

  get #other(): Bytes {
    return this.#pair[1 - this.#current] as Bytes
  }

  /** Not read back from the disk, nor waited for: a power cut before it is there is seen by its sums. */
  async #make(): Promise<ReturnType<typeof readDirectory>> {
    const made = await this.#prebuilt()
    if (!made) {
      this.#begin(this.#file, [])
      return readDirectory(bytesOf(this.#file))
    }
    const read = readDirectory(made, { neverOnDisk: true })
    this.#file.truncate(0)
    put(this.#file, made, 0)
    this.#generation = generationOf(this.#file)
    return read
  }

  #writeAnew(): void {
    const old = this.#file
    this.#begin(this.#other, this.entries())
    this.#current = 1 - this.#current
    old.truncate(0)
  }

  #begin(file: Bytes, entries: Iterable<StorageEntry>): void {
    this.#end = this.#whole = writeDirectory(file, entries, this.#generation + 1)
    this.#generation++
  }

  /**
   * A full disk is no reason to stop answering: the database goes on in memory. What lies on the disk is behind from now on,
   * and a change left out would break those after it, so the next start makes a new one from the log.
   */
  #giveUp(): void {
    this.#isFull = true
    for (const file of this.#pair) file.truncate(0)
  }
}
