import type { ChangeSet, FileWrite, StorageEntry } from '@electric-sql/pglite/memfs-frontend'

/** The part of a browser's `FileSystemSyncAccessHandle` that is needed; offsets and sizes in bytes. */
export type Bytes = {
  getSize(): number
  read(into: Uint8Array, options: { at: number }): number
  write(from: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/**
 * A whole directory in one file: a head that says it is complete, then frames of changes in the order they happened.
 *
 *     head   magic · format · generation · where the frames it was begun with end · sum   (each 32 bits, little endian)
 *     frame  magic · bytes of the list · of the data · sum, then the list as JSON, then the data, each filled up to 32 bits
 *
 * Nothing is written over, so a frame is there whole or not at all: its sum tells. What is behind a broken one is
 * dropped, and the directory is as it was at one earlier moment; PostgreSQL never sees half of a write. A broken one among
 * those it was begun with is damage.
 */
const HEAD_MAGIC = 0x50494c53
const FRAME_MAGIC = 0x454d5246
const FORMAT = 1
const HEAD_BYTES = 20
const FRAME_HEAD_BYTES = 16
/** A directory that is written whole goes in pieces of about this size. */
const PIECE_BYTES = 4 * 1024 * 1024

/** Zeros at the end of a file that are worth leaving out. */
const LONG_END_BYTES = 64 * 1024

/** How one file's new bytes are listed in a frame: [path, size, is cut or grown to that size first, [position, length] of each piece]. */
type Listed = [path: string, size: number, isResized: 0 | 1, pieces: [at: number, length: number][]]
type List = { ops: ChangeSet['ops']; files: Listed[] }

/** What a directory holds: folders in the order they were made, and files. */
export type Directory = { folders: Set<string>; files: Map<string, { bytes: Uint8Array; size: number }> }

/** The number of the directory's version in a file; 0 when there is none, or it was not written to the end. */
export function generationOf(file: Bytes): number {
  const head = new Uint8Array(HEAD_BYTES)
  return file.read(head, { at: 0 }) === HEAD_BYTES ? (headOf(head)?.generation ?? 0) : 0
}

/** All that is in a file. */
export function bytesOf(file: Bytes): Uint8Array {
  const all = new Uint8Array(file.getSize())
  file.read(all, { at: 0 })
  return all
}

/**
 * Reads a directory back; `whole`: where the frames it was begun with end, `end`: where the last whole frame ends, behind
 * which nothing is to be trusted. Throws when there is none or it is damaged. `neverOnDisk`: it comes from who made it, so
 * that no write of it can be missing, and is only looked at for its length. The directory's files are parts of `all`.
 */
export function readDirectory(all: Uint8Array, { neverOnDisk = false } = {}): { directory: Directory; whole: number; end: number } {
  const head = headOf(all)
  if (!head) throw new Error('There is no directory in this file.')
  const directory: Directory = { folders: new Set(), files: new Map() }
  let end = HEAD_BYTES
  for (let frame = frameAt(all, end, neverOnDisk); frame; frame = frameAt(all, end, neverOnDisk)) {
    replay(directory, frame.list, frame.data)
    end = frame.end
  }
  if (end < head.whole) throw new Error('The directory in this file is damaged.')
  return { directory, whole: head.whole, end }
}

/** Writes a whole directory and, last of all, the head that makes it count. Answers where it ends. */
export function writeDirectory(file: Bytes, entries: Iterable<StorageEntry>, generation: number): number {
  file.truncate(0)
  let end = HEAD_BYTES
  let ops: ChangeSet['ops'] = []
  let files: FileWrite[] = []
  let waiting = 0
  const write = (): void => {
    end = appendFrame(file, end, ops, files)
    ops = []
    files = []
    waiting = 0
  }
  for (const entry of entries) {
    if (entry.kind === 'dir') ops.push({ op: 'mkdir', path: entry.path })
    else {
      const { path, data } = entry
      const shown = withoutEnd(data)
      files.push({ path, size: data.length, full: true, truncate: true, chunks: [{ at: 0, data: shown }] })
      waiting += shown.length
    }
    if (waiting >= PIECE_BYTES) write()
  }
  write()
  file.flush()
  const head = Uint32Array.of(HEAD_MAGIC, FORMAT, generation, end, 0)
  head[4] = sumOf(head.subarray(0, 4))
  put(file, new Uint8Array(head.buffer), 0)
  file.flush()
  return end
}

/** Adds changes behind `end` and answers the new end. Throws where the disk takes no more; then nothing was added. */
export function appendChanges(file: Bytes, end: number, { ops, files }: ChangeSet): number {
  return appendFrame(file, end, ops, [...files.wal, ...files.data, ...files.control])
}

/** The entries of a directory, parents before what is in them. */
export function* entriesOf({ folders, files }: Directory): Generator<StorageEntry> {
  for (const path of folders) yield { kind: 'dir', path }
  for (const [path, { bytes, size }] of files) yield { kind: 'file', path, data: bytes.subarray(0, size) }
}

function appendFrame(file: Bytes, end: number, ops: ChangeSet['ops'], files: readonly FileWrite[]): number {
  const listed = files.map(({ path, size, full, truncate, chunks }): Listed => {
    return [path, size, full || truncate ? 1 : 0, chunks.map(({ at, data }) => [at, data.length])]
  })
  const list = new TextEncoder().encode(JSON.stringify({ ops, files: listed } satisfies List))
  const size = files.reduce((sum, { chunks }) => chunks.reduce((inner, { data }) => inner + data.length, sum), 0)
  const frame = new Uint8Array(FRAME_HEAD_BYTES + filled(list.length) + filled(size))
  frame.set(list, FRAME_HEAD_BYTES)
  let at = FRAME_HEAD_BYTES + filled(list.length)
  for (const { chunks } of files) {
    for (const { data } of chunks) {
      frame.set(data, at)
      at += data.length
    }
  }
  const words = new Uint32Array(frame.buffer)
  words.set([FRAME_MAGIC, list.length, size])
  words[3] = sumOf(words.subarray(4))
  put(file, frame, end)
  return end + frame.length
}

function headOf(bytes: Uint8Array): { generation: number; whole: number } | null {
  if (bytes.length < HEAD_BYTES) return null
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, HEAD_BYTES / 4)
  const [magic, format, generation = 0, whole = 0, sum] = words
  return magic === HEAD_MAGIC && format === FORMAT && sum === sumOf(words.subarray(0, 4)) ? { generation, whole } : null
}

function frameAt(all: Uint8Array, start: number, isTrusted: boolean): { list: List; data: Uint8Array; end: number } | null {
  if (start + FRAME_HEAD_BYTES > all.length) return null
  const wordsOf = (from: number, to: number): Uint32Array => new Uint32Array(all.buffer, all.byteOffset + from, (to - from) / 4)
  const [magic, listBytes = 0, dataBytes = 0, sum] = wordsOf(start, start + FRAME_HEAD_BYTES)
  const dataAt = start + FRAME_HEAD_BYTES + filled(listBytes)
  const end = dataAt + filled(dataBytes)
  if (magic !== FRAME_MAGIC || end > all.length) return null
  if (!isTrusted && sum !== sumOf(wordsOf(start + FRAME_HEAD_BYTES, end))) return null
  const list = JSON.parse(new TextDecoder().decode(all.subarray(start + FRAME_HEAD_BYTES, start + FRAME_HEAD_BYTES + listBytes))) as List
  return { list, data: all.subarray(dataAt, dataAt + dataBytes), end }
}

function replay({ folders, files }: Directory, list: List, data: Uint8Array): void {
  for (const { op, path } of list.ops) {
    if (op === 'mkdir') folders.add(path)
    else if (!files.delete(path)) {
      for (const all of [folders, files]) for (const one of all.keys()) if (`${one}/`.startsWith(`${path}/`)) all.delete(one)
    }
  }
  let read = 0
  for (const [path, size, isResized, pieces] of list.files) {
    const [first] = pieces
    if (isResized && pieces.length === 1 && first?.[0] === 0 && first[1] === size) {
      files.set(path, { bytes: data.subarray(read, read + size), size })
      read += size
      continue
    }
    const known = files.get(path) ?? { bytes: new Uint8Array(0), size: 0 }
    const bytes = grown(known, size)
    for (const [at, length] of pieces) {
      bytes.set(data.subarray(read, read + length), at)
      read += length
    }
    files.set(path, { bytes, size })
  }
}

/** What stands before a long end of zeros: most of PostgreSQL's own log is one, and need neither be kept nor read. */
function withoutEnd(data: Uint8Array): Uint8Array {
  let end = data.length
  while (end > 0 && data[end - 1] === 0) end--
  return data.length - end < LONG_END_BYTES ? data : data.subarray(0, end)
}

/** Room for `size` bytes, those past the file's old end zero. A file that grows again and again is copied seldom. */
function grown({ bytes, size: old }: { bytes: Uint8Array; size: number }, size: number): Uint8Array {
  if (size <= bytes.length) {
    bytes.fill(0, Math.min(old, size), Math.max(old, size))
    return bytes
  }
  const larger = new Uint8Array(Math.max(size, Math.ceil(bytes.length * 1.5)))
  larger.set(bytes.subarray(0, old))
  return larger
}

/** Writes bytes at a place of a file. Throws where the disk takes no more. */
export function put(file: Bytes, bytes: Uint8Array, at: number): void {
  if (file.write(bytes, { at }) !== bytes.length) throw new Error('The disk took only a part of what was written.')
}

const filled = (length: number): number => Math.ceil(length / 4) * 4

/** FNV-1a over 32-bit words: finds a write that was cut or never came; nobody has a reason to forge one. */
function sumOf(words: Uint32Array): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ (words[at] ?? 0), 0x01000193)
  return sum >>> 0
}
