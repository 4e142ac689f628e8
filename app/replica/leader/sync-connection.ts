import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness } from 'y-protocols/awareness'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { messageSync, WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { RoomName } from '#domain/core/rooms.ts'
import {
  type AtTheDoor,
  MESSAGE_ACK,
  MESSAGE_COMING,
  MESSAGE_REFUSED,
  MESSAGE_SET_BACK,
  MESSAGE_TROUBLE,
  patienceFor,
  SILENT_MS,
} from '#domain/core/wire.ts'
import { EMPTY, inPieces } from './in-pieces.ts'

/** What a connection needs to know, and whom it tells. */
export type ConnectionWorld = {
  /** `ws://host/sync` */
  sockets: string
  room: RoomName
  doc: Y.Doc
  /** The number of the newest log row this document holds. */
  last: () => number
  /** True while a local change of this room waits for the server. */
  isWaiting: () => boolean
  /** The waiting changes as one update, for a server that did not ask what it lacks. */
  waitingUpdate: () => Promise<Uint8Array | null>
  onConfirmed: (upTo: number) => void
  onRefused: (from: number, code: string, sentence: string) => void
  onStatus: (status: 'offline' | 'online' | 'refused', reason: string, code: number) => void
  /** The server says why it can store nothing at the moment; empty: it can again. */
  onTrouble: (sentence: string) => void
  /** So many bytes of an answer are under way, of which a page hears nothing before it is whole; 0: they are here, or will not come. */
  onComing: (bytes: number) => void
  onSynced: () => void
  /** The server lacks what it, or another client of it, had told: a crash took what was not stored yet, or it came out of an older backup. */
  onAhead: () => void
  /** The server came out of an older backup, and nothing of what is held of this room counts any more. */
  onSetBack: () => void
}

const MAX_BACKOFF_MS = 8_000
/** A socket that is not open by then never will be: browsers wait for minutes, and the provider looks only after open ones. */
const OPENING_MS = 10_000

/** How often an open socket is looked at. The provider looks too, but waits for half a minute. */
export const LOOKS_MS = 1_000

/**
 * One room's socket: a y-websocket provider that counts the frames carrying updates, so that the server's acknowledgement
 * of frame n can be told as "every log row up to that one is durable".
 */
export class SyncConnection {
  readonly provider: WebsocketProvider
  readonly awareness: Awareness
  readonly #world: ConnectionWorld
  /** Frames of this connection the server has not answered for, with the newest row each one carries. */
  #sent: { frame: number; from: number; upTo: number }[] = []
  #frames = 0
  #confirmedUpTo = 0
  #wasAsked = false
  /** What this document knew to be deleted when the server said what it has, if nothing was sent for that. */
  #deleted: Y.Snapshot['ds'] | undefined
  #opening: ReturnType<typeof setTimeout> | undefined
  #openedAt = 0
  #heardAt = 0
  /** Until when what the server announced may take to arrive. */
  #comingUntil = 0
  readonly #looking: ReturnType<typeof setInterval>

  constructor(world: ConnectionWorld) {
    this.#world = world
    this.awareness = new Awareness(world.doc)
    // The leader itself looks at nothing; its tabs do.
    this.awareness.setLocalState(null)
    const backoff = MAX_BACKOFF_MS * (0.75 + Math.random() / 2)
    const { sockets, room, doc, awareness } = { ...world, awareness: this.awareness }
    this.provider = new WebsocketProvider(sockets, room, doc, {
      awareness,
      connect: false,
      params: atTheDoor(doc),
      disableBc: true,
      maxBackoffTime: backoff,
    })
    // The provider also repeats to the server what it has heard from it.
    const tellServer = this.provider._awarenessUpdateHandler
    awareness.off('update', tellServer)
    awareness.on('update', (changed: Parameters<typeof tellServer>[0], origin: unknown) => {
      if (origin !== this.provider) tellServer(changed, origin)
    })
    this.provider.messageHandlers[messageSync] = (_encoder, decoder, _provider, emitSynced) => this.#readSync(decoder, emitSynced)
    this.provider.messageHandlers[MESSAGE_ACK] = (_encoder, decoder) => this.#acknowledged(decoding.readVarUint(decoder))
    this.provider.messageHandlers[MESSAGE_REFUSED] = (_encoder, decoder) => this.#refused(decoder)
    this.provider.messageHandlers[MESSAGE_TROUBLE] = (_encoder, decoder) => world.onTrouble(decoding.readVarString(decoder))
    this.provider.messageHandlers[MESSAGE_SET_BACK] = () => world.onSetBack()
    this.provider.messageHandlers[MESSAGE_COMING] = (_encoder, decoder) => this.#coming(decoding.readVarUint(decoder))
    this.provider.messageHandlers = this.provider.messageHandlers.map((handle): typeof handle => {
      return (...message) => {
        this.#heardAt = Date.now()
        handle(...message)
      }
    })
    // The provider would send what is written as it is, however large.
    doc.off('update', this.provider._updateHandler)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider && this.#isOpen()) this.#send(update)
    })
    this.provider.on('status', ({ status }) => {
      clearTimeout(this.#opening)
      if (status === 'connecting') {
        this.#openedAt = Date.now()
        this.#opening = setTimeout(() => this.provider.ws?.close(), OPENING_MS)
      }
      if (status === 'connected') this.#begin()
      if (status !== 'disconnected') return
      world.onComing(0)
      world.onStatus('offline', '', 0)
    })
    // Its status says nothing of a first socket that never opened: a page that starts without a server is offline too.
    this.provider.once('connection-close', () => {
      if (!this.provider.wsconnected) world.onStatus('offline', '', 0)
    })
    this.provider.on('closed', ({ code, reason }) => world.onStatus('refused', reason, code))
    this.provider.on('sync', (isSynced: boolean) => {
      if (isSynced) void this.#synced()
    })
    this.provider.connect()
    this.#looking = setInterval(() => this.#look(), LOOKS_MS)
  }

  /**
   * Call after a row was applied that changed nothing, so that nothing was sent for it. It is sent all the same: what the
   * document knew already may have come from the server before it was durable there, so only an answer to this very row
   * says that it is.
   */
  carriedNothing(bytes: Uint8Array): void {
    if (this.#isOpen()) this.#send(bytes)
  }

  /** Tries again at once: the person has signed in, or the network changed. */
  reconnect(fresh: boolean): void {
    // A socket can look open long after its network is gone; `fresh` puts it to the test.
    if (fresh) this.provider.disconnect()
    if (!this.provider.wsconnected) this.provider.connect()
  }

  /** True while there is no open socket and there should be one; a refusal says that there should not. */
  get isWaiting(): boolean {
    return this.provider.shouldConnect && !this.provider.wsconnected
  }

  /** The server can be reached: whoever waits tries now. A socket that has been opening for longer than so many ms is given up for that. */
  tryNow(hangsAfter: number): void {
    if (this.isWaiting) this.reconnect(this.provider.wsconnecting && Date.now() - this.#openedAt > hangsAfter)
  }

  /** Another room is on the server: failures until now say nothing of the next try, and nobody waits for long after one. */
  forgetFailures(): void {
    if (!this.provider.synced) this.provider.wsUnsuccessfulReconnects = 0
    this.tryNow(Number.POSITIVE_INFINITY)
  }

  /** Closes the socket for good. */
  close(): void {
    clearTimeout(this.#opening)
    clearInterval(this.#looking)
    this.provider.destroy()
    this.awareness.destroy()
  }

  #isOpen(): boolean {
    return this.provider.wsconnected && this.provider.ws?.readyState === 1
  }

  /** Gives a line up that has been silent for too long. */
  #look(): void {
    const now = Date.now()
    // The provider does the same, and knows nothing of what is coming.
    if (now < this.#comingUntil) this.provider.wsLastMessageReceived = now
    else if (this.provider.wsconnected && now - this.#heardAt > SILENT_MS) this.reconnect(true)
  }

  /** So many bytes follow. */
  #coming(bytes: number): void {
    this.#world.onComing(bytes)
    this.#comingUntil = bytes === 0 ? 0 : Math.max(this.#comingUntil, Date.now()) + patienceFor(bytes)
  }

  #begin(): void {
    this.#heardAt = Date.now()
    this.#comingUntil = 0
    this.#sent = []
    this.#frames = 0
    this.#wasAsked = false
    this.#deleted = undefined
  }

  /** The first row that no frame has carried yet. */
  #next(): number {
    return (this.#sent[this.#sent.length - 1]?.upTo ?? this.#confirmedUpTo) + 1
  }

  /**
   * The frames just sent carry the rows from this one to the newest, and only the last of them vouches for these. Before the server has
   * asked, they carry the newest alone where nothing else is said: rows written while there was no socket go with the answer, so an
   * answer to such a frame says nothing of them.
   */
  #count(frames: number, from = this.#wasAsked ? this.#next() : this.#world.last()): void {
    for (let left = frames - 1; left >= 0; left--) {
      this.#sent.push({ frame: ++this.#frames, from, upTo: this.#wasAsked && left === 0 ? this.#world.last() : 0 })
    }
  }

  #readSync(decoder: decoding.Decoder, emitSynced: boolean): void {
    const kind = decoding.readVarUint(decoder)
    // VERSION-3: of a kind that a newer server has nothing is known, not even how it is to be read.
    if (kind > messageYjsUpdate) return
    const bytes = decoding.readVarUint8Array(decoder)
    if (kind === messageYjsSyncStep1) this.#answer(bytes)
    else Y.applyUpdate(this.#world.doc, bytes, this.provider)
    if (kind !== messageYjsSyncStep2) return
    this.#sendDeletions(bytes)
    if (emitSynced && !this.provider.synced) this.provider.synced = true
  }

  /** The server said what it has: send what it lacks. An update always lists every deletion, so it is sent only when something is missing. */
  #answer(stateVector: Uint8Array): void {
    const { doc } = this.#world
    this.#wasAsked = true
    if (!this.#world.isWaiting()) {
      if (hasMore(doc, stateVector)) this.#world.onAhead()
      else {
        this.#deleted = Y.createDeleteSetFromStructStore(doc.store)
        return
      }
    }
    const update = Y.encodeStateAsUpdate(doc, stateVector)
    if (update.length <= EMPTY) {
      this.#world.onConfirmed(this.#world.last())
      return
    }
    this.#send(update, 0, messageYjsSyncStep2)
  }

  /**
   * The server told all it has, deletions too, of which its question says nothing. It may lack one that it forwarded once and was
   * killed before storing; where the author lost it as well, nobody else will tell.
   */
  #sendDeletions(answer: Uint8Array): void {
    const ours = this.#deleted
    this.#deleted = undefined
    if (!ours?.clients.size) return
    const { doc } = this.#world
    const theirs = Y.decodeUpdate(answer).ds
    if (!Y.equalDeleteSets(Y.mergeDeleteSets([theirs, ours]), theirs)) this.#send(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))
  }

  async #synced(): Promise<void> {
    this.#world.onStatus('online', '', 0)
    this.#world.onSynced()
    if (this.#wasAsked || !this.#world.isWaiting()) return
    // A server that may not take our edits does not ask for them. Offer them, so that it says no and why.
    const update = await this.#world.waitingUpdate()
    if (!update || this.#wasAsked || !this.#isOpen()) return
    this.#send(update, 0)
  }

  /** Sends an update. `last`: as what its last piece goes, the end of an answer or one more update. */
  #send(update: Uint8Array, from?: number, last: number = messageYjsUpdate): void {
    const pieces = inPieces(update)
    for (const [at, piece] of pieces.entries()) {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, messageSync)
      encoding.writeVarUint(encoder, at === pieces.length - 1 ? last : messageYjsUpdate)
      encoding.writeVarUint8Array(encoder, piece)
      this.provider.ws?.send(encoding.toUint8Array(encoder))
    }
    this.#count(pieces.length, from)
  }

  #acknowledged(frame: number): void {
    const done = this.#sent.filter((one) => one.frame <= frame)
    this.#sent = this.#sent.filter((one) => one.frame > frame)
    const upTo = Math.max(...done.map((one) => one.upTo), 0)
    if (upTo === 0) return
    this.#confirmedUpTo = upTo
    this.#world.onConfirmed(upTo)
  }

  #refused(decoder: decoding.Decoder): void {
    const frame = decoding.readVarUint(decoder)
    const code = decoding.readVarString(decoder)
    const sentence = decoding.readVarString(decoder)
    const refused = this.#sent.find((one) => one.frame === frame)
    if (refused) this.#world.onRefused(refused.from, code, sentence)
  }
}

/** Read anew whenever a socket is opened. Whoever has nothing yet need not wait to be asked in before asking. */
function atTheDoor(doc: Y.Doc): AtTheDoor {
  return {
    ack: '1',
    get all() {
      return doc.store.clients.size === 0 ? '1' : '0'
    },
  }
}

/** True when the document holds more than the state vector says, deletions aside. */
function hasMore(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector)
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) if (clock > (theirs.get(client) ?? 0)) return true
  return false
}
