import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { MESSAGE_ACK, MESSAGE_REFUSED, MESSAGE_TROUBLE } from '#domain/core/wire.ts'

type Socket = { ws: WebSocket; room: string; frames: number; acked: number }
type Call = { procedure: string; key: string; input: unknown }

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
}
const EMPTY = 2

/**
 * A server that is just enough for a replica: rooms in memory with acknowledgements, a session, and mutations that answer
 * a repeated key as before. Its levers make the weather.
 */
export class FakeServer {
  member: { id: string; username: string; role: string } | null = {
    id: '01900000-0000-7000-8000-00000000000a',
    username: 'Ada',
    role: 'member',
  }
  /** When false, updates are stored and forwarded, and their acknowledgement is held back until it is true again. */
  acknowledges = true
  /** A sentence: every update is refused with it, and nobody is asked what they have. */
  refuses: string | null = null
  /** Close sockets at once with this code. */
  closesWith: number | null = null
  /** While true, the database's own files are asked for and not given. */
  holdsDatabase = false
  /** Changes the scripts of the page and its workers on their way: what a browser lacks, or another version of them. */
  rewrite: (script: string, name: string) => string = (script) => script
  /** While true, whoever asks for `/stand-still` waits. */
  keepsWaiting = true
  /** Procedures that are refused with a sentence. */
  readonly refusedCalls = new Map<string, string>()
  /** The answer is lost this many times after the call was done. */
  losesAnswers = 0
  readonly calls: Call[] = []
  readonly rooms = new Map<string, Y.Doc>()
  /** Why nothing can be stored at the moment; empty: it can. */
  #trouble = ''
  /** How far each room reached when that began. */
  #stored = new Map<string, Uint8Array>()
  readonly #answers = new Map<string, unknown>()
  readonly #sockets = new Set<Socket>()
  readonly #folder: string
  readonly #port: number
  #http: Server | null = null
  readonly url: string

  /** `host`: a name below `localhost`; for a browser each is a site of its own. */
  constructor(folder: string, host: string, port: number) {
    this.#folder = folder
    this.#port = port
    this.url = `http://${host}:${port}`
  }

  /** The updates of a room as a document. */
  doc(room: string): Y.Doc {
    const found = this.rooms.get(room) ?? new Y.Doc()
    this.rooms.set(room, found)
    return found
  }

  async start(): Promise<void> {
    const http = createServer((request, response) => void this.#serve(request, response))
    const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
    http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => this.#open(ws, request)))
    await new Promise<void>((resolve, reject) => http.once('error', reject).listen(this.#port, 'localhost', resolve))
    this.#http = http
  }

  async stop(): Promise<void> {
    const http = this.#http
    this.#http = null
    for (const { ws } of this.#sockets) ws.terminate()
    this.#sockets.clear()
    http?.closeAllConnections()
    await new Promise<void>((resolve) => (http ? http.close(() => resolve()) : resolve()))
  }

  /** Sends what was held back. */
  acknowledgeAll(): void {
    this.acknowledges = true
    for (const socket of this.#sockets) this.#acknowledge(socket)
  }

  /** From now on nothing can be stored, for this reason; empty: it can again. Meanwhile nothing is acknowledged and calls are turned away. */
  setTrouble(sentence: string): void {
    this.#trouble = sentence
    this.#stored = new Map([...this.rooms].map(([room, doc]) => [room, Y.encodeStateVector(doc)]))
    for (const socket of this.#sockets) this.#sayTrouble(socket)
    if (sentence === '') this.acknowledgeAll()
    else this.acknowledges = false
  }

  #open(ws: WebSocket, request: IncomingMessage): void {
    const url = new URL(request.url ?? '/', this.url)
    const code = this.closesWith ?? (this.member ? null : 4401)
    if (code) return ws.close(code, 'The session has ended.')
    const socket: Socket = { ws, room: decodeURIComponent(url.pathname.slice('/sync/'.length)), frames: 0, acked: 0 }
    this.#sockets.add(socket)
    ws.on('close', () => this.#sockets.delete(socket))
    ws.on('message', (data: Buffer) => this.#read(socket, new Uint8Array(data)))
    if (this.refuses === null) this.#send(socket, 0, 0, this.#storedVector(socket.room))
    if (this.#trouble) this.#sayTrouble(socket)
  }

  #read(socket: Socket, bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const kind = decoding.readVarUint(decoder)
    if (kind !== 0) {
      for (const other of this.#sockets) if (other !== socket && other.room === socket.room) other.ws.send(bytes)
      return
    }
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    const doc = this.doc(socket.room)
    if (step === 0) return this.#send(socket, 0, 1, Y.encodeStateAsUpdate(doc, payload))
    if (step === 1 && payload.length <= EMPTY) return
    socket.frames++
    if (this.refuses !== null) return this.#refuse(socket, this.refuses)
    Y.applyUpdate(doc, payload)
    for (const other of this.#sockets) if (other !== socket && other.room === socket.room) this.#send(other, 0, 2, payload)
    if (this.acknowledges) this.#acknowledge(socket)
  }

  #send(socket: Socket, kind: number, step: number, payload: Uint8Array): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
    socket.ws.send(encoding.toUint8Array(encoder))
  }

  #acknowledge(socket: Socket): void {
    if (socket.frames === socket.acked) return
    socket.acked = socket.frames
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE_ACK)
    encoding.writeVarUint(encoder, socket.frames)
    socket.ws.send(encoding.toUint8Array(encoder))
  }

  #storedVector(room: string): Uint8Array {
    if (this.#trouble) return this.#stored.get(room) ?? Y.encodeStateVector(new Y.Doc())
    return Y.encodeStateVector(this.doc(room))
  }

  #sayTrouble(socket: Socket): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE_TROUBLE)
    encoding.writeVarString(encoder, this.#trouble)
    socket.ws.send(encoding.toUint8Array(encoder))
  }

  #refuse(socket: Socket, sentence: string): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE_REFUSED)
    encoding.writeVarUint(encoder, socket.frames)
    encoding.writeVarString(encoder, 'read-only')
    encoding.writeVarString(encoder, sentence)
    socket.ws.send(encoding.toUint8Array(encoder))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url)
    if (pathname.startsWith('/trpc/')) return this.#call(request, response, pathname.slice('/trpc/'.length))
    if (pathname === '/blank') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Nothing here</title>')
    while (this.keepsWaiting && pathname === '/stand-still') await sleep(50)
    while (this.holdsDatabase && pathname.endsWith('.wasm')) await sleep(50)
    const path = normalize(pathname)
    let file = await readFile(join(this.#folder, path)).catch(() => null)
    if (!file && pathname.startsWith('/pglite/')) return void response.writeHead(404).end()
    if (file && extname(path) === '.js') file = Buffer.from(this.rewrite(file.toString(), path))
    const body = file ?? (await readFile(join(this.#folder, 'index.html')))
    response.writeHead(200, { 'content-type': TYPES[file ? extname(path) : '.html'] ?? 'application/octet-stream' }).end(body)
  }

  async #call(request: IncomingMessage, response: ServerResponse, procedure: string): Promise<void> {
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (procedure === 'session.me') {
      return answer(200, {
        result: { data: this.member ? { member: this.member, team: { id: 'team-1', name: 'Harbour' }, version: 'test' } : null },
      })
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (this.#trouble) {
      const data = { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, refusal: { code: 'not-saving', message: this.#trouble } }
      return answer(503, { error: { message: this.#trouble, code: -32603, data } })
    }
    const key = String(request.headers['idempotency-key'] ?? '')
    if (!this.#answers.has(key)) {
      const refused = this.refusedCalls.get(procedure)
      this.calls.push({ procedure, key, input: JSON.parse(Buffer.concat(chunks).toString() || 'null') })
      if (refused) {
        const data = { code: 'BAD_REQUEST', httpStatus: 400, path: procedure, refusal: { code: 'refused', message: refused } }
        return answer(400, { error: { message: refused, code: -32600, data } })
      }
      this.#answers.set(key, { done: this.calls.length })
    }
    if (this.losesAnswers > 0) {
      this.losesAnswers--
      request.socket.destroy()
      return
    }
    answer(200, { result: { data: this.#answers.get(key) } })
  }
}
