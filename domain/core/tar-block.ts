/*
 * What a tar file is written of: plain files with short names, as every unpacker reads them.
 */

export const BLOCK = 512
export const MAX_NAME = 100

/** What stands at the end of a tar file. */
export const TAR_END: Uint8Array<ArrayBuffer> = new Uint8Array(2 * BLOCK)

/**
 * The block in front of a file's bytes. `size`: in bytes; `at`: its time, in milliseconds since 1970. Throws for what does not fit: a
 * name that is not plain ASCII or has more than 100 letters, 8 GB.
 */
export function tarHeader(name: string, size: number, at: number): Uint8Array<ArrayBuffer> {
  if (!/^[ -~]{1,100}$/.test(name) || size >= 8 ** 11) throw new Error(`${name} does not fit into a tar file`)
  const block = new Uint8Array(BLOCK)
  const write = (text: string, place: number): void => {
    for (let letter = 0; letter < text.length; letter++) block[place + letter] = text.charCodeAt(letter)
  }
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')
  write(name, 0)
  write(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(Math.floor(at / 1000), 11)}\0        0`, 100)
  write('ustar\x0000', 257)
  write(`${octal(sumOf(block), 6)}\0 `, 148)
  return block
}

/** What fills the last block of a file of this size. */
export const tarPadding = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)

/** The checksum counts its own place as blanks. */
export function sumOf(block: Uint8Array): number {
  let sum = 8 * 32
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum
}
