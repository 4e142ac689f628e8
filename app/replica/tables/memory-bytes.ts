import type { Bytes } from './change-file.ts'

/** A file in memory: what a build writes into, and tests. */
export class MemoryBytes implements Bytes {
  #bytes = new Uint8Array(0)
  #size = 0

  getSize(): number {
    return this.#size
  }

  /** What has been written, from the start. */
  all(): Uint8Array {
    return this.#bytes.slice(0, this.#size)
  }

  read(into: Uint8Array, { at }: { at: number }): number {
    const found = this.#bytes.subarray(at, Math.min(this.#size, at + into.length))
    into.set(found)
    return found.length
  }

  write(from: Uint8Array, { at }: { at: number }): number {
    const end = at + from.length
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, this.#size))
      this.#bytes = larger
    }
    this.#bytes.set(from, at)
    this.#size = Math.max(this.#size, end)
    return from.length
  }

  truncate(size: number): void {
    this.#bytes.fill(0, size, Math.max(size, this.#size))
    this.#size = Math.min(this.#size, size)
  }

  flush(): void {}

  close(): void {}
}
