import { isUtf8 } from 'node:buffer'

/** Bytes that do not follow the format they claim. */
export class Malformed extends Error {
  override name = 'Malformed'
}

/** Reads lib0's encoding from bytes a stranger sent: every read is checked against what is left. */
export class Reader {
  readonly bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  byte(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) throw new Malformed('it ends in the middle')
    this.at++
    return byte
  }

  /** A whole number of at most 53 bits, as lib0 writes it: seven bits a byte. */
  varUint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('a number is too large')
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  /** A signed number is written with its sign in the second bit. */
  skipVarInt(): void {
    let byte = this.byte()
    for (let size = 1; byte >= 0x80; size++) {
      if (size > 8) throw new Malformed('a number is too large')
      byte = this.byte()
    }
  }

  /** A count of things that take at least `least` bytes each: it cannot exceed what is left. */
  count(least: number): number {
    const count = this.varUint()
    if (count * least > this.left) throw new Malformed(`it announces ${count} things and has ${this.left} bytes left`)
    return count
  }

  skip(length: number): void {
    if (length > this.left) throw new Malformed('it ends in the middle')
    this.at += length
  }

  /** The next bytes, not copied. */
  view(): Uint8Array {
    const length = this.varUint()
    const start = this.at
    this.skip(length)
    return this.bytes.subarray(start, this.at)
  }

  /** Passes a text, which has to be UTF-8. Answers how long JavaScript calls it: what Yjs counts clocks by. */
  skipText(): number {
    const length = this.varUint()
    const start = this.at
    this.skip(length)
    const { bytes, at: end } = this
    // Most texts are ASCII, and an object for each of them costs more than looking.
    for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return utf16Length(bytes.subarray(start, end))
    return length
  }

  string(): string {
    const start = this.at
    const length = this.varUint()
    const from = this.at
    this.at = start
    this.skipText()
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, length).toString('utf8')
  }
}

function utf16Length(bytes: Uint8Array): number {
  if (!isUtf8(bytes)) throw new Malformed('a text is no UTF-8')
  let length = 0
  for (const byte of bytes) {
    if (byte < 0x80 || byte >= 0xc0) length++
    if (byte >= 0xf0) length++
  }
  return length
}
