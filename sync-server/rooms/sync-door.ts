import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Answer } from '#domain/core/refusal.ts'
import { parseRoom } from '#domain/core/rooms.ts'
import { BEAT_MS, BULK, CLOSE, MAX_FRAME } from '#domain/core/wire.ts'
import type { Identity } from '#server/gate/identity.ts'
import { mayEnter, mayRoom } from '#server/gate/policy.ts'
import { SaidOnce } from '#server/log.ts'
import { messageOf } from '#server/start-refusal.ts'
import { Connection, cut } from './connection.ts'
import { Conversation, type ConversationParts } from './conversation.ts'
import { Departures } from './departures.ts'
import { awarenessFrame } from './frames.ts'
import { PassesInUse } from './passes-in-use.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { markOf } from './socket-frame.ts'

/** How the door learns who is knocking. A refusal's code chooses the closing code. */
export type Identify = (request: IncomingMessage, url: URL) => Promise<Answer<Identity>>

export type DoorParts = ConversationParts & {
  rooms: Rooms
  identify: Identify
  /** The identity as it is now, or null where it ended. */
  recheck: (identity: Identity) => Promise<Identity | null>
}

/** So many pings without an answer, and a connection is dead: slow lines need more than one beat. */
const PATIENCE = 3
/** Our own client says nothing when it has nothing to tell: after so many beats that is clear. */
const BEATS_TO_ANSWER = 6
const RECHECK_MS = 4_000
const ignore = (): void => undefined
const NOBODY = awarenessFrame(Uint8Array.of(0))
const CLOSE_OF: Readonly<Record<string, number>> = {
  unauthenticated: CLOSE.unauthenticated,
  forbidden: CLOSE.forbidden,
  'rate-limited': CLOSE.rateLimited,
}

/** Somebody who is in, since how many pings, how many came since anything was heard, how much was heard, and what is made of it, from his first word on. */
type Inside = {
  connection: Connection
  room: Room
  beats: number
  unanswered: number
  bytesRead: number
  conversation: Conversation | null
}

/** The door at `/sync/<room>`: lets sockets in, reads their frames, puts them out. */
export class SyncDoor {
  readonly #parts: DoorParts
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 2 * MAX_FRAME, clientTracking: false })
  readonly #inside = new Map<WebSocket, Inside>()
  readonly #passes = new PassesInUse()
  readonly #departures = new Departures()
  readonly #timers: NodeJS.Timeout[]
  readonly #rechecking: SaidOnce

  constructor(parts: DoorParts) {
    this.#parts = parts
    this.#rechecking = new SaidOnce((reason) => parts.log.warn({ reason }, 'rights could not be looked at again'))
    parts.journal.onTrouble = (sentence) => {
      for (const { connection } of this.#inside.values()) connection.tellTrouble(sentence)
    }
    this.#timers = [setInterval(() => this.#ping(), BEAT_MS), setInterval(() => void this.recheck(), RECHECK_MS)]
    for (const timer of this.#timers) timer.unref()
  }

  /** Takes an upgrade request. It is always accepted: a browser learns the reason only from a closing frame. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', ignore)
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', this.#failed)
      // Nothing is read before it is known who speaks.
      socket.pause()
      void this.#enter(request, socket, stream)
    })
  }

  // Listeners are the same functions for every socket: one of its own would live as long as the socket does, and keep alive what
  // stood around it where it was made, the request and its secrets among them.

  readonly #failed = (error: Error): void => {
    if ((error as { code?: string }).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') this.#parts.log.debug('a frame was too large')
  }

  readonly #heard = this.#bySocket((inside, data: Buffer) => {
    inside.conversation ??= new Conversation(this.#parts, inside.room, inside.connection)
    inside.conversation.hear(data)
  })

  readonly #answered = this.#bySocket((inside, data: Buffer) => {
    inside.unanswered = 0
    const mark = markOf(data)
    if (mark !== null) inside.connection.arrived(mark)
  })

  readonly #left = this.#bySocket(({ connection, room }) => {
    this.#inside.delete(connection.socket)
    this.#passes.letGo(connection.identity)
    room.leave(connection)
  })

  /** A listener for any socket that is in: the socket it is called for is its `this`. */
  #bySocket<Given extends unknown[]>(act: (inside: Inside, ...given: Given) => void): (this: WebSocket, ...given: Given) => void {
    const everybody = this.#inside
    return function (this: WebSocket, ...given: Given): void {
      const inside = everybody.get(this)
      if (inside) act(inside, ...given)
    }
  }

  async #enter(request: IncomingMessage, socket: WebSocket, stream: Duplex): Promise<void> {
    const refuse = (code: number, reason: string): void => {
      socket.resume()
      socket.close(code, cut(reason))
    }
    let room: Room | undefined
    try {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const name = decodeURIComponent(url.pathname.replace(/^\/sync\//, ''))
      const parsed = parseRoom(name)
      if (!parsed.ok) return refuse(CLOSE.roomUnknown, parsed.message)
      const identity = await this.#parts.identify(request, url)
      if (!identity.ok) return refuse(CLOSE_OF[identity.code] ?? CLOSE.unauthenticated, identity.message)
      const { kind } = parsed.value
      const { role } = identity.value
      if (!mayRoom(role, kind, 'read')) return refuse(CLOSE.forbidden, `The role ${role} may not open ${kind} rooms.`)
      if (!mayEnter(identity.value, parsed.value, 'read')) return refuse(CLOSE.forbidden, 'That room is somebody else’s own.')
      room = await this.#parts.rooms.hold(name)
      if (socket.readyState !== socket.OPEN) return
      const canWrite = mayEnter(identity.value, parsed.value, 'write')
      const connection = new Connection(socket, stream, this.#departures, {
        identity: this.#passes.take(identity.value),
        canWrite,
        wantsAcks: url.searchParams.get('ack') === '1',
      })
      this.#letIn(room, connection)
      if (url.searchParams.get('all') !== '1') return
      room.sendAll(connection)
      connection.wasToldAll = true
    } catch (thrown) {
      this.#parts.log.error({ room: room?.name, url: request.url?.split('?')[0], reason: messageOf(thrown) }, 'a room could not be opened')
      refuse(CLOSE.serverError, 'This room cannot be opened right now. It is tried again.')
    } finally {
      if (room) this.#parts.rooms.release(room)
    }
  }

  #letIn(room: Room, connection: Connection): void {
    const { socket } = connection
    this.#inside.set(socket, { connection, room, beats: 0, unanswered: 0, bytesRead: 0, conversation: null })
    room.join(connection)
    const { health } = this.#parts.journal
    if (!health.ok) connection.tellTrouble(health.sentence)
    socket.on('pong', this.#answered)
    socket.on('close', this.#left)
    socket.on('message', this.#heard)
    socket.resume()
  }

  #ping(): void {
    for (const inside of this.#inside.values()) {
      const { connection } = inside
      // A large frame on a slow line is heard as bytes only, and answers to pings come behind it.
      const { bytesRead, isReceiving } = connection
      const heard = bytesRead - inside.bytesRead
      inside.bytesRead = bytesRead
      if (heard > 0 || isReceiving) inside.unanswered = 0
      if (heard < BULK && !isReceiving && ++inside.beats === BEATS_TO_ANSWER) connection.hasAnswered = true
      if (inside.unanswered++ === PATIENCE) {
        connection.socket.terminate()
        continue
      }
      connection.socket.ping()
      // Pages do not see pings: a client believes the line dead when it hears no message.
      connection.send(NOBODY)
    }
  }

  /** Looks at every connection's right again: ended identities are put out, changed ones come back with their new right. */
  async recheck(memberId?: string): Promise<void> {
    const now = new Map<Identity, Identity | null>()
    for (const { connection } of this.#inside.values()) {
      if (memberId !== undefined && connection.identity.memberId !== memberId) continue
      try {
        const { identity } = connection
        if (!now.has(identity)) now.set(identity, await this.#parts.recheck(identity))
        const current = now.get(identity)
        if (!current) connection.close(CLOSE.unauthenticated, 'You are no longer signed in. Sign in again.')
        else if (current.role !== identity.role) connection.close(CLOSE.shuttingDown, `Your role is now ${current.role}. Connecting again.`)
      } catch (thrown) {
        this.#rechecking.failed(thrown)
        return
      }
    }
    this.#rechecking.worked()
  }

  /** Stops looking after connections. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }
}
