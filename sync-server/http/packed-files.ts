import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

type Encoding = 'br' | 'gzip'
type Kept = { tag: string; bytes: Promise<Uint8Array<ArrayBuffer>> }

/** What is not packed already, by the ends of its names. */
const WORTH_PACKING = /\.(js|mjs|css|json|webmanifest|svg|txt|map|wasm|data)$/
/** Below it a packet carries the file as it is. */
const SMALL_BYTES = 1_400
/** From here on unpacking takes a browser longer than the bytes take within one machine. */
const LARGE_BYTES = 1024 * 1024

/** What a request says of how files may come to it. */
export type Way = {
  /** Its `Accept-Encoding`. */
  accepts: string
  /** Whether there is a network between the browser and this server. */
  isFar: boolean
}

/**
 * How a file of so many bytes is packed for its way: null where it goes as it is. Brotli where it is understood, which
 * browsers say over TLS only.
 */
export function packingFor(file: string, bytes: number, { accepts, isFar }: Way): Encoding | null {
  if (!WORTH_PACKING.test(file) || bytes < SMALL_BYTES || (bytes >= LARGE_BYTES && !isFar)) return null
  const accepted = accepts.split(',').map((one) => one.trim().split(/\s*;\s*/))
  const takes = (name: Encoding): boolean => accepted.some(([coding, q]) => coding === name && !/^q=0(\.0*)?$/.test(q ?? ''))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

/** Packed files, each made once, when it is first asked for, and kept in memory: 5 MB for all of the app. */
export class PackedFiles {
  readonly #kept = new Map<string, Kept>()

  /** `tag`: of the file as it is on the disk; another one makes it anew. Rejects where the file cannot be read. */
  get(file: string, encoding: Encoding, tag: string): Promise<Uint8Array<ArrayBuffer>> {
    const key = `${encoding} ${file}`
    const kept = this.#kept.get(key)
    if (kept?.tag === tag) return kept.bytes
    const bytes = pack(file, encoding)
    this.#kept.set(key, { tag, bytes })
    bytes.catch(() => this.#kept.delete(key))
    return bytes
  }
}

/** In a thread of Node's own, so nobody's edit waits for it: PGlite's 15 MB take 2.7 s of one with Brotli, and become 4.2 MB. */
async function pack(file: string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await readFile(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  const packed = await (encoding === 'br' ? promisify(brotliCompress)(plain, { params }) : promisify(gzip)(plain))
  return new Uint8Array(packed)
}
