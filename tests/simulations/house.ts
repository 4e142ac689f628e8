import type { PGlite } from '@electric-sql/pglite'
import type * as Y from 'yjs'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import { recordEvent } from '#domain/changes/commands.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { chatRoom, projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { cardsOf } from '#domain/tasks/queries.ts'
import { call } from '#server/documents/documents.ts'
import { DEEDS, type Device, type Place } from './deeds.ts'
import { Browser, browserGlobals, type Tab } from './fakes/browser.ts'
import { browserFetch } from './fakes/browser-fetch.ts'
import { browserSockets } from './fakes/browser-socket.ts'
import { Network } from './fakes/network.ts'
import { FakePostgres, type Mishap } from './fakes/postgres.ts'
import { FakeServer, SERVERS } from './fakes/server.ts'
import { Kernel, type Process } from './kernel/kernel.ts'
import { enterVirtual, nextBeginning } from './kernel/virtual-globals.ts'
import { BrokenPromise, Promises } from './promises.ts'
import { seededWorld } from './seeded-world.ts'
import { mustBeEqual, unsettled } from './settled.ts'

/** A step of a schedule: what happens, to whom, and the numbers that say how exactly. */
export type Step = readonly [what: number, who: number, a: number, b: number, c: number]

/** All that decides what happens. */
export type Schedule = {
  seed: number
  /** How many browsers, and how many servers behind one address (one where it is not said). */
  size: number
  servers?: number
  steps: readonly Step[]
  /** Before which step the database is copied, and before which it comes out of that copy. Servers then write into the record too. */
  setBack?: readonly [copied: number, restored: number]
  /** Within so many seconds after the last trouble all must be as it should. */
  within?: number
}

/** Puts a bug into the house before it starts. Answers what takes it out again. */
export type Plant = (house: House) => () => void

/** How long after the last trouble everything must be saved, equal and quiet. */
const PATIENCE_S = 120
const SHOWN_LINES = 60
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Steps that schedules are written with, and do not happen by chance: `a` minutes pass, all tabs are closed, the clock is set to so many hours from the right time (48, for servers 1, is right). */
export const LONG = { pass: 100, partServer: 101, healServer: 102, leave: 103, setClock: 104, setServers: 105 } as const
const MISHAPS: readonly Mishap[] = ['full', 'lost', 'unanswered']

/** A whole Slipway in one process: browsers, network, server and database, driven by one kernel. */
export class House {
  readonly kernel: Kernel
  readonly network: Network
  readonly postgres: FakePostgres
  readonly servers: readonly FakeServer[]
  readonly browsers: Browser[]
  readonly promises: Promises
  readonly place: Place
  readonly rooms: readonly RoomName[]
  readonly #world: ReturnType<typeof seededWorld>
  readonly #patience: number
  readonly #mishaps: { part: number; until: number; kinds: readonly Mishap[] }

  constructor({ seed, size, servers = 1, setBack, within = PATIENCE_S }: Schedule, db: PGlite) {
    this.#patience = within
    this.kernel = new Kernel(seed, nextBeginning())
    this.network = new Network(this.kernel)
    this.postgres = new FakePostgres(this.kernel, this.network, db)
    this.servers = Array.from({ length: servers }, (_, at) => new FakeServer(this.kernel, this.network, this.postgres, `server${at}`))
    this.#world = seededWorld(seed)
    this.place = { projectId: this.#world.newId(), interviewId: this.#world.newId() }
    this.rooms = [teamRoom, projectRoom(this.place.projectId), chatRoom(this.place.interviewId)]
    if (setBack) this.rooms = [...this.rooms, recordRoom(this.place.projectId)]
    this.browsers = Array.from({ length: size }, (_, at) => new Browser(this.kernel, `browser${at}`))
    this.promises = new Promises(this.postgres)
    for (const { name } of this.servers) this.network.setDelay(name, 'postgres', 0, 2)
    for (const { name } of this.browsers) this.network.setDelay(name, SERVERS, 1, 60)
    this.#mishaps = { part: 0, until: 0, kinds: MISHAPS }
    this.postgres.mishap = () => this.#mishap()
    for (const { tables } of this.browsers) tables.failure = () => this.kernel.chance(0.02)
  }

  /** Runs a schedule to its end and looks whether every promise was kept. */
  static async run(db: PGlite, schedule: Schedule, plant: Plant = () => () => undefined): Promise<House> {
    const house = new House(schedule, db)
    await house.postgres.reset()
    const { kernel, network } = house
    const machineOf = (process: Process): string => browserNameOf(process.name)
    const globals = {
      ...browserGlobals(kernel),
      WebSocket: browserSockets(kernel, network, machineOf),
      fetch: browserFetch(kernel, network, machineOf),
    }
    const leave = enterVirtual(kernel, globals)
    const mergeSoon = UpdateLog.prototype.shouldMerge
    // Schedules are short: a tail is worth merging as soon as merging is safe.
    UpdateLog.prototype.shouldMerge = function (room) {
      return !this.waitsIn(room)
    }
    const uproot = plant(house)
    try {
      kernel.afterEvent = () => house.promises.check()
      await house.#begin()
      for (const [at, step] of schedule.steps.entries()) {
        if (schedule.setBack) await house.#setBack(schedule.setBack, at)
        await house.#step(step)
      }
      await house.#end()
      return house
    } catch (thrown) {
      if (thrown instanceof Error) thrown.message += `\n\nThe last of what happened:\n${kernel.lines.slice(-SHOWN_LINES).join('\n')}`
      throw thrown
    } finally {
      uproot()
      UpdateLog.prototype.shouldMerge = mergeSoon
      leave()
    }
  }

  async #begin(): Promise<void> {
    for (const server of this.servers) server.start()
    for (const browser of this.browsers) this.#openTab(browser)
    const first = this.browsers[0]?.tabs[0]
    if (!first) throw new Error('a house has browsers')
    await this.kernel.run(3_000, () => this.#device(first) !== null)
    const device = this.#device(first)
    if (!device) throw new BrokenPromise('A tab did not open its rooms within three seconds.')
    this.#as(first, () => device.run(createProject, { id: this.place.projectId, name: 'Simulated' }))
    await this.kernel.run(2_000)
  }

  async #step([what, who, a, b, c]: Step): Promise<void> {
    const { kernel, network } = this
    const browser = this.#browser(who)
    const server = this.#server(a)
    if (what < 50) {
      this.#edit(browser, [a, b, c])
      if (a % 3 === 0) await kernel.run(b % 40)
    } else if (what < 67) await kernel.run(a)
    else if (what < 70) this.#stall(browser, [a, b, c])
    else if (what < 74) this.#openTab(browser)
    else if (what < 77) this.#closeTab(browser, a)
    else if (what < 79) {
      browser.crash(a % 2 === 0)
      this.promises.checkDisk(browser)
      // A damaged database is made anew from the log.
      if (b % 4 === 0) browser.tables.lose()
      this.#openTab(browser)
    } else if (what < 82) network.partition(browser.name, SERVERS)
    else if (what < 84) network.heal(browser.name, SERVERS)
    else if (what < 87) network.cut(browser.name, SERVERS, a)
    else if (what < 89) network.silence(browser.name, SERVERS, a, (['both', 'near', 'far'] as const)[b % 3] ?? 'both')
    else if (what < 91) server.crash()
    else if (what < 94) server.start()
    else if (what < 95) Object.assign(browser.disk.mood, { isFull: a % 2 === 0, slowest: b % 400 })
    else if (what < 98) this.#beginMishaps([a, b, c])
    else if (what < 99) this.#loseDatabase(server, b, c)
    else if (what < 100) await kernel.run(20_000 + a * 40)
    else await this.#long(what, browser, server, a)
  }

  /** What takes hours, or happens once in a year; no dice fall on it. */
  async #long(what: number, browser: Browser, { name }: FakeServer, a: number): Promise<void> {
    if (what === LONG.pass) await this.kernel.run(a * MINUTE_MS)
    else if (what === LONG.partServer) this.network.partition(name, 'postgres')
    else if (what === LONG.healServer) this.network.heal(name, 'postgres')
    else if (what === LONG.leave) for (const tab of [...browser.tabs]) browser.close(tab)
    else if (what === LONG.setClock) browser.skew = (a - 48) * HOUR_MS
    else if (what === LONG.setServers)
      for (const { process } of this.servers)
        if (process) process.skew = (a - 1) * HOUR_MS
        else throw new Error(`there is no step ${what}`)
  }

  async #setBack([copied, restored]: readonly [number, number], at: number): Promise<void> {
    const { kernel, postgres, servers } = this
    this.#writeRecord(at)
    if (at !== copied && at !== restored) return
    if (at === restored) for (const server of servers) server.crash()
    while (postgres.isInTransaction) await kernel.run(1)
    if (at === copied) return await postgres.backUp()
    await postgres.restore()
    this.promises.setBack()
    kernel.note('restored')
    await kernel.run(this.kernel.between(0, 2_000))
    for (const server of servers) server.start()
  }

  #writeRecord(at: number): void {
    const { process, documents } = this.#server(at)
    if (!process || !documents) return
    const event = {
      projectId: this.place.projectId,
      taskId: this.place.projectId,
      action: 'attempt.started',
      target: `${at}`,
      message: `Step ${at}`,
    }
    this.kernel.after(0, process, () => void documents.edit([call(recordEvent, event, 'server')]).catch(() => undefined))
  }

  async #end(): Promise<void> {
    const { kernel, network, servers } = this
    kernel.note('the trouble is over')
    this.#mishaps.part = 0
    for (const browser of this.browsers) {
      Object.assign(browser.disk.mood, { isFull: false, slowest: 4 })
      browser.tables.failure = () => false
      if (browser.tabs.length === 0) this.#openTab(browser)
    }
    network.healAll()
    for (const server of servers) server.start()
    // The last step has not happened yet: in whatever stands still, not before it goes on.
    const processes = [...servers.map(({ process }) => process), ...this.browsers.flatMap(({ tabs }) => tabs.map(({ process }) => process))]
    await kernel.run(Math.max(...processes.map((process) => (process?.stalledUntil ?? 0) - kernel.now), 0) + 1_000)
    for (let second = 1; unsettled(this.browsers, this.rooms).length > 0; second++) {
      if (second === this.#patience)
        throw new BrokenPromise(`After ${this.#patience} quiet seconds ${unsettled(this.browsers, this.rooms).join(', ')}.`)
      await kernel.run(1_000)
    }
    // What nobody sees in a tab comes to rest too.
    await kernel.run(15_000)
    await this.promises.checkAll()
    await mustBeEqual(this.browsers, this.rooms, this.postgres)
  }

  #browser(who: number): Browser {
    const found = this.browsers[who % this.browsers.length]
    if (!found) throw new Error('a house has browsers')
    return found
  }

  #server(which: number): FakeServer {
    const found = this.servers[which % this.servers.length]
    if (!found) throw new Error('a house has servers')
    return found
  }

  #openTab(browser: Browser): void {
    if (browser.tabs.length >= 3) return
    const tab = browser.open()
    this.promises.watch(tab)
    this.#as(tab, () => {
      for (const room of this.rooms) tab.replica.rooms.hold(room)
      tab.replica.queries.watch(cardsOf(this.place.projectId)).subscribe(() => undefined)
    })
  }

  #closeTab(browser: Browser, pick: number): void {
    const tab = browser.tabs[pick % Math.max(1, browser.tabs.length)]
    if (!tab) return
    browser.close(tab)
    this.promises.checkDisk(browser)
  }

  #stall(browser: Browser, [a, b, c]: [number, number, number]): void {
    const tab = browser.tabs[b % Math.max(1, browser.tabs.length)]
    if (tab && c % 4 > 0) return this.kernel.stall(tab.process, a * 15)
    const { process } = this.#server(b)
    // Of several a server may stand still for so long that the others count it as gone.
    if (process) this.kernel.stall(process, a * (this.servers.length > 1 ? 40 : 15))
  }

  /** A server's connections to the database break, or nothing gets through to it for up to 40 seconds. */
  #loseDatabase({ name }: FakeServer, b: number, c: number): void {
    if (this.servers.length === 1 || b % 3 > 0) return this.network.cut(name, 'postgres')
    this.network.partition(name, 'postgres')
    this.kernel.after(c * 40, this.postgres.process, () => this.network.heal(name, 'postgres'))
  }

  #edit(browser: Browser, [a, b, c]: [number, number, number]): void {
    const tab = browser.tabs[(a + b) % Math.max(1, browser.tabs.length)]
    const device = tab && this.#device(tab)
    if (!tab || !device) return
    this.kernel.note('edit', tab.process.name, a, b, c)
    this.#as(tab, () => DEEDS[a % DEEDS.length]?.(device, this.place, [b, c, a]))
  }

  #as(tab: Tab, act: () => void): void {
    this.kernel.after(0, tab.process, act)
  }

  /** The tab as somebody who can do something: null until its rooms are loaded. */
  #device(tab: Tab): Device | null {
    const { replica } = tab
    if (!this.rooms.every((room) => replica.rooms.get(room))) return null
    return {
      world: { ...this.#world.tick(), newId: this.#world.newId },
      doc: (room) => this.#docOf(tab, room),
      run: (command, input) => void replica.run(command, input, this.kernel.chance(0.3)),
    }
  }

  #docOf(tab: Tab, room: RoomName): Y.Doc {
    const loaded = tab.replica.rooms.get(room)
    if (!loaded) throw new Error(`${tab.process.name} has not loaded ${room}`)
    return loaded.doc
  }

  /** For up to ten seconds some of what the server asks of its database goes wrong, in one way or in any. */
  #beginMishaps([a, b, c]: [number, number, number]): void {
    const only = MISHAPS[c % (MISHAPS.length + 1)]
    Object.assign(this.#mishaps, { part: ((a % 5) + 1) / 5, until: this.kernel.now + b * 10, kinds: only ? [only] : MISHAPS })
  }

  #mishap(): Mishap | null {
    if (this.kernel.now >= this.#mishaps.until || !this.kernel.chance(this.#mishaps.part)) return null
    const { kinds } = this.#mishaps
    return kinds[this.kernel.between(0, kinds.length - 1)] ?? null
  }
}

const browserNameOf = (process: string): string => process.split(' ')[0] ?? ''
