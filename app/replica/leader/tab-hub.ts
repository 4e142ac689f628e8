import type { RoomName } from '#domain/core/rooms.ts'
import { STORE_VERSION } from '../idb.ts'
import {
  type Ask,
  type FromTab,
  type LeaderSetup,
  type Public,
  publicChannel,
  type Told,
  type ToTab,
  tabChannel,
  tabLock,
} from '../protocol.ts'

export type HubWorld = {
  answer: (tab: string, ask: Ask) => Promise<Told[keyof Told]>
  onAwareness: (tab: string, room: RoomName, update: Uint8Array) => void
  onGone: (tab: string) => void
}

/** The leader's end of the line to every tab of this browser. */
export class TabHub {
  readonly #database: string
  readonly #version: string
  readonly #leader: string
  readonly #world: HubWorld
  readonly #public: BroadcastChannel
  readonly #tabs = new Map<string, BroadcastChannel>()
  /** What is being answered, so that a question asked twice is answered once. */
  readonly #inHand = new Set<string>()

  constructor({ database, version }: LeaderSetup, leader: string, world: HubWorld) {
    this.#database = database
    this.#version = version
    this.#leader = leader
    this.#world = world
    this.#public = new BroadcastChannel(publicChannel(database))
    this.#public.onmessage = ({ data }: MessageEvent<Public>) => {
      if (data.kind === 'who') this.announceLeader()
      if (data.kind === 'hello') this.#greet(data.tab)
    }
  }

  /** Tells every tab who leads. */
  announceLeader(): void {
    this.announce({ kind: 'leader', leader: this.#leader, store: STORE_VERSION, version: this.#version })
  }

  /** Tells every tab something. */
  announce(message: Public): void {
    this.#public.postMessage(message)
  }

  /** Tells one tab something. */
  tell(tab: string, message: ToTab): void {
    this.#tabs.get(tab)?.postMessage(message)
  }

  #greet(tab: string): void {
    if (!this.#tabs.has(tab)) this.#listen(tab)
    this.tell(tab, { kind: 'welcome', leader: this.#leader })
  }

  #listen(tab: string): void {
    const channel = new BroadcastChannel(tabChannel(this.#database, tab))
    this.#tabs.set(tab, channel)
    channel.onmessage = ({ data }: MessageEvent<FromTab>) => {
      if (data.kind === 'awareness') this.#world.onAwareness(tab, data.room, data.update)
      else void this.#answer(tab, data.id, data.ask)
    }
    // A tab holds its lock while it lives: getting it means that the tab is gone.
    void navigator.locks?.request(tabLock(tab), () => {
      channel.close()
      this.#tabs.delete(tab)
      this.#world.onGone(tab)
    })
  }

  async #answer(tab: string, id: number, ask: Ask): Promise<void> {
    const key = `${tab} ${id}`
    if (this.#inHand.has(key)) return
    this.#inHand.add(key)
    try {
      const told = await this.#world.answer(tab, ask)
      this.tell(tab, { kind: 'told', id, told })
    } finally {
      this.#inHand.delete(key)
    }
  }
}
