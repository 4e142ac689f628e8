import { Candidate } from '#app/replica/leader/candidate.ts'
import { lead } from '#app/replica/leader/leader.ts'
import { type LeaderSetup, leaderLock } from '#app/replica/protocol.ts'
import { Replica } from '#app/replica/tab/replica.ts'
import { type Kernel, Process } from '../kernel/kernel.ts'
import { FakeDisk } from './indexed-db.ts'
import { FakeTables } from './tables-worker.ts'

type Channel = { name: string; process: Process; onmessage: ((event: { data: unknown }) => void) | null }
type Wish = { process: Process; granted: () => unknown }

const SETUP: LeaderSetup = {
  database: 'kept',
  memberId: 'nobody',
  sockets: 'ws://server/sync',
  api: 'http://server/trpc',
  prebuilt: '/pglite/none.data',
  version: 'simulated',
  marked: null,
}

/** One tab: a page with production's replica, and the worker beside it that leads when its turn comes. */
export type Tab = { process: Process; replica: Replica; browser: Browser; notices: string[] }

/** A browser on a device: its disk outlives its tabs. */
export class Browser {
  readonly name: string
  readonly disk: FakeDisk
  readonly tables: FakeTables
  tabs: Tab[] = []
  /** Milliseconds this device's clock is ahead. */
  skew = 0
  readonly #kernel: Kernel
  #tabCount = 0
  #channels: Channel[] = []
  readonly #locks = new Map<string, Wish[]>()
  /** When the last message between two processes arrives: they keep their order. */
  readonly #arrivals = new Map<string, number>()

  constructor(kernel: Kernel, name: string) {
    this.#kernel = kernel
    this.name = name
    this.disk = new FakeDisk(kernel, name)
    this.tables = new FakeTables(kernel)
  }

  /** Opens a tab. */
  open(): Tab {
    const process = new Process(`${this.name} tab ${++this.#tabCount}`)
    process.skew = this.skew
    BROWSER_OF.set(process, this)
    this.#kernel.note('opened', process.name)
    const notices: string[] = []
    const tab = this.#kernel.as(process, () => {
      const me = { id: this.name, username: this.name, role: 'member' as const }
      const replica = new Replica(SETUP.database, SETUP.version, me, (sentence) => notices.push(sentence))
      // Nobody takes the lead from another here: a worker that is robbed ends, and here it is one with its tab.
      new Candidate(
        SETUP.database,
        () => void lead(SETUP),
        () => undefined,
      )
      return { process, replica, browser: this, notices }
    })
    this.tabs.push(tab)
    return tab
  }

  /** A tab ends, in the middle of whatever it does. */
  close(tab: Tab): void {
    this.tabs = this.tabs.filter((other) => other !== tab)
    this.#channels = this.#channels.filter(({ process }) => process !== tab.process)
    this.#kernel.kill(tab.process)
    if (this.#locks.get(leaderLock(SETUP.database))?.[0]?.process === tab.process) this.tables.die()
    for (const [name, wishes] of this.#locks) {
      const holder = wishes[0]
      this.#locks.set(
        name,
        wishes.filter(({ process }) => process !== tab.process),
      )
      if (holder?.process === tab.process) this.#grant(name)
    }
  }

  /** The power fails, or the browser is killed. */
  crash(power: boolean): void {
    for (const tab of [...this.tabs]) this.close(tab)
    this.tables.die()
    if (power) this.disk.losePower()
  }

  /** What `navigator.locks` is here. */
  readonly locks = {
    request: (name: string, ...given: unknown[]): Promise<unknown> => {
      const granted = given[given.length - 1] as () => unknown
      const process = this.#kernel.current
      return new Promise((resolve) => {
        const wishes = this.#locks.get(name) ?? []
        this.#locks.set(name, wishes)
        const wish: Wish = {
          process,
          granted: () => {
            void Promise.resolve(granted()).then((value) => {
              this.#locks.set(
                name,
                (this.#locks.get(name) ?? []).filter((other) => other !== wish),
              )
              resolve(value)
              this.#grant(name)
            })
          },
        }
        wishes.push(wish)
        if (wishes.length === 1) this.#grant(name)
      })
    },
  }

  #grant(name: string): void {
    const first = this.#locks.get(name)?.[0]
    if (!first) return
    this.#kernel.after(this.#kernel.between(0, 3), first.process, () => {
      if (this.#locks.get(name)?.[0] === first) first.granted()
    })
  }

  enter(channel: Channel): void {
    this.#channels.push(channel)
  }

  leave(channel: Channel): void {
    this.#channels = this.#channels.filter((other) => other !== channel)
  }

  /** A message to everybody else on the channel. */
  broadcast(from: Channel, data: unknown): void {
    const kernel = this.#kernel
    for (const to of this.#channels) {
      if (to === from || to.name !== from.name) continue
      const way = `${from.process.name} ${to.process.name}`
      const arrival = Math.max(this.#arrivals.get(way) ?? 0, kernel.now + kernel.between(0, 3))
      this.#arrivals.set(way, arrival)
      const copy = structuredClone(data)
      kernel.after(arrival - kernel.now, to.process, () => {
        if (this.#channels.includes(to)) to.onmessage?.({ data: copy })
      })
    }
  }
}

const BROWSER_OF = new WeakMap<Process, Browser>()

/** The browser a process runs in. */
export function browserOf(process: Process): Browser {
  const browser = BROWSER_OF.get(process)
  if (!browser) throw new Error(`${process.name} runs in no browser`)
  return browser
}

/** What stands in the global scope of every tab. */
export function browserGlobals(kernel: Kernel): Record<string, unknown> {
  const here = (): Browser => browserOf(kernel.current)
  class FakeChannel implements Channel {
    onmessage: Channel['onmessage'] = null
    readonly process = kernel.current
    readonly name: string

    constructor(name: string) {
      this.name = name
      here().enter(this)
    }

    postMessage(data: unknown): void {
      browserOf(this.process).broadcast(this, data)
    }

    close(): void {
      browserOf(this.process).leave(this)
    }
  }
  return {
    BroadcastChannel: FakeChannel,
    navigator: {
      get locks() {
        return here().locks
      },
    },
    self: { addEventListener: () => undefined },
    addEventListener: () => undefined,
    // Every page is looked at, on a display of 60 Hz: what waits for a picture does.
    document: { visibilityState: 'visible', addEventListener: () => undefined },
    requestAnimationFrame: (draw: (now: number) => void) => kernel.after(kernel.between(0, 16), kernel.current, () => draw(kernel.now)),
    indexedDB: {
      get open() {
        return here().disk.factory.open
      },
    },
    Worker: class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: a worker here is a port to the tables of its browser.
        return here().tables.worker() as object
      }
    },
  }
}
