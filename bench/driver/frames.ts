import { decoding, encoding } from 'lib0'
import { MESSAGE_ACK, MESSAGE_REFUSED } from '#domain/core/wire.ts'

/**
 * How a server wants to be spoken to. All but Hocuspocus get the y-websocket protocol byte for byte; Hocuspocus puts the
 * document's name before every message. `slipway` also acknowledges.
 */
export type Dialect = 'relay' | 'slipway' | 'y-websocket' | 'hocuspocus'

/** What a driver needs to know of a message it receives. */
export type Message =
  | { kind: 'ask' }
  | { kind: 'state'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'ack'; count: number }
  | { kind: 'refused'; sentence: string }
  | { kind: 'other' }

const SYNC = 0
const HOCUSPOCUS_AUTH = 2
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2
const EMPTY = new Uint8Array([0, 0])

/** The frame that carries one Yjs update. */
export const updateFrame = (dialect: Dialect, room: string, update: Uint8Array): Uint8Array => syncFrame(dialect, room, UPDATE, update)

/** Asks for everything: a state vector that knows nothing. */
export const askFrame = (dialect: Dialect, room: string): Uint8Array => syncFrame(dialect, room, STEP_1, new Uint8Array([0]))

/** The answer of a client that has nothing the server lacks. */
export const nothingFrame = (dialect: Dialect, room: string): Uint8Array => syncFrame(dialect, room, STEP_2, EMPTY)

/** What a Hocuspocus client says before anything else. */
export function hocuspocusHello(room: string): Uint8Array {
  return encoding.encode((to) => {
    encoding.writeVarString(to, room)
    encoding.writeVarUint(to, HOCUSPOCUS_AUTH)
    encoding.writeVarUint(to, 0)
    encoding.writeVarString(to, 'bench')
  })
}

function syncFrame(dialect: Dialect, room: string, type: number, payload: Uint8Array): Uint8Array {
  return encoding.encode((to) => {
    if (dialect === 'hocuspocus') encoding.writeVarString(to, room)
    encoding.writeVarUint(to, SYNC)
    encoding.writeVarUint(to, type)
    encoding.writeVarUint8Array(to, payload)
  })
}

/** Reads a received frame; what the bench has no use for is `other`. */
export function readFrame(dialect: Dialect, frame: Uint8Array): Message {
  const from = decoding.createDecoder(frame)
  if (dialect === 'hocuspocus') decoding.readVarString(from)
  const type = decoding.readVarUint(from)
  if (type === MESSAGE_ACK) return { kind: 'ack', count: decoding.readVarUint(from) }
  if (type === MESSAGE_REFUSED && dialect === 'slipway') {
    decoding.readVarUint(from)
    return { kind: 'refused', sentence: `${decoding.readVarString(from)}: ${decoding.readVarString(from)}` }
  }
  if (type !== SYNC && !(dialect === 'hocuspocus' && type === HOCUSPOCUS_SYNC_REPLY)) return { kind: 'other' }
  const step = decoding.readVarUint(from)
  if (step === STEP_1) return { kind: 'ask' }
  return { kind: step === STEP_2 ? 'state' : 'update', update: decoding.readVarUint8Array(from) }
}

const HOCUSPOCUS_SYNC_REPLY = 4
