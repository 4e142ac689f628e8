import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { MESSAGE_ACK, MESSAGE_REFUSED, MESSAGE_TROUBLE } from '#domain/core/wire.ts'

const MESSAGE_SYNC = 0
/** A sync answer that brings nothing: no structs, no deletions. The server does not count it. */
const EMPTY_UPDATE = 2

export type RoomClientOptions = { url: string; room: string; token: string; doc?: Y.Doc }

/**
 * One room of a running server, from Node: a document that is kept in sync, and an honest word on what the server has on
 * disk. Reconnects by itself; edits made meanwhile go along with the next handshake.
 */
export class RoomClient {
  readonly doc: Y.Doc
  /** How many update frames of the present connection were sent, and how many of them are durable. */
  sent = 0
  acknowledged = 0
  /** Told whenever the server says that more is durable, with the number of frames of this connection that are. */
  onAcknowledged: (count: number) => void = () => undefined
  refused: { code: string; sentence: string } | undefined
  /** Why the server can store nothing at the moment, in its words; empty while it can. */
  trouble = ''
  readonly #options: RoomClientOptions
  #socket: WebSocket | undefined
  #isSynced = false
  #closed = false
  #waiting: { resolve: () => void; reject: (reason: Error) => void }[] = []
  #retry: NodeJS.Timeout | undefined

  constructor(options: RoomClientOptions) {
    this.#options = options
    this.doc = options.doc ?? new Y.Doc()
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.isOpen) this.#sendUpdate(update)
    })
    this.#connect()
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  get isSynced(): boolean {
    return this.#isSynced
  }

  /** Resolves when the server's state is here and everything of ours is durable there; rejects when it refuses us. */
  async settled(): Promise<void> {
    if (this.#isSettled()) return
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#socket?.terminate()
    this.#answerWaiting(new Error('closed'))
  }

  #isSettled(): boolean {
    return this.#isSynced && this.acknowledged >= this.sent
  }

  #connect(): void {
    const { url, room, token } = this.#options
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/sync/${room}?ack=1`, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    })
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    this.#isSynced = false
    this.sent = 0
    this.acknowledged = 0
    this.trouble = ''
    socket.on('open', () => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, MESSAGE_SYNC)
      sync.writeSyncStep1(encoder, this.doc)
      socket.send(encoding.toUint8Array(encoder))
    })
    socket.on('message', (data) => this.#read(new Uint8Array(data as ArrayBuffer)))
    socket.on('error', () => undefined)
    socket.on('close', (code, reason) => {
      this.#isSynced = false
      if (this.#closed) return
      if (code >= 4400 && code < 4500) return this.#answerWaiting(new Error(`${code} ${reason.toString()}`))
      this.#retry = setTimeout(() => this.#connect(), 50)
    })
  }

  #read(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE_SYNC) this.#readSync(decoder)
    if (type === MESSAGE_ACK) {
      this.acknowledged = decoding.readVarUint(decoder)
      this.onAcknowledged(this.acknowledged)
    }
    if (type === MESSAGE_TROUBLE) this.trouble = decoding.readVarString(decoder)
    if (type === MESSAGE_REFUSED) {
      decoding.readVarUint(decoder)
      this.refused = { code: decoding.readVarString(decoder), sentence: decoding.readVarString(decoder) }
      this.#answerWaiting(new Error(this.refused.sentence))
    }
    if (this.#isSettled()) this.#answerWaiting()
  }

  #readSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder)
    if (step === sync.messageYjsSyncStep1) {
      const missing = Y.encodeStateAsUpdate(this.doc, decoding.readVarUint8Array(decoder))
      this.#send(sync.messageYjsSyncStep2, missing)
      if (missing.length > EMPTY_UPDATE) this.sent++
      return
    }
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder), this)
    if (step === sync.messageYjsSyncStep2) this.#isSynced = true
  }

  #sendUpdate(update: Uint8Array): void {
    this.sent++
    this.#send(sync.messageYjsUpdate, update)
  }

  #send(step: number, update: Uint8Array): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE_SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, update)
    this.#socket?.send(encoding.toUint8Array(encoder))
  }

  #answerWaiting(refusal?: Error): void {
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (refusal) reject(refusal)
      else resolve()
    }
  }
}
