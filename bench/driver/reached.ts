import { decoding } from 'lib0'
import * as Y from 'yjs'

/**
 * How far an update brings each writer: client id → the clock after it. Servers may re-encode, batch or merge what they
 * forward, so the bench counts edits by their clocks and not frames. The usual update, one writer's few structs, is read
 * from its first bytes; a merged one is parsed.
 */
export function reached(update: Uint8Array, note: (client: number, clock: number) => void): void {
  const from = decoding.createDecoder(update)
  const clients = decoding.readVarUint(from)
  if (clients === 0) return
  if (clients === 1) {
    const structs = decoding.readVarUint(from)
    if (structs <= SHORT) {
      const client = decoding.readVarUint(from)
      note(client, decoding.readVarUint(from) + structs)
      return
    }
  }
  for (const [client, clock] of Y.parseUpdateMeta(update).to) note(client, clock)
}

/** An edit of the bench is this many structs of length one, or fewer; longer updates may hold longer structs. */
const SHORT = 2
