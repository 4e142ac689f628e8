import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { z } from 'zod'
import { type Answer, accept, refuse } from './refusal.ts'
import { parseRoom, type RoomName } from './rooms.ts'

/** One change the server has not acknowledged: a Yjs update, and the rows it touched. */
export type UnsentChange = { room: RoomName; update: Uint8Array; rows: readonly (readonly [collection: string, id: string])[] }

/** Changes taken off a device as a file: whose they are, when they were taken, and the changes in their order. */
export type UnsentFile = { team: { id: string; name: string }; by: string; savedAt: string; changes: readonly UnsentChange[] }

const KIND = 'slipway unsent changes'
const FORMAT = 1
const UNKNOWN = 'This is no file of unsent changes that Slipway saved. Choose the one you saved under Settings, About.'
const NEWER = 'A newer Slipway saved this file. Reload this page to get the newest, then choose the file again.'
/** A kind of room may be new; how rooms are named is not. */
const NEWER_ROOM = /^[a-z]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const head = z.object({ kind: z.literal(KIND), format: z.number() })
const shape = z.object({
  team: z.object({ id: z.string(), name: z.string() }),
  by: z.string(),
  savedAt: z.string(),
  changes: z.array(z.object({ room: z.string(), update: z.base64(), rows: z.array(z.tuple([z.string(), z.string()])) })),
})

/** The text of such a file. */
export function writeUnsentFile({ changes, ...about }: UnsentFile): string {
  const listed = changes.map(({ room, update, rows }) => ({ room, update: toBase64(update), rows }))
  return `${JSON.stringify({ kind: KIND, format: FORMAT, ...about, changes: listed }, null, 1)}\n`
}

/**
 * Reads such a file for the team with this id. Refuses what is no such file (`not-unsent-changes`), one saved by a newer
 * Slipway (`newer-format`) and one of another team (`other-team`). Nothing in it has been checked against the rooms: the
 * server decides about each change as about any other.
 */
export function readUnsentFile(text: string, teamId: string): Answer<UnsentFile> {
  const json = parse(text)
  const known = head.safeParse(json)
  if (!known.success) return refuse('not-unsent-changes', UNKNOWN)
  if (known.data.format > FORMAT) return refuse('newer-format', NEWER)
  const found = shape.safeParse(json)
  if (!found.success) return refuse('not-unsent-changes', UNKNOWN)
  const { team, by, savedAt } = found.data
  if (team.id !== teamId)
    return refuse('other-team', `These changes belong to the team “${team.name}”. Sign in there and choose the file again.`)
  const changes = found.data.changes.map(({ room, update, rows }) => ({ room, update: fromBase64(update), rows }))
  if (changes.some(({ room }) => NEWER_ROOM.test(room) && !parseRoom(room).ok)) return refuse('newer-format', NEWER)
  if (!changes.every(({ room, update }) => isWritable(room) && isUpdate(update))) return refuse('not-unsent-changes', UNKNOWN)
  return accept({ team, by, savedAt, changes })
}

/** Records are written by the server alone. */
function isWritable(room: RoomName): boolean {
  const parsed = parseRoom(room)
  return parsed.ok && parsed.value.kind !== 'record'
}

function isUpdate(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    return false
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
