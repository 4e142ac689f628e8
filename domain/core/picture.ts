import { refuse } from './refusal.ts'

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif'

/** The largest picture taken, in bytes. */
export const MAX_PICTURE = 10 * 1024 * 1024

/** So many bytes at the beginning tell what a file is. */
export const HEAD = 16

const text = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))
const starts = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte)

/** PICTURE-1: what kind of picture begins with these bytes, whatever it is called; null for everything else. SVG is none: it is a program. */
export function pictureType(head: Uint8Array): PictureType | null {
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (/^GIF8[79]a$/.test(text(head, 0, 6))) return 'image/gif'
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'image/webp'
  if (text(head, 4, 8) === 'ftyp' && /^avi[fs]$/.test(text(head, 8, 12))) return 'image/avif'
  return null
}

/** PICTURE-2: the refusal of a picture with too many bytes. `size` in bytes, where it is known. */
export const tooLarge = (size: number | null) =>
  refuse(
    'picture-too-large',
    `A picture can have at most ${MAX_PICTURE / 1024 / 1024} MB${size === null ? '' : `, and this one has ${Math.ceil(size / 1024 / 1024)} MB`}. Make it smaller, or cut out the part that counts.`,
  )

const PATH = /^\/blobs\/([0-9a-f]{64})$/

/** PICTURE-3: the hash of a picture kept here, from the address in a text; null for any other address: a picture from elsewhere tells its server who read this. */
export const pictureAt = (address: string | undefined): string | null => PATH.exec(address ?? '')?.[1] ?? null

/** A picture in Markdown. What it was called stands for it where it cannot be seen. */
export const pictureLink = (sha256: string, name: string): string =>
  `![${name.replace(/[[\]\\\r\n]/g, ' ').trim() || 'picture'}](/blobs/${sha256})`
