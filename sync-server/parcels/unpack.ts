import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import {
  FORMAT,
  FORMAT_VERSION,
  formatFile,
  type Kind,
  type Limits,
  type Manifest,
  manifestFile,
  mostBytes,
  readName,
  type TeamFile,
  teamFile,
} from './format.ts'
import { readTar, type TarFile } from './tar.ts'

/** Why a file is not taken, in a sentence. */
export class ParcelRefused extends Error {
  override name = 'ParcelRefused'
  readonly code: string

  constructor(code: string, sentence: string) {
    super(sentence)
    this.code = code
  }
}

const damaged = (what: string): ParcelRefused =>
  new ParcelRefused('parcel-damaged', `This file is damaged or was changed: ${what}. Nothing was imported. Export the project again.`)
const noParcel = (): ParcelRefused =>
  new ParcelRefused('no-parcel', 'This is no export of a Slipway project. Choose a file that “Export everything” has made.')

/** A file of a parcel with what it is. */
export type Part = { kind: Kind; name: string; size: number; bytes: AsyncIterable<Uint8Array> }

/**
 * The files of a parcel on the disk, one after the other; `tell` is told how much of it is read, from 0 to 1. Throws `ParcelRefused` for
 * what no parcel holds, and for what is too large.
 */
export async function* readParcel(place: string, limits: Limits, tell: (share: number) => void): AsyncGenerator<Part> {
  const { size } = await stat(place)
  const packed = createReadStream(place)
  const unpacked = createGunzip()
  packed.on('error', (thrown) => unpacked.destroy(thrown))
  packed.pipe(unpacked)
  let total = 0
  let files = 0
  try {
    for await (const file of readTar(unpacked)) {
      const kind = readName(file.name)
      if (files === 0 && kind?.kind !== 'format') throw noParcel()
      if (!kind) throw damaged('it holds a file that no export has')
      total += file.size
      files++
      if (file.size > mostBytes(kind, limits) || total > limits.unpacked || files > limits.files)
        throw new ParcelRefused('parcel-too-large', 'This project is larger than this server takes. Nothing was imported.')
      tell(packed.bytesRead / size)
      yield { kind, ...file, bytes: whole(file.bytes) }
    }
  } catch (thrown) {
    if (thrown instanceof ParcelRefused) throw thrown
    throw files === 0 ? noParcel() : damaged('it cannot be read to its end')
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}

/** The bytes of a file, which may end in the middle. */
async function* whole(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch {
    throw damaged('it cannot be read to its end')
  }
}

export type Checked = { manifest: Manifest; team: TeamFile }

/**
 * Holds every file of a parcel against the manifest's hashes, before anything of it is believed. Throws `ParcelRefused`.
 */
export async function checkParcel(place: string, limits: Limits, tell: (share: number) => void): Promise<Checked> {
  const found = new Map<string, { bytes: number; sha256: string }>()
  let manifest: Manifest | undefined
  let team: TeamFile | undefined
  for await (const part of readParcel(place, limits, tell)) {
    const { kind, name, size } = part
    if (found.has(name) || manifest) throw damaged('a file is in it twice')
    if (kind.kind === 'format') checkVersion(await readJson(part, formatFile.loose()))
    else if (kind.kind === 'manifest') manifest = await readJson(part, manifestFile)
    else {
      const hash = createHash('sha256')
      const kept: Uint8Array[] = []
      for await (const piece of part.bytes) {
        hash.update(piece)
        if (kind.kind === 'team') kept.push(piece)
      }
      const sha256 = hash.digest('hex')
      if (kind.kind === 'blob' && kind.id !== sha256) throw damaged(`the file ${name} is not what its name says`)
      if (kind.kind === 'team') team = parse(Buffer.concat(kept), teamFile)
      found.set(name, { bytes: size, sha256 })
    }
  }
  if (!manifest) throw damaged('its end is missing')
  for (const { name, bytes, sha256 } of manifest.parts) {
    const there = found.get(name)
    if (there?.bytes !== bytes || there.sha256 !== sha256) throw damaged(`the file ${name} is not the one that was exported`)
  }
  if (found.size !== manifest.parts.length || !team || !found.has('rooms/project.update') || !found.has('rooms/record.update'))
    throw damaged('its files and its list of files differ')
  return { manifest, team }
}

function checkVersion({ format, version }: { format: string; version: number }): void {
  if (format !== FORMAT) throw noParcel()
  if (version > FORMAT_VERSION)
    throw new ParcelRefused('parcel-newer', 'This file was made by a newer Slipway. Update this server, then import it again.')
  if (version !== FORMAT_VERSION) throw damaged('its version is none that ever was')
}

/** All of a file that is small by its kind. */
export async function wholeOf({ bytes }: Pick<TarFile, 'bytes'>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function readJson<T>(part: Part, schema: z.ZodType<T>): Promise<T> {
  return parse(await wholeOf(part), schema)
}

function parse<T>(bytes: Buffer, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(bytes.toString()))
  } catch {
    throw damaged('a part of it cannot be read')
  }
}
