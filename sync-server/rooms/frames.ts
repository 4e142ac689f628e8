import * as encoding from 'lib0/encoding'
import { MESSAGE_ACK, MESSAGE_COMING, MESSAGE_REFUSED, MESSAGE_SET_BACK, MESSAGE_TROUBLE } from '#domain/core/wire.ts'
import { Reader } from './reader.ts'
import { encodeVarUints } from './state-vector.ts'

export const SYNC = 0
export const AWARENESS = 1
const AUTH = 2
export const QUERY_AWARENESS = 3

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

const DENIED = 0

/** One message from a client, its bytes not yet looked into. */
export type Frame =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'awareness'; update: Uint8Array }
  | { kind: 'queryAwareness' }
  | { kind: 'unknown' }

/** Reads a message of the y-websocket protocol. Throws `Malformed` for bytes that are none. */
export function readFrame(bytes: Uint8Array): Frame {
  const reader = new Reader(bytes)
  const type = reader.varUint()
  if (type === AWARENESS) return { kind: 'awareness', update: reader.view() }
  if (type === QUERY_AWARENESS) return { kind: 'queryAwareness' }
  if (type !== SYNC) return { kind: 'unknown' }
  const step = reader.varUint()
  if (step === STEP_1) return { kind: 'step1', vector: reader.view() }
  if (step === STEP_2) return { kind: 'step2', update: reader.view() }
  if (step === UPDATE) return { kind: 'update', update: reader.view() }
  return { kind: 'unknown' }
}

/** A message's head (small numbers, one byte each), the length of its bytes, its bytes. */
function withBytes(head: readonly number[], bytes: Uint8Array): Uint8Array {
  const before = encodeVarUints([...head, bytes.length])
  const frame = new Uint8Array(before.length + bytes.length)
  frame.set(before)
  frame.set(bytes, before.length)
  return frame
}

export const step1Frame = (vector: Uint8Array): Uint8Array => withBytes([SYNC, STEP_1], vector)
export const step2Frame = (update: Uint8Array): Uint8Array => withBytes([SYNC, STEP_2], update)
export const updateFrame = (update: Uint8Array): Uint8Array => withBytes([SYNC, UPDATE], update)
export const awarenessFrame = (update: Uint8Array): Uint8Array => withBytes([AWARENESS], update)

/** What stands before an update of this length, for one that is sent without being copied. */
export const updateHead = (length: number): Uint8Array => encodeVarUints([SYNC, UPDATE, length])
export const step2Head = (length: number): Uint8Array => encodeVarUints([SYNC, STEP_2, length])

/** The first `count` update-carrying frames of the connection are durable (or were refused). */
export const ackFrame = (count: number): Uint8Array => encodeVarUints([MESSAGE_ACK, count])

/** Frame number `place` was refused, and why. */
export function refusedFrame(place: number, code: string, sentence: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_REFUSED)
  encoding.writeVarUint(encoder, place)
  encoding.writeVarString(encoder, code)
  encoding.writeVarString(encoder, sentence)
  return encoding.toUint8Array(encoder)
}

/** The same as a plain y-websocket client understands it. */
export function deniedFrame(sentence: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, AUTH)
  encoding.writeVarUint(encoder, DENIED)
  encoding.writeVarString(encoder, sentence)
  return encoding.toUint8Array(encoder)
}

/** Why nothing can be stored at the moment; null: it can again. */
export function troubleFrame(sentence: string | null): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_TROUBLE)
  encoding.writeVarString(encoder, sentence ?? '')
  return encoding.toUint8Array(encoder)
}

/** So many bytes follow; 0: that was all of them. */
export const comingFrame = (bytes: number): Uint8Array => encodeVarUints([MESSAGE_COMING, bytes])

/** The room holds less than its reader, who should forget it and ask anew. */
export const SET_BACK: Uint8Array = encodeVarUints([MESSAGE_SET_BACK])

/** An update that brings nothing: no structs, no deletions. */
export const EMPTY_UPDATE: Uint8Array = Uint8Array.of(0, 0)
