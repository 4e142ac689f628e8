import { z } from 'zod'
import { isId } from '#domain/core/rooms.ts'
import { MAX_BLOB } from '#server/blobs/blobs.ts'

/** Names the format, in the first and the last file of a parcel. */
export const FORMAT = 'slipway-project'
/** Raised when a parcel of the new kind cannot be read by a server that knows the old one. */
export const FORMAT_VERSION = 1

const MB = 1024 * 1024

/** What an import takes, in bytes and files. */
export const LIMITS = {
  /** The file itself, and all it holds. */
  packed: 8 * 1024 * MB,
  unpacked: 32 * 1024 * MB,
  files: 200_000,
  /** Every document, and all of them together: they are stored in one transaction. */
  room: 128 * MB,
  rooms: 256 * MB,
  /** Rows are not read again, only compared with their hash. */
  rows: 1024 * MB,
  log: 64 * MB,
  blob: MAX_BLOB,
  manifest: 64 * MB,
  small: 4 * MB,
}
export type Limits = typeof LIMITS

/** What a file of a parcel is: by its name alone, so that no other name gets any further. */
export type Kind =
  | { kind: 'format' | 'readme' | 'team' | 'manifest' }
  | { kind: 'room' | 'rows'; of: 'project' | 'record' | 'chat'; id: string }
  | { kind: 'log' | 'blob'; id: string }

const FIXED = { 'format.json': 'format', 'README.txt': 'readme', 'team.json': 'team', 'manifest.json': 'manifest' } as const

/** Reads a file's name; null for one that no parcel has. */
export function readName(name: string): Kind | null {
  if (Object.hasOwn(FIXED, name)) return { kind: FIXED[name as keyof typeof FIXED] }
  const room = /^(rooms|rows)\/(?:(project|record)|chat-([0-9a-f-]{36}))\.(update|jsonl)$/.exec(name)
  if (room) {
    const [, folder, single, id = '', ending] = room
    const kind = folder === 'rooms' ? 'room' : 'rows'
    if ((kind === 'room') !== (ending === 'update') || !(single || isId(id))) return null
    return { kind, of: (single ?? 'chat') as 'project' | 'record' | 'chat', id }
  }
  const log = /^logs\/([0-9a-f-]{36})\.jsonl$/.exec(name)?.[1]
  if (log && isId(log)) return { kind: 'log', id: log }
  const blob = /^blobs\/([0-9a-f]{64})$/.exec(name)?.[1]
  return blob ? { kind: 'blob', id: blob } : null
}

/** How large a file of this kind may be. */
export function mostBytes({ kind }: Kind, limits: Limits): number {
  if (kind === 'room' || kind === 'rows' || kind === 'log' || kind === 'blob' || kind === 'manifest') return limits[kind]
  return limits.small
}

/** The first file: what this is, so that a person or an older server knows without reading on. */
export const formatFile = z.object({ format: z.literal(FORMAT), version: z.number().int(), slipway: z.string() })

/** The last file: every other one with its hash. A parcel without it was cut off. */
export const manifestFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  slipway: z.string().max(100),
  /** Milliseconds since 1970. */
  exportedAt: z.number(),
  project: z.object({ id: z.uuid(), name: z.string().max(255) }),
  parts: z.array(z.object({ name: z.string().max(100), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})
export type Manifest = z.output<typeof manifestFile>

/** What of the team's room belongs to the project: its own row, with all it holds, and the names of the people in it. */
export const teamFile = z.object({
  project: z.record(z.string().max(200), z.json()),
  people: z.array(z.object({ id: z.string().min(1).max(100), username: z.string().min(1).max(100) })).max(100_000),
})
export type TeamFile = z.output<typeof teamFile>

export const README = `This file holds one project of Slipway: everything people and agents wrote in it, and what became of it.

format.json      what this is, and which version of the format
team.json        the project's own row, and the names of the people in it
rooms/*.update   the documents, as Yjs updates: the project, its record, and every conversation
rows/*.jsonl     the same in plain words, one row a line, for people and other programs
logs/*.jsonl     what processes printed: a line about the process, then a line a line
blobs/*          images, files and changes, each named by the SHA-256 of what is in it
manifest.json    the size and the SHA-256 of every file above

It holds no passwords, tokens or keys of the server it came from. To have the project on another Slipway: Settings, Export and import,
Import a project. Exporting it there gives the same hashes.
`
