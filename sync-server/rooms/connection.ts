import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { BULK, CLOSE, patienceFor } from '#domain/core/wire.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Departures } from './departures.ts'
import { ackFrame, comingFrame, deniedFrame, refusedFrame, troubleFrame } from './frames.ts'
import { type InTwo, pingFrame, socketFrame, socketFrames } from './socket-frame.ts'

/** A reader that leaves this much unread is dropped; it comes back and syncs. */
const MAX_UNREAD = 32 * 1024 * 1024

export type ConnectionOptions = { identity: Identity; canWrite: boolean; wantsAcks: boolean }

/**
 * One socket in one room. Frames to it gather until the event loop's turn ends and leave in one write. Most sockets listen most of
 * the time, so what only a busy one needs is made when it is busy.
 */
export class Connection {
  identity: Identity
  canWrite: boolean
  readonly wantsAcks: boolean
  readonly socket: WebSocket
  /** It was told all there is before it asked for that. */
  wasToldAll = false
  /** It has told, or had the time to tell, what it has that we lack. */
  hasAnswered = false
  readonly #stream: Duplex
  readonly #departures: Departures
  #outgoing: Uint8Array[] | undefined
  #allowance = MAX_UNREAD
  #received = 0
  #settledUpTo = 0
  /** Frames that are durable before one that came earlier. */
  #early: Set<number> | undefined
  #acked = 0
  #scheduled = false
  /** How often much went out at once, and until when the last of it may be under way. */
  #bulks = 0
  #bulkUntil = 0

  constructor(socket: WebSocket, stream: Duplex, departures: Departures, { identity, canWrite, wantsAcks }: ConnectionOptions) {
    this.socket = socket
    this.#stream = stream
    this.#departures = departures
    this.identity = identity
    this.canWrite = canWrite
    this.wantsAcks = wantsAcks
  }

  /** Sends one message. */
  send(message: Uint8Array): void {
    this.sendFramed(socketFrame(message))
  }

  /** Sends many messages. Large ones are written as they lie there; they must not change any more. */
  sendMany(messages: readonly InTwo[]): void {
    for (const piece of socketFrames(messages)) this.sendFramed(piece)
  }

  /** Sends a message already framed (see `socketFrame`): the same bytes serve every reader. */
  sendFramed(frame: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.#gather(frame)
    this.#schedule()
  }

  /** A large answer of our own is not the reader's slowness. */
  allow(bytes: number): void {
    this.#allowance = MAX_UNREAD + bytes
  }

  /** Counts an update-carrying frame; its number goes to `settle` or `refuse` later. */
  receive(): number {
    return ++this.#received
  }

  /** Frame `place` is durable. Acknowledgements go out in order: n means the first n. */
  settle(place: number): void {
    if (!this.wantsAcks) return
    if (place !== this.#settledUpTo + 1) {
      this.#early ??= new Set()
      this.#early.add(place)
      return
    }
    this.#settledUpTo = place
    while (this.#early?.delete(this.#settledUpTo + 1)) this.#settledUpTo++
    this.#schedule()
  }

  /** Frame `place` is refused for good; it counts as settled. */
  refuse(place: number, code: string, sentence: string): void {
    if (!this.wantsAcks) return this.send(deniedFrame(sentence))
    this.send(refusedFrame(place, code, sentence))
    this.settle(place)
  }

  /** Says why nothing can be stored at the moment, or (null) that it can again. */
  tellTrouble(sentence: string | null): void {
    if (this.wantsAcks) this.send(troubleFrame(sentence))
  }

  /** Closes with a code and a reason a person can read (at most 120 bytes of it). */
  close(code: number, reason: string): void {
    this.flush()
    this.socket.close(code, cut(reason))
    // A peer that never answers the closing handshake must not keep the room open.
    setTimeout(() => this.socket.terminate(), 5_000).unref()
  }

  #gather(frame: Uint8Array): void {
    if (this.#outgoing) this.#outgoing.push(frame)
    else this.#outgoing = [frame]
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#departures.add(this)
  }

  /** What comes now to this connection or another comes alone. */
  get isQuiet(): boolean {
    return this.#departures.isQuiet
  }

  /** True while a slow line may be busy with what was sent: whatever is said behind it has not arrived, and cannot be answered. */
  get isReceiving(): boolean {
    return this.#bulkUntil > Date.now()
  }

  /** How many bytes came from the other side, parts of frames too. */
  get bytesRead(): number {
    return (this.#stream as Partial<Socket>).bytesRead ?? 0
  }

  /** A ping with this mark was answered, so all before it is there. */
  arrived(mark: number): void {
    if (mark === this.#bulks) this.#bulkUntil = 0
  }

  /** Sends a framed message there and then: it came alone, so nothing has gathered that would have to go before it. */
  sendAlone(frame: Uint8Array): void {
    if (frame.length > BULK) return this.sendFramed(frame)
    if (this.socket.readyState !== this.socket.OPEN) return
    this.#stream.write(frame)
    this.#departures.noteOne()
    this.#endIfSlow()
  }

  /** Writes what has gathered, now. */
  flush(): void {
    this.#scheduled = false
    if (this.#settledUpTo > this.#acked) {
      this.#acked = this.#settledUpTo
      this.#gather(socketFrame(ackFrame(this.#acked)))
    }
    const frames = this.#outgoing
    if (!frames || this.socket.readyState !== this.socket.OPEN) return
    this.#outgoing = undefined
    let bytes = 0
    for (const frame of frames) bytes += frame.length
    this.#stream.cork()
    for (const frame of bytes > BULK ? this.#asBulk(frames, bytes) : frames) this.#stream.write(frame)
    this.#stream.uncork()
    this.#endIfSlow()
  }

  /** Frames in such a quantity that a slow line is busy with them for a while: their reader is told to be patient, and so are we. */
  #asBulk(frames: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
    this.#bulkUntil = Math.max(this.#bulkUntil, Date.now()) + patienceFor(bytes)
    this.#bulks++
    const ping = pingFrame(this.#bulks)
    if (!this.wantsAcks) return [...frames, ping]
    return [socketFrame(comingFrame(bytes)), ...frames, socketFrame(comingFrame(0)), ping]
  }

  #endIfSlow(): void {
    if (this.#stream.writableLength <= this.#allowance) return
    this.socket.close(CLOSE.slowReader, 'This reader is too slow. Connect again to catch up.')
    this.socket.terminate()
  }
}

/** A closing reason holds 123 bytes. */
export function cut(reason: string): string {
  let text = reason
  while (Buffer.byteLength(text) > 120) text = text.slice(0, -1)
  return text
}
