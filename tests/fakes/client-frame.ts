/** A WebSocket frame as a client sends it: masked, with a mask that changes nothing. */
export function clientFrame(kind: number, data: Uint8Array): Buffer {
  const { length } = data
  const head = length < 126 ? Buffer.alloc(6) : length < 65_536 ? Buffer.alloc(8) : Buffer.alloc(14)
  head[0] = 0x80 | kind
  head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (head.length === 8) head.writeUInt16BE(length, 2)
  if (head.length === 14) head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, data])
}
