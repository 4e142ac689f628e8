import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { addressOf, type Target } from './connection.ts'
import { askFrame, hocuspocusHello, nothingFrame, readFrame } from './frames.ts'

/**
 * A reader that costs next to nothing: two hundred of them in one process must not be what a server is waited for. It reads no
 * message it need not: of all that came in one piece the last update says how far its one writer's edits have come.
 */
export class Listener {
  onUpdate: (update: Uint8Array) => void = () => {}
  onTrouble: (why: Error) => void = () => {}
  readonly #target: Target
  readonly #room: string
  readonly #socket: Socket
  #rest: Buffer = Buffer.alloc(0)
  #ready: () => void = () => {}
  #isClosing = false

  private constructor(target: Target, room: string, socket: Socket, head: Buffer) {
    this.#target = target
    this.#room = room
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (piece) => this.#take(piece))
    socket.on('error', (error) => this.onTrouble(error))
    socket.on('close', () => {
      if (!this.#isClosing) this.onTrouble(new Error(`${target.dialect}, ${room}: the server closed the connection`))
    })
    if (head.length > 0) this.#take(head)
  }

  /** Connects and answers when the room's state has arrived (for the relay, which has none: when the socket is open). */
  static async open(target: Target, room: string): Promise<Listener> {
    const [socket, head] = await upgraded(target, room)
    const made = new Listener(target, room, socket, head)
    if (target.dialect === 'hocuspocus') made.#say(hocuspocusHello(room))
    if (target.dialect === 'relay') return made
    return new Promise((resolve, reject) => {
      made.onTrouble = reject
      made.#ready = () => resolve(made)
      made.#say(askFrame(target.dialect, room))
    })
  }

  #take(piece: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece
    const messages: Buffer[] = []
    let at = 0
    for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
      if (frame.isMessage) messages.push(bytes.subarray(frame.start, frame.end))
      at = frame.end
    }
    this.#rest = bytes.subarray(at)
    if (messages.length > 0) this.#hear(messages)
  }

  #hear(messages: readonly Buffer[]): void {
    for (let last = messages.length - 1; last >= 0; last--) {
      const message = readFrame(this.#target.dialect, messages[last] as Buffer)
      if (message.kind === 'update') return this.onUpdate(message.update)
      if (message.kind === 'ask' && this.#target.dialect !== 'relay') this.#say(nothingFrame(this.#target.dialect, this.#room))
      else if (message.kind === 'state') this.#ready()
    }
  }

  #say(message: Uint8Array): void {
    this.#socket.write(masked(message))
  }

  /** Closes and answers when it is closed. */
  close(): Promise<void> {
    this.#isClosing = true
    if (this.#socket.closed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve())
      this.#socket.destroy()
    })
  }
}

function upgraded(target: Target, room: string): Promise<[Socket, Buffer]> {
  return new Promise((resolve, reject) => {
    const asked = request(addressOf(target, room).replace(/^ws/, 'http'), {
      agent: false,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': 13,
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        ...(target.token === undefined ? {} : { Authorization: `Bearer ${target.token}` }),
      },
    })
    asked.on('upgrade', (_, socket, head) => resolve([socket as Socket, head]))
    asked.on('response', (response) => reject(new Error(`${target.dialect} answered ${response.statusCode} instead of a WebSocket`)))
    asked.on('error', reject)
    asked.end()
  })
}

const BINARY = 2

/** Where the message of a server's frame stands (RFC 6455 §5.2: unmasked); null while it has not all come. */
function frameAt(bytes: Buffer, at: number): { isMessage: boolean; start: number; end: number } | null {
  if (bytes.length < at + 2) return null
  const kind = bytes.readUInt8(at) & 0x0f
  const short = bytes.readUInt8(at + 1)
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10)
  if (bytes.length < start) return null
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  const end = start + length
  return bytes.length < end ? null : { isMessage: kind === BINARY, start, end }
}

/** A short message as a client sends it. The mask is nothing: no proxy stands between. */
function masked(message: Uint8Array): Buffer {
  if (message.length > 125) throw new Error('a listener says nothing that long')
  return Buffer.concat([Buffer.from([0x80 | BINARY, 0x80 | message.length, 0, 0, 0, 0]), message])
}
