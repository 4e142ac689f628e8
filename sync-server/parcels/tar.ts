import { BLOCK, MAX_NAME, sumOf, tarPadding } from '#domain/core/tar-block.ts'

/*
 * The part of the tar format a parcel is made of: plain files with short names, as every unpacker reads them. Whatever else a
 * tar may hold (links, folders, long names, sparse files) is not read but refused: nobody but us writes what is unpacked here.
 */

const ALL_ZERO = Buffer.alloc(BLOCK)

/** A file of a tar; its bytes are read before the next one is asked for, or passed over. */
export type TarFile = { name: string; size: number; bytes: AsyncIterable<Uint8Array> }

/** The stream is no tar file as we write them, or ends in the middle. */
export class NoTar extends Error {
  override name = 'NoTar'
}

/** The files of a tar, one after the other. Throws `NoTar`. */
export async function* readTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const source = new Source(stream)
  for (;;) {
    const block = await source.exactly(BLOCK)
    if (block.equals(ALL_ZERO)) {
      if (!(await source.exactly(BLOCK)).equals(ALL_ZERO)) throw new NoTar('it goes on after its end')
      return
    }
    const { name, size } = readHeader(block)
    const bytes = source.upTo(size)
    yield { name, size, bytes }
    for await (const _ of bytes);
    await source.exactly(tarPadding(size).length)
  }
}

function readHeader(block: Buffer): { name: string; size: number } {
  const text = (start: number, end: number): string => block.toString('latin1', start, end).split('\0')[0] ?? ''
  const size = text(124, 136).trim()
  const isPlain = block[156] === 0x30 && text(257, 263) === 'ustar' && text(345, 500) === '' && /^[0-7]{1,11}$/.test(size)
  if (!isPlain || Number.parseInt(text(148, 156).trim(), 8) !== sumOf(block)) throw new NoTar('it holds something that is no plain file')
  return { name: text(0, MAX_NAME), size: Number.parseInt(size, 8) }
}

/** Bytes of a stream by number, whatever pieces they come in. */
class Source {
  readonly #pieces: AsyncIterator<Uint8Array>
  #rest: Uint8Array = ALL_ZERO.subarray(0, 0)

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#pieces = stream[Symbol.asyncIterator]()
  }

  async exactly(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const part of this.upTo(count)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *upTo(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#pieces.next()
        if (done) throw new NoTar('it ends too early')
        this.#rest = value
      }
      const piece = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
}
