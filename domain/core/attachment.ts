import { HEAD, MAX_PICTURE, type PictureType, pictureType, tooLarge } from './picture.ts'
import { type Answer, accept, refuse } from './refusal.ts'

/** The largest text file taken, in bytes. */
export const MAX_TEXT = 256_000
export const TEXT = 'text/plain'

/** Reads UTF-8 and throws where something is none: `new TextDecoder('utf-8', { fatal: true })`, a new one for each file. */
export type Utf8 = { decode: (bytes: Uint8Array, options?: { stream?: boolean }) => string }

/** FILE-1: what kind of file a person may give, whatever it is called: a picture, as its first bytes say, or a text, as all of them do. `size` in bytes. */
export async function decideFile(
  size: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
  utf8: Utf8,
): Promise<Answer<PictureType | typeof TEXT>> {
  const type = pictureType(await read(0, HEAD))
  if (type) return size > MAX_PICTURE ? tooLarge(size) : accept(type)
  if (size === 0) return refuse('file-not-taken', 'There is nothing in that file.')
  if (readText(await read(0, Math.min(size, MAX_TEXT)), utf8, size <= MAX_TEXT) === null)
    return refuse(
      'file-not-taken',
      'That cannot be given here. Pictures can (PNG, JPEG, GIF, WebP, AVIF), and texts in UTF-8: Markdown, plain text, CSV, JSON, code, logs.',
    )
  if (size <= MAX_TEXT) return accept(TEXT)
  return refuse(
    'text-too-large',
    `A text file can have at most ${MAX_TEXT / 1000} kB, and this one has ${Math.ceil(size / 1000)} kB. Cut out the part that counts.`,
  )
}

/** FILE-1: the words of a text file; null where it is none: no UTF-8, bytes that no text has, or a document that only begins like one. `isWhole`: not cut off at its end. */
export function readText(bytes: Uint8Array, utf8: Utf8, isWhole = true): string | null {
  if (bytes.some(isNoLetter)) return null
  try {
    const text = utf8.decode(bytes, { stream: !isWhole })
    return text.startsWith('%PDF-') ? null : text
  } catch {
    return null
  }
}

/** Control characters, but for those of lines and tabs, and the one that colours logs. */
const isNoLetter = (byte: number): boolean => (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f

/** A picture or a file kept here that a text names. `size`: of a file, in words. `from` and `to`: where its link stands. */
export type Attachment = { kind: 'picture' | 'file'; sha256: string; name: string; size: string; from: number; to: number }

const LINK = /(!?)\[([^\]\n]*)\]\(\/blobs\/([0-9a-f]{64})(?: "([^"\n]*)")?\)/g
/** What Markdown would read as marks, as `__init__.py` has them; within a word an underscore is none. */
const MARKS = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[*`~<>&]/gu
const MARKED = /\\([_*`~<>&])/g

/** FILE-2: a file in Markdown: a link that has its name and, as its title, its size in words. */
export const fileLink = (sha256: string, name: string, size: string): string =>
  `[${
    name
      .replace(/[[\]\\\r\n]/g, ' ')
      .trim()
      .replace(MARKS, '\\$&') || 'file'
  }](/blobs/${sha256} "${size}")`

/** PICTURE-7 FILE-2: the pictures and files kept here that a text names, in its order. */
export const attachmentsIn = (text: string): Attachment[] =>
  [...text.matchAll(LINK)].map(({ 0: link, 1: mark, 2: name = '', 3: sha256 = '', 4: size = '', index }) => ({
    kind: mark ? 'picture' : 'file',
    sha256,
    name: mark ? name : name.replace(MARKED, '$1'),
    size,
    from: index,
    to: index + link.length,
  }))

/** PICTURE-7 FILE-2: a text in which words stand for each picture and file kept here. */
export const withoutAttachments = (text: string, words: (attachment: Attachment) => string): string =>
  cutAtAttachments(text)
    .map((part) => part.words + (part.attachment ? words(part.attachment) : ''))
    .join('')

/** PICTURE-7 FILE-2: a text cut at the pictures and files kept here: words, and what stands after them; null after the last. */
export function cutAtAttachments(text: string): { words: string; attachment: Attachment | null }[] {
  const found = attachmentsIn(text)
  return [...found, null].map((attachment, at) => ({
    words: text.slice(found[at - 1]?.to ?? 0, attachment?.from ?? text.length),
    attachment,
  }))
}
