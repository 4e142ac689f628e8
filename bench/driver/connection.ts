import { WebSocket } from 'ws'
import { askFrame, type Dialect, hocuspocusHello, nothingFrame, readFrame, updateFrame } from './frames.ts'

/** A server to drive: how it is spoken to, where it listens, and the token it asks for, if it does. */
export type Target = { dialect: Dialect; url: string; token?: string }

/**
 * One client on the wire: says hello, asks for the state as every y-websocket client does, answers with nothing new, then
 * sends and receives. It holds no document, so that driving costs as little as possible and equally much for every server.
 */
export class Connection {
  onUpdate: (update: Uint8Array) => void = () => {}
  onState: (bytes: number) => void = () => {}
  /** The largest count acknowledged as durable; only the server that was asked for it says so. */
  onAck: (count: number) => void = () => {}
  onTrouble: (why: Error) => void = () => {}
  acknowledged = 0
  readonly target: Target
  readonly room: string
  readonly socket: WebSocket

  private constructor(target: Target, room: string) {
    this.target = target
    this.room = room
    this.socket = new WebSocket(addressOf(target, room), {
      perMessageDeflate: false,
      ...(target.token === undefined ? {} : { headers: { Authorization: `Bearer ${target.token}` } }),
    })
    this.socket.binaryType = 'nodebuffer'
  }

  /** Connects and answers when the room's state has arrived (for the relay, which has none: when the socket is open). */
  static open(target: Target, room: string): Promise<Connection> {
    const made = new Connection(target, room)
    return new Promise((resolve, reject) => {
      const { socket } = made
      const ready = (): void => resolve(made)
      const trouble = (why: string): void => {
        const error = new Error(`${target.dialect}, ${room}: ${why}`)
        reject(error)
        made.onTrouble(error)
      }
      socket.on('open', () => made.greet(ready))
      socket.on('message', (data) => made.receive(data as Buffer, ready, trouble))
      socket.on('error', (error) => trouble(error.message))
      socket.on('close', (code, reason) => {
        if (!made.closing) trouble(`the server closed the connection: ${code} ${reason.toString()}`)
      })
    })
  }

  private closing = false

  private greet(ready: () => void): void {
    const { dialect } = this.target
    if (dialect === 'hocuspocus') this.socket.send(hocuspocusHello(this.room))
    if (dialect === 'relay') ready()
    else this.socket.send(askFrame(dialect, this.room))
  }

  private receive(data: Buffer, ready: () => void, trouble: (why: string) => void): void {
    const message = readFrame(this.target.dialect, data)
    if (message.kind === 'update') this.onUpdate(message.update)
    else if (message.kind === 'ack') this.onAck((this.acknowledged = message.count))
    else if (message.kind === 'refused') trouble(message.sentence)
    else if (message.kind === 'ask' && this.target.dialect !== 'relay') this.socket.send(nothingFrame(this.target.dialect, this.room))
    else if (message.kind === 'state') {
      this.onState(data.length)
      ready()
    }
  }

  /** Sends one update. */
  send(update: Uint8Array): void {
    this.socket.send(updateFrame(this.target.dialect, this.room, update))
  }

  /** Sends a frame made beforehand. */
  sendFrame(frame: Uint8Array): void {
    this.socket.send(frame)
  }

  /** Closes and answers when it is closed. */
  close(): Promise<void> {
    this.closing = true
    if (this.socket.readyState === WebSocket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve())
      this.socket.close()
    })
  }
}

/** Where a room of a server is. */
export const addressOf = ({ dialect, url }: Target, room: string): string =>
  dialect === 'slipway' ? `${url}/sync/${room}?ack=1` : `${url}/${room}`

/** Closes all of them. */
export async function closeAll(connections: readonly { close: () => Promise<void> }[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.close()))
}

/** Rejects when any of them is closed or refused by its server. */
export function troubleOf(connections: readonly { onTrouble: (why: Error) => void }[]): Promise<never> {
  return new Promise((_, reject) => {
    for (const connection of connections) connection.onTrouble = reject
  })
}
