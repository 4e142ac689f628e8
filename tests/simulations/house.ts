import type { PGlite } from '@electric-sql/pglite'
import * as Y from 'yjs'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { chatRoom, projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { storableJson } from '#domain/core/storable.ts'
import { collectionsIn } from '#domain/projection/project.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { DEEDS, type Device, type Place } from './deeds.ts'
import { Browser, browserGlobals, type Tab } from './fakes/browser.ts'
import { browserSockets } from './fakes/browser-socket.ts'
import { Network } from './fakes/network.ts'
import { FakePostgres, type Mishap } from './fakes/postgres.ts'
import { FakeServer } from './fakes/server.ts'
import { Kernel } from './kernel/kernel.ts'
import { enterVirtual, nextBeginning } from './kernel/virtual-globals.ts'
import { BrokenPromise, Promises } from './promises.ts'
import { seededWorld } from './seeded-world.ts'
import { rowsOfDocument } from './tables.ts'

/** A step of a schedule: what happens, to whom, and the numbers that say how exactly. */
export type Step = readonly [what: number, who: number, a: number, b: number, c: number]

/** All that decides what happens. */
export type Schedule = { seed: number; size: number; steps: readonly Step[] }

/** Puts a bug into the house before it starts. Answers what takes it out again. */
export type Plant = (house: House) => () => void

/** How long after the last trouble everything must be saved, equal and quiet. */
const PATIENCE_S = 120
const SHOWN_LINES = 60

/** A whole Slipway in one process: browsers, network, server and database, driven by one kernel. */
export class House {
  readonly kernel: Kernel
  readonly network: Network
  readonly postgres: FakePostgres
  readonly server: FakeServer
  readonly browsers: Browser[]
  readonly promises: Promises
  readonly place: Place
  readonly rooms: readonly RoomName[]
  readonly #world: ReturnType<typeof seededWorld>
  readonly #mishaps: { part: number; until: number }

  constructor(seed: number, size: number, db: PGlite) {
    this.kernel = new Kernel(seed, nextBeginning())
    this.network = new Network(this.kernel)
    this.postgres = new FakePostgres(this.kernel, this.network, db)
    this.server = new FakeServer(this.kernel, this.network, this.postgres)
    this.#world = seededWorld(seed)
    this.place = { projectId: this.#world.newId(), interviewId: this.#world.newId() }
    this.rooms = [teamRoom, projectRoom(this.place.projectId), chatRoom(this.place.interviewId)]
    this.browsers = Array.from({ length: size }, (_, at) => new Browser(this.kernel, `browser${at}`, `person${at}`))
    this.promises = new Promises(this.postgres)
    this.network.setDelay('server', 'postgres', 0, 2)
    for (const { name } of this.browsers) this.network.setDelay(name, 'server', 1, 60)
    this.#mishaps = { part: 0, until: 0 }
    this.postgres.mishap = () => this.#mishap()
    for (const { tables } of this.browsers) tables.failure = () => this.kernel.chance(0.02)
  }

  /** Runs a schedule to its end and looks whether every promise was kept. */
  static async run(db: PGlite, { seed, size, steps }: Schedule, plant: Plant = () => () => undefined): Promise<House> {
    const house = new House(seed, size, db)
    await house.postgres.reset()
    const { kernel, network } = house
    const globals = { ...browserGlobals(kernel), WebSocket: browserSockets(kernel, network, (process) => browserNameOf(process.name)) }
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
      for (const step of steps) await house.#step(step)
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
    this.server.start()
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
    const { kernel, network, server } = this
    const browser = this.#browser(who)
    if (what < 50) {
      this.#edit(browser, [a, b, c])
      if (a % 3 === 0) await kernel.run(b % 40)
    } else if (what < 70) await kernel.run(a)
    else if (what < 74) this.#openTab(browser)
    else if (what < 77) this.#closeTab(browser, a)
    else if (what < 79) {
      browser.crash(a % 2 === 0)
      this.promises.checkDisk(browser)
      // A damaged database is made anew from the log.
      if (b % 4 === 0) browser.tables.lose()
      this.#openTab(browser)
    } else if (what < 82) network.partition(browser.name, 'server')
    else if (what < 84) network.heal(browser.name, 'server')
    else if (what < 87) network.cut(browser.name, 'server', a)
    else if (what < 89) network.silence(browser.name, 'server', a, (['both', 'near', 'far'] as const)[b % 3] ?? 'both')
    else if (what < 91) server.crash()
    else if (what < 94) server.start()
    else if (what < 95) Object.assign(browser.disk.mood, { isFull: a % 2 === 0, slowest: b % 400 })
    else if (what < 98) Object.assign(this.#mishaps, { part: (a % 5) / 5, until: kernel.now + b * 10 })
    else if (what < 99) network.cut('server', 'postgres')
    else await kernel.run(20_000 + a * 40)
  }

  async #end(): Promise<void> {
    const { kernel, network, server } = this
    kernel.note('the trouble is over')
    this.#mishaps.part = 0
    for (const browser of this.browsers) {
      Object.assign(browser.disk.mood, { isFull: false, slowest: 4 })
      browser.tables.failure = () => false
      if (browser.tabs.length === 0) this.#openTab(browser)
    }
    network.healAll()
    server.start()
    for (let second = 0; !this.#isSettled(); second++) {
      if (second === PATIENCE_S) throw new BrokenPromise(`After ${PATIENCE_S} quiet seconds ${this.#unsettled().join(', ')}.`)
      await kernel.run(1_000)
    }
    // What nobody sees in a tab comes to rest too.
    await kernel.run(15_000)
    await this.promises.checkAll()
    await this.#mustBeEqual()
  }

  get #tabs(): Tab[] {
    return this.browsers.flatMap(({ tabs }) => tabs)
  }

  #isSettled(): boolean {
    return this.#unsettled().length === 0
  }

  /** What is not as it must be in the end, in words. */
  #unsettled(): string[] {
    const words: string[] = []
    for (const tab of this.#tabs) {
      const { state, sentence } = tab.replica.sync.view.get()
      if (this.#device(tab) === null) words.push(`${tab.process.name} has not loaded its rooms`)
      else if (state !== 'on the server') words.push(`${tab.process.name} says: ${sentence}`)
      else if (tab.replica.sync.status.get().connection !== 'online') words.push(`${tab.process.name} is offline`)
    }
    if (words.length > 0) return words
    for (const room of this.rooms) {
      const vectors = this.#tabs.map((tab) => Buffer.from(Y.encodeStateVector(this.#docOf(tab, room))).toString('hex'))
      // A state vector lists its clients in no fixed order.
      if (new Set(vectors.map((hex) => sorted(Buffer.from(hex, 'hex')))).size > 1) words.push(`${room} differs between tabs`)
    }
    return words
  }

  async #mustBeEqual(): Promise<void> {
    const [first] = this.#tabs
    if (!first) return
    for (const room of this.rooms) {
      const wanted = JSON.stringify(contentsOf(this.#docOf(first, room), room))
      for (const tab of this.#tabs) {
        if (JSON.stringify(contentsOf(this.#docOf(tab, room), room)) !== wanted)
          throw new BrokenPromise(`${tab.process.name} and ${first.process.name} show different things in ${room}.`)
      }
      const stored = await this.#storedDocument(room)
      if (JSON.stringify(contentsOf(stored, room)) !== wanted)
        throw new BrokenPromise(`What the server stored of ${room} is not what ${first.process.name} shows.`)
      const rows = JSON.stringify(rowsOfDocument(stored, room))
      for (const { name, tables } of this.browsers) {
        const names = collectionsIn(room).map((collection) => collection.name)
        if (JSON.stringify(tables.rowsIn(room, names)) !== rows)
          throw new BrokenPromise(`The tables of ${name} are not what its document of ${room} says.`)
      }
    }
  }

  async #storedDocument(room: RoomName): Promise<Y.Doc> {
    const rows = await this.postgres.look<{ bytes: Uint8Array }>(
      `select bytes from journal_updates where room = $1
       union all (select bytes from journal_snapshots where room = $1 order by seq desc limit 1)`,
      [room],
    )
    const doc = new Y.Doc()
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
    return doc
  }

  #browser(who: number): Browser {
    const found = this.browsers[who % this.browsers.length]
    if (!found) throw new Error('a house has browsers')
    return found
  }

  #openTab(browser: Browser): void {
    if (browser.tabs.length >= 3) return
    const tab = browser.open()
    this.promises.watch(tab)
    this.#as(tab, () => {
      for (const room of this.rooms) tab.replica.rooms.hold(room)
    })
  }

  #closeTab(browser: Browser, pick: number): void {
    const tab = browser.tabs[pick % Math.max(1, browser.tabs.length)]
    if (!tab) return
    browser.close(tab)
    this.promises.checkDisk(browser)
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
      run: (command, input) => void replica.run(command, input),
    }
  }

  #docOf(tab: Tab, room: RoomName): Y.Doc {
    const loaded = tab.replica.rooms.get(room)
    if (!loaded) throw new Error(`${tab.process.name} has not loaded ${room}`)
    return loaded.doc
  }

  #mishap(): Mishap | null {
    if (this.kernel.now >= this.#mishaps.until || !this.kernel.chance(this.#mishaps.part)) return null
    return (['lost', 'unanswered', 'full'] as const)[this.kernel.between(0, 2)] ?? null
  }
}

const browserNameOf = (process: string): string => process.split(' ')[0] ?? ''

const contentsOf = (doc: Y.Doc, room: RoomName): unknown =>
  storableJson(Object.fromEntries(collectionsIn(room).map(({ name }) => [name, sortedKeys(doc.getMap(name).toJSON())])))

/** The same object with its keys in order, all the way down. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  )
}

const sorted = (vector: Uint8Array): string => JSON.stringify([...Y.decodeStateVector(vector)].sort(([a], [b]) => a - b))
