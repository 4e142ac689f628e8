import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * The measure of all things here: a bare WebSocket relay. It reads nothing, keeps nothing, checks nothing; what one client
 * of a room sends goes to the others as it came. A room named `bytes/<n>` answers any first message with n bytes instead:
 * the time to send so much over a bare socket. To a browser it hands the plain page that speaks with it.
 */
const rooms = new Map<string, Set<WebSocket>>()
const page = readFileSync(path.join(import.meta.dirname, '..', 'browser', 'plain-page.html'))
const pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page))
const server = new WebSocketServer({ server: pages, perMessageDeflate: false })
pages.listen(Number(process.argv[2]), '127.0.0.1')

server.on('connection', (socket, request) => {
  const name = request.url ?? '/'
  const size = /^\/bytes\/(\d+)$/.exec(name)?.[1]
  if (size !== undefined) {
    const bytes = Buffer.alloc(Number(size), 7)
    socket.on('message', () => socket.send(bytes))
    return
  }
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(socket))
  socket.on('message', (message) => {
    for (const other of room) if (other !== socket) other.send(message, { binary: true })
  })
  socket.on('close', () => {
    room.delete(socket)
    if (room.size === 0) rooms.delete(name)
  })
})
