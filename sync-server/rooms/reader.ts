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

  /** The bytes of a text, known to be UTF-8. */
  text(): Uint8Array {
    const bytes = this.view()
    if (!isAscii(bytes) && !isUtf8(bytes)) throw new Malformed('a text is no UTF-8')
    return bytes
  }

  string(): string {
    const bytes = this.text()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  }
}

function isAscii(bytes: Uint8Array): boolean {
  if (bytes.length > 64) return false
  for (const byte of bytes) if (byte >= 0x80) return false
  return true
}
