import * as encoding from 'lib0/encoding'
import { inWords } from '#domain/core/lifecycle.ts'
import type { Role } from '#domain/team/schema.ts'
import { AUTH } from './frames.ts'

const DENIED = 0

/** Why an update was not taken: as a code and a sentence for our client, and as the frame a plain y-websocket client understands. */
export function permissionDenied(role: Role, room: string): { code: string; message: string; frame: Uint8Array } {
  const isRecord = room.startsWith('record/')
  const message = isRecord
    ? 'The record is written by the server alone. Your change was taken back.'
    : `Your role is ${inWords(role)}, which can look but not change anything. Your change was taken back; ask an admin for the member role.`
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, AUTH)
  encoding.writeVarUint(encoder, DENIED)
  encoding.writeVarString(encoder, message)
  return { code: isRecord ? 'record-read-only' : 'role-read-only', message, frame: encoding.toUint8Array(encoder) }
}
