/** A message's head and its bytes, which may be large. */
export type InTwo = readonly [head: Uint8Array, bytes: Uint8Array]

/** Fewer bytes than this are copied sooner than written by themselves. */
const WORTH_COPYING = 16 * 1024

/** A message as it goes over a WebSocket from a server: one unmasked binary frame. Made once, written to many sockets. */
export function socketFrame(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headLength(payload.length) + payload.length)
  frame.set(payload, writeHead(frame, 0, payload.length))
  return frame
}

/** A ping whose answer says that all before it has arrived. Numbers up to 2³² - 1. */
export function pingFrame(mark: number): Buffer {
  const frame = Buffer.from([0x89, 4, 0, 0, 0, 0])
  frame.writeUInt32BE(mark, 2)
  return frame
}

/** The mark of the ping that a pong answers; null for one that had none. */
export const markOf = (pong: Buffer): number | null => (pong.length === 4 ? pong.readUInt32BE() : null)

/** Many such frames as pieces to be written one after the other: small ones stand together in one, large bytes stay where they lie. */
export function socketFrames(messages: readonly InTwo[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const length = messages.reduce((sum, [head, bytes]) => {
    const payload = head.length + bytes.length
    return sum + headLength(payload) + (bytes.length < WORTH_COPYING ? payload : head.length)
  }, 0)
  const small = Buffer.allocUnsafe(length)
  let begun = 0
  let at = 0
  for (const [head, bytes] of messages) {
    at = writeHead(small, at, head.length + bytes.length)
    small.set(head, at)
    at += head.length
    if (bytes.length < WORTH_COPYING) {
      small.set(bytes, at)
      at += bytes.length
      continue
    }
    pieces.push(small.subarray(begun, at), bytes)
    begun = at
  }
  if (at > begun) pieces.push(small.subarray(begun, at))
  return pieces
}

const headLength = (payload: number): number => (payload < 126 ? 2 : payload < 65_536 ? 4 : 10)

/** Writes what stands before a payload of this length, and answers where the payload goes. */
function writeHead(frame: Buffer, at: number, payload: number): number {
  const end = at + headLength(payload)
  frame[at] = 0x82
  if (payload < 126) frame[at + 1] = payload
  else if (payload < 65_536) {
    frame[at + 1] = 126
    frame.writeUInt16BE(payload, at + 2)
  } else {
    frame[at + 1] = 127
    frame.writeUInt32BE(Math.floor(payload / 2 ** 32), at + 2)
    frame.writeUInt32BE(payload >>> 0, at + 6)
  }
  return end
}
