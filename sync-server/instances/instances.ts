import { setTimeout as wait } from 'node:timers/promises'
import { type Log, SaidOnce } from '#server/log.ts'
import type { Others } from '#server/rooms/id-owners.ts'
import { type Announcement, Announcements, unpack, type Whereabouts } from './announcements.ts'
import { type Followed, Follower } from './follower.ts'
import type { Line } from './line.ts'
import { GONE_MS, type Membership } from './membership.ts'

/** What happens in the rooms of this server because of others. */
export type RoomsHere = Followed & {
  isWanted: (room: string) => boolean
  /** Somebody is somewhere, at another instance. */
  hear: (room: string, from: number, who: Whereabouts) => void
  /** Who is in a room at this instance. */
  whoIsHere: (room: string) => Whereabouts[]
  /** An instance is gone, and with it whoever was there. */
  forgetInstance: (number: number) => void
  /** Lets every room go and everybody in them come back: they may lack something. */
  startAnew: () => void
}

export type InstanceParts = {
  line: Line
  membership: Membership
  rooms: RoomsHere
  /** Rings here because it rang elsewhere. */
  ring: (name: string) => void
  /** Resolves when every edit is done that began while this server believed itself alone. */
  settled: () => Promise<void>
  log: Log
}

const ALONE_BEAT_MS = 5_000
const BEAT_MS = 1_000
const HELLO_MS = 50
/** Longer ago than this, what was heard of the others tells nothing of them any more. */
const IN_TOUCH_MS = 5_000

/**
 * This server among the others on the same database. It tells them what is new (by notifications, which may get lost) and looks for
 * himself every second, so that notifications make it quick and nothing depends on them. Alone it says nothing and looks every
 * five seconds whether somebody came; whoever comes says so, and serves nobody before all others know it.
 */
export class Instances {
  readonly announcements: Announcements
  readonly #parts: InstanceParts
  readonly #follower: Follower
  readonly #trouble: SaidOnce
  /** When all was read that they had written. */
  #readAt = Number.NEGATIVE_INFINITY
  #known: number[] = []
  /** Everybody who was ever known. */
  readonly #met = new Set<number>()
  #alive = new Set<number>()
  #beating: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #ended = false

  constructor(parts: InstanceParts) {
    this.#parts = parts
    this.announcements = new Announcements(parts.line, parts.membership.number)
    this.#follower = new Follower(parts.line, parts.rooms)
    this.#trouble = new SaidOnce((reason) => parts.log.warn({ reason }, 'this server could not say that it is alive; it is tried again'))
    parts.line.onMessage = (payload) => this.#hear(payload)
    parts.line.onOpen = () => void this.beat()
  }

  /** True while no other server is on this database. */
  get isAlone(): boolean {
    return this.#parts.membership.isAlone
  }

  /** What is known of the others. */
  get others(): Others {
    if (this.isAlone) return 'none'
    return Date.now() - this.#readAt < IN_TOUCH_MS ? 'known' : 'unknown'
  }

  get neighbours(): number {
    return this.#parts.membership.neighbours.length
  }

  /** Joins the others. Before this no room may be open; after it every other instance knows this one. */
  async join(): Promise<void> {
    const { membership } = this.#parts
    await membership.beat({}, [])
    if (!membership.isAlone) await this.#follower.skipTo(this.#lookAround())
    // Again, also alone: of two who come in the same moment neither is there yet when the other looks first.
    await membership.beat(this.#follower.position, this.#known)
    const patience = Date.now() + 2 * GONE_MS
    while (membership.alive.some(({ others }) => !others.includes(membership.number)) && Date.now() < patience) {
      this.announcements.tell({ kind: 'hello' })
      await wait(HELLO_MS)
      // Another one may be joining too, and wait for this one.
      this.#follower.follow(this.#lookAround())
      await membership.beat(this.#follower.position, this.#known)
    }
    this.#beatLater()
  }

  #lookAround(): readonly number[] {
    const { membership } = this.#parts
    this.#alive = new Set(membership.alive.map(({ number }) => number))
    this.#known = membership.neighbours.map(({ number }) => number)
    for (const number of this.#known) this.#met.add(number)
    return this.#known
  }

  /** Tells the others, where there are any. */
  tell(announcement: Announcement): void {
    if (!this.isAlone) this.announcements.tell(announcement)
  }

  /** Everything any instance had acknowledged when this was called is in the rooms open here when it resolves. */
  async catchUp(): Promise<void> {
    await this.#follower.catchUp()
  }

  /** Says that it is alive and looks around: once now, however often it is asked meanwhile. */
  async beat(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => (this.#beating = undefined))
    await this.#beating
  }

  async #beat(): Promise<void> {
    const { membership, rooms, settled } = this.#parts
    if (this.#timer === undefined || this.#ended) return
    try {
      const wasCounted = await membership.beat(this.#follower.position, this.#known)
      const numbers = membership.neighbours.map(({ number }) => number)
      this.#follower.follow(numbers)
      if (!wasCounted) {
        // Whoever has forgotten this one looks again only now and then, and takes itself to be alone.
        this.announcements.tell({ kind: 'hello' })
        rooms.startAnew()
      }
      const isNew = numbers.some((number) => !this.#known.includes(number))
      if (isNew) await settled()
      // Forgotten, and here again: while this server took itself to be alone, it may have merged away what the other had written.
      if (wasCounted && numbers.some((number) => this.#met.has(number) && !this.#known.includes(number))) rooms.startAnew()
      const before = this.#alive
      this.#lookAround()
      for (const number of before) if (!this.#alive.has(number)) rooms.forgetInstance(number)
      if (isNew) await membership.beat(this.#follower.position, this.#known)
      // It is alive however long reading takes.
      void this.#follower.catchUp().then(
        () => {
          this.#trouble.worked()
          this.#readAt = Date.now()
        },
        (thrown: unknown) => this.#trouble.failed(thrown),
      )
    } catch (thrown) {
      if (!this.#ended) this.#trouble.failed(thrown)
    }
  }

  #beatLater(): void {
    clearTimeout(this.#timer)
    if (this.#ended) return
    const isQuiet = this.isAlone && this.#follower.isIdle
    this.#timer = setTimeout(() => void this.beat().then(() => this.#beatLater()), isQuiet ? ALONE_BEAT_MS : BEAT_MS)
    this.#timer.unref()
  }

  #hear(payload: string): void {
    const message = unpack(payload)
    const { membership, rooms, ring } = this.#parts
    if (!message || message.from === membership.number || this.#ended) return
    let isNews = false
    for (const said of message.announcements) {
      switch (said.kind) {
        case 'hello':
          void this.beat().then(() => this.#beatLater())
          break
        case 'room':
          isNews ||= rooms.isWanted(said.room)
          break
        case 'bell':
          ring(said.name)
          break
        case 'presence':
          rooms.hear(said.room, message.from, said.who)
          break
        case 'who':
          for (const who of rooms.whoIsHere(said.room)) this.tell({ kind: 'presence', room: said.room, who })
          break
      }
    }
    // Failing, it is looked for at the next beat.
    if (isNews) void this.#follower.catchUp().catch(() => undefined)
  }

  /** Stops looking. */
  async close(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    await this.#beating
  }
}
