import { inWords } from '#domain/core/lifecycle.ts'
import type { Role } from '#domain/team/schema.ts'

/** Why an update is not taken: a code, and a sentence for the person. */
export type Denied = { code: string; message: string }

/** Somebody of this role may not write in this room. */
export function permissionDenied(role: Role, room: string): Denied {
  if (room.startsWith('record/'))
    return { code: 'record-read-only', message: 'The record is written by the server alone. Your change was taken back.' }
  return {
    code: 'role-read-only',
    message: `Your role is ${inWords(role)}, which can look but not change anything. Your change was taken back; ask an admin for the member role.`,
  }
}

/** It would continue what somebody else writes. */
export const FOREIGN_ID: Denied = {
  code: 'foreign-id',
  message:
    'This continues what somebody else is writing in an open page of theirs, which they alone can do. It was taken back; whoever wrote it can save it from their own browser.',
}

/** The schema of a field does not take what it writes there. */
export function notForField(field: string, message: string): Denied {
  return { code: 'invalid-input', message: `The field “${field}” cannot be saved like that: ${message} Your change was taken back.` }
}

/** It cannot be put together with what is here. */
export const UNBEARABLE: Denied = {
  code: 'unreadable',
  message: 'This change does not go together with what is stored here. It was taken back; reload the page and make it again.',
}

/** The same of somebody at another server, which may be gone by now: no answer to the change, but a reason to close. */
export const COME_AGAIN: Denied = { code: 'come-again', message: 'Another server has this in hand. Connect again in a moment.' }

/** Reading it had to be ended. */
export const TOO_SLOW: Denied = {
  code: 'too-slow',
  message: 'The server could not read this change in time. It was taken back; make it again in smaller parts.',
}
