/** A message as it goes over a WebSocket from a server: one unmasked binary frame. Made once, written to many sockets. */
export function socketFrame(payload: Uint8Array): Buffer {
  return frameBeginning(payload, payload.length)
}

/** The beginning of such a frame, of `length` bytes in all; the rest of it is written after it. */
export function frameBeginning(payload: Uint8Array, length: number): Buffer {
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + payload.length)
  frame[0] = 0x82
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2)
    frame.writeUInt32BE(length >>> 0, 6)
  }
  frame.set(payload, head)
  return frame
}
