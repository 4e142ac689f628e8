import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { RowChange } from '#domain/core/row-change.ts'
import type { Role } from '#domain/team/schema.ts'

/** What the replica shows to pages. */

export type Me = { id: string; username: string; role: Role }
export type Team = { id: string; name: string }

/**
 * Who is using this browser. `signed-out` with a member means: the session ended, but what this member kept on this
 * device can still be read and edited; it is sent after the next sign-in. `isOutdated`: the server is of another version than this page.
 * `isUnreached`: nobody is known here, and the server, which may know somebody, does not answer.
 */
export type SessionView = {
  status: 'loading' | 'signed-out' | 'signed-in'
  member?: Me
  team?: Team
  isOutdated?: boolean
  isUnreached?: boolean
}

/** `ready`: the room's document is loaded, so commands on it run at once. */
export type RoomView = { ready: boolean; canWrite: boolean; status: 'loading' | 'offline' | 'online' | 'refused' }

export type TextView = { text: Y.Text; awareness: Awareness; undoManager: Y.UndoManager }

/** Somebody else who looks at a room; `at` is what they said they are at (a card's id, a field). */
export type Person = { memberId: string; name: string; color: string; at: string | null; clientId: number }

/**
 * The three honest states, and a sentence for people. `waiting` counts what the server has not yet acknowledged: changes, and `pictures` of it are
 * pictures; `connecting`: the first try is under way, and nobody knows yet whether the server is there. `trouble`: why a server that is online can save
 * nothing at the moment, and what helps; empty while it can. `coming`: so many bytes are on their way from the server, for longer than a moment. `lostAt`: since when the server is away; null: it is not. `device`: what
 * is wrong with keeping things here, null while nothing is.
 */
export type SyncView = {
  state: 'on this device' | 'on the server' | 'not saved'
  connection: 'connecting' | 'online' | 'offline' | 'refused'
  waiting: number
  pictures: number
  trouble: string
  coming: number
  lostAt: number | null
  device: DeviceTrouble | null
  sentence: string
}

/**
 * What is wrong with keeping things on this device, in a sentence with its cure. `outdated`: a page of another version is open too;
 * `newer`: what is kept is a newer version's; `nothing`: the browser keeps nothing; `refuses`: the disk does, for the moment;
 * `thrown-away`: what was kept is gone; `unreadable`: it cannot be read at the moment.
 */
export type DeviceTrouble = { kind: 'outdated' | 'newer' | 'nothing' | 'refuses' | 'thrown-away' | 'unreadable'; sentence: string }

/** The pictures of this person on this device: how many wait to be sent, and how many the server refused. Not known until their store was read. */
export type HeldPictures = { isKnown: boolean; waiting: number; refused: number }

/** True while what is written here is kept on this device. */
export const keepsHere = ({ device }: Pick<SyncView, 'device'>): boolean =>
  device === null || ['thrown-away', 'outdated', 'unreadable'].includes(device.kind)

/** A consequence that waits to be sent, is being sent, or was refused with a sentence. */
export type OutboxItem = { id: string; procedure: string; input: unknown; state: 'waiting' | 'sending' | 'refused'; message: string }

/**
 * What a press of undo (or redo) came to. `taken`: the step is taken back, but for `stayed` rows that others changed since;
 * `stays`: others changed all of it; `said`: it was said in a conversation; `nothing`: no step is left. `what` names the step's first change, what people call
 * its row, and how many changes of rows of its kind there are.
 */
export type Undone =
  | { kind: 'taken'; what: UndoneWhat; stayed: number }
  | { kind: 'stays'; what: UndoneWhat }
  | { kind: 'refused'; sentence: string }
  | { kind: 'said' }
  | { kind: 'nothing' }
export type UndoneWhat = { change: RowChange; label: string; count: number }
