import type { IncomingMessage } from 'node:http'

/** So long a request may take to arrive. */
const WHOLE_MS = 60_000
/** A large file may take as long as it likes, if at least so many bytes of it come in each of these stretches. */
const STRETCH_MS = 30_000
const STRETCH_BYTES = 64 * 1024

/** Ends the connection of a request that takes too long to arrive: a slow answer is a long poll, a slow request is not wanted. */
export function endIfSlow(request: IncomingMessage): void {
  const { socket } = request
  const isLargeFile = request.method === 'POST' && request.url === '/parcels'
  let before = socket.bytesRead
  const look = (): void => {
    if (request.complete) return clearInterval(timer)
    if (!isLargeFile || socket.bytesRead - before < STRETCH_BYTES) socket.destroy()
    before = socket.bytesRead
  }
  const timer = setInterval(look, isLargeFile ? STRETCH_MS : WHOLE_MS)
  timer.unref()
  request.once('close', () => clearInterval(timer))
}
