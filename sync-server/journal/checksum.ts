import * as zlib from 'node:zlib'

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

// Node learned crc32 in 20.15.
const native = (zlib as { crc32?: (data: Uint8Array, before?: number) => number }).crc32

/** CRC-32 of some bytes: finds a flipped bit in a stored update. `before` is that of the bytes they follow. */
export function checksum(bytes: Uint8Array, before = 0): number {
  if (native) return native(bytes, before)
  let crc = (before ^ 0xffffffff) >>> 0
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

/**
 * The checksum stored beside some bytes: it covers what else stands there, a snapshot's state vector or an update's ranges. Wrong ones
 * would keep clients from sending what is missing here.
 */
export function sumOf(bytes: Uint8Array, beside?: Uint8Array | null): number {
  return withBeside(checksum(bytes), beside)
}

/** The same where the bytes are summed up already. */
export const withBeside = (sum: number, beside?: Uint8Array | null): number => (beside ? checksum(beside, sum) : sum)
