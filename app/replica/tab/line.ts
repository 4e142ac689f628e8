import type { RoomName } from '#domain/core/rooms.ts'
import { STORE_VERSION } from '../idb.ts'
import { type Ask, type FromTab, type Public, publicChannel, type Told, type ToTab, tabChannel } from '../protocol.ts'
import { AfterPicture } from './picture.ts'

/** An answer this late is asked for again: whoever should give it may have died without a successor yet. */
const LATE_MS = 8_000
/** How often is looked whether anything is late, or nobody there. */
const LOOKS_MS = 500
/** After so many looks without a word from whoever leads, with a question open, it is asked whether it lives. */
const DOUBT_LOOKS = 3
/** After so many it counts as silent: one that was heard before, and one that may just be starting. */
const SILENT_LOOKS = { known: 9, unknown: 30 }
/** Whoever takes over may be as busy as the one before: patience doubles each time, up to this. */
const MOST_PATIENCE = 8

/** `isHeld`: it was not sent yet, for the picture comes first. */
type Open = { ask: Ask; tell: (told: never) => void; askedAt: number; isHeld: boolean }

/**
 * A tab's end of the line to the leader. Everything asked is asked again of the next leader until it is answered, so no
 * call hangs for good; whatever is asked may therefore arrive twice.
 */
export class Line {
  onPublic: (message: Public) => void = () => undefined
  onPrivate: (message: Exclude<ToTab, { kind: 'told' | 'welcome' }>) => void = () => undefined
  /** Another leader took over: subscriptions must be made anew. Called before open questions are repeated; asks made in it are sent with them. */
  onLeader: () => void = () => undefined
  /** The first that is met leads another version, and keeps nothing that this one could not read: this tab's own should lead. */
  onOlderLeader: () => void = () => undefined
  /** Nobody said anything for so long that whoever leads must stand still. Called again after as long. */
  onSilent: () => void = () => undefined
  readonly #tab: string
  readonly #version: string
  readonly #public: BroadcastChannel
  readonly #private: BroadcastChannel
  readonly #open = new Map<number, Open>()
  readonly #watch: ReturnType<typeof setInterval>
  readonly #picture = new AfterPicture()
  #leader: string | null = null
  #hasMet = false
  #isOther = false
  #next = 1
  /** Looks since the leader was heard. Counted, not timed: a page that stood still itself has heard nobody either. */
  #silent = 0
  #patience = 1
  #looks = 0

  /** `version` names what this tab speaks and shows; a leader of another one would not understand it, nor be understood. */
  constructor(database: string, tab: string, version: string) {
    this.#tab = tab
    this.#version = version
    this.#public = new BroadcastChannel(publicChannel(database))
    this.#private = new BroadcastChannel(tabChannel(database, tab))
    this.#public.onmessage = ({ data }: MessageEvent<Public>) => {
      if (data.kind !== 'who' && data.kind !== 'hello') this.#silent = 0
      if (data.kind === 'leader') this.#greet(data)
      else if (data.kind === 'deposed') this.#lookAgain()
      else if (!this.#isOther) this.onPublic(data)
    }
    this.#private.onmessage = ({ data }: MessageEvent<ToTab>) => {
      this.#silent = 0
      if (data.kind === 'told') this.#told(data.id, data.told)
      else if (data.kind === 'welcome') this.#follow(data.leader)
      else if (!this.#isOther) this.onPrivate(data)
    }
    this.#watch = setInterval(() => this.#look(), LOOKS_MS)
  }

  /** True while whoever leads is of another version. */
  get isOther(): boolean {
    return this.#isOther
  }

  /** Looks for the leader. */
  start(): void {
    this.#say({ kind: 'who' })
  }

  /** Asks the leader, whoever that is by then: at once, and what is held back before it. An update whose picture comes first is held back until that is painted. */
  ask<A extends Ask>(ask: A): Promise<Told[A['kind']]> {
    return new Promise((tell) => {
      const id = this.#next++
      const open: Open = { ask, tell, askedAt: Date.now(), isHeld: true }
      this.#open.set(id, open)
      const send = (): void => {
        if (open.isHeld && this.#leader) this.#sendOpen(id, open)
      }
      if (ask.kind === 'update' && ask.isPainted) return this.#picture.wait(send)
      this.#picture.release()
      send()
    })
  }

  /** Tells where this person is, not before what was written there; lost if nobody leads, and told again by whoever owns it. */
  tellAwareness(room: RoomName, update: Uint8Array): void {
    this.#picture.behind(() => {
      if (this.#leader && !this.#isOther) this.#send({ kind: 'awareness', room, update })
    })
  }

  close(): void {
    clearInterval(this.#watch)
    this.#public.close()
    this.#private.close()
  }

  /** The leader must listen to this tab's channel before anything is said on it. */
  #greet({ leader, store, version }: Extract<Public, { kind: 'leader' }>): void {
    if (leader === this.#leader) return
    const isFirst = !this.#hasMet
    this.#hasMet = true
    this.#isOther = version !== this.#version
    // A page that was just opened came from the server: mostly it is the newer one, and the others are to be loaded anew.
    if (this.#isOther && isFirst && store <= STORE_VERSION) return this.onOlderLeader()
    this.#say({ kind: 'hello', tab: this.#tab })
  }

  /** REPLICA-22: what was written here is taken by a leader of any version; anything else it may understand otherwise. */
  #mayAsk({ kind }: Ask): boolean {
    return !this.#isOther || kind === 'update'
  }

  #lookAgain(): void {
    this.#leader = null
    this.start()
  }

  #follow(leader: string): void {
    if (leader === this.#leader) return
    this.#leader = leader
    this.onLeader()
    for (const [id, open] of this.#open) this.#sendOpen(id, open)
  }

  #told(id: number, told: Told[keyof Told]): void {
    const open = this.#open.get(id)
    this.#open.delete(id)
    open?.tell(told as never)
  }

  #look(): void {
    this.#looks++
    if (this.#looks % (LATE_MS / 4 / LOOKS_MS) === 0) this.#askLateOnes()
    if (this.#open.size === 0) {
      this.#silent = 0
      return
    }
    this.#silent++
    if (this.#silent === DOUBT_LOOKS) this.#say({ kind: 'who' })
    if (this.#silent < SILENT_LOOKS[this.#leader ? 'known' : 'unknown'] * this.#patience) return
    this.#silent = 0
    this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE)
    this.onSilent()
  }

  #askLateOnes(): void {
    if (!this.#leader) this.#say({ kind: 'who' })
    const late = [...this.#open].filter(([, open]) => Date.now() - open.askedAt > LATE_MS && this.#mayAsk(open.ask))
    if (late.length === 0 || !this.#leader) return
    this.#say({ kind: 'who' })
    for (const [id, open] of late) this.#sendOpen(id, open)
  }

  #sendOpen(id: number, open: Open): void {
    if (!this.#mayAsk(open.ask)) return
    open.askedAt = Date.now()
    open.isHeld = false
    this.#send({ kind: 'ask', id, ask: open.ask })
  }

  #send(message: FromTab): void {
    this.#private.postMessage(message)
  }

  #say(message: Public): void {
    this.#public.postMessage(message)
  }
}
