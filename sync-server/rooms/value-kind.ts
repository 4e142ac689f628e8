import type { Reader } from './reader.ts'

/** Of what kind a value is, as far as its first bytes tell. */
export const KIND = { nothing: 1, number: 2, boolean: 4, text: 8, list: 16, object: 32, sharedText: 64, other: 128 } as const

const DELETED = 1
const TYPE = 7
const ANY = 8

/** JSON, bytes, a type, anything, a document: content that stands in rows. What is not of this is typed in a shared text, unless it says itself that it is under a key. */
export const mayBeValue = (content: number): boolean => content === 2 || content === 3 || (content >= TYPE && content <= 9)

/** Of what kind the one value of an item is: content of this kind, which begins at this byte. */
export function kindAt(bytes: Uint8Array, at: number, content: number, count: number): number {
  if (content === DELETED) return KIND.nothing
  if (content === TYPE) return bytes[at] === 2 ? KIND.sharedText : KIND.other
  if (content !== ANY || count !== 1) return KIND.other
  switch (bytes[at + 1]) {
    case 127: case 126: // undefined, null
      return KIND.nothing
    case 125:
      return KIND.number
    case 124: case 123: // float32, float64
      return isNumber(bytes, at + 1) ? KIND.number : KIND.other
    case 121: case 120:
      return KIND.boolean
    case 119:
      return KIND.text
    case 118:
      return KIND.object
    case 117:
      return KIND.list
    default:
      return KIND.other
  }
} // biome-ignore format: cases that belong together share a line

/** Infinity and what is no number have all bits of their exponent set. */
function isNumber(bytes: Uint8Array, at: number): boolean {
  const rest = bytes[at] === 124 ? 0x80 : 0xf0
  return ((bytes[at + 1] ?? 0) & 0x7f) !== 0x7f || ((bytes[at + 2] ?? 0) & rest) !== rest
}

/** How many letters the text has that begins at this byte. The reader stays where it is. */
export function lengthAt(reader: Reader, at: number): number {
  const end = reader.at
  reader.at = at
  const length = reader.skipText()
  reader.at = end
  return length
}
