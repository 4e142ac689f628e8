import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { accept } from '#domain/core/refusal.ts'
import { Documents } from '#server/documents/documents.ts'
import { Locks } from '#server/documents/locks.ts'
import { type DocumentRequest, Materialised } from '#server/documents/materialised.ts'
import type { Identity } from '#server/gate/identity.ts'
import { Instances } from '#server/instances/instances.ts'
import { Line } from '#server/instances/line.ts'
import { Membership, mergeable } from '#server/instances/membership.ts'
import { tellOthers } from '#server/instances/tell-others.ts'
import { Journal } from '#server/journal/journal.ts'
import { type Merged, mergeProven } from '#server/journal/merge.ts'
import { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import { makeLog } from '#server/log.ts'
import { readFailure } from '#server/postgres/failure.ts'
import { openPool } from '#server/postgres/pool.ts'
import { LargeUpdates, readLarge } from '#server/rooms/large-updates.ts'
import { Rooms } from '#server/rooms/rooms.ts'
import { SyncDoor } from '#server/rooms/sync-door.ts'
import { Thread } from '#server/threads/thread.ts'
import { Bell } from '#server/turns/bell.ts'
import { type Kernel, Process } from '../kernel/kernel.ts'
import type { Network } from './network.ts'
import type { FakePostgres } from './postgres.ts'

/** Each browser is another member's. */
const memberAt = (machine: string): Identity => ({ memberId: machine, name: machine, email: null, role: 'member', by: 'session', pass: '' })
const silent = makeLog('silent')

/** Schedules are short, so their tails are merged while they are short. */
const isDueSoon = ({ tailLength }: { tailLength: number }): boolean => tailLength >= 4

/** A worker thread's work, done in the same process a moment later, one request after the other. */
class NearThread<Request, Answer> extends Thread<Request, Answer> {
  readonly #kernel: Kernel
  readonly #work: (request: Request) => Answer
  #at = 0

  constructor(kernel: Kernel, work: (request: Request) => Answer) {
    super('', 0)
    this.#kernel = kernel
    this.#work = work
    this.generation = 1
  }

  override start(): void {}

  override ask(request: Request): Promise<Answer> {
    const copy = structuredClone(request)
    const { current } = this.#kernel
    this.#at = Math.max(this.#at, this.#kernel.now + this.#kernel.between(0, 40))
    return new Promise((resolve, reject) => {
      this.#kernel.after(this.#at - this.#kernel.now, current, () => {
        try {
          resolve(structuredClone(this.#work(copy)))
        } catch (thrown) {
          reject(thrown)
        }
      })
    })
  }
}

/** Snapshots in these rooms are too small for files. */
class NoFiles extends SnapshotFiles {
  override async read(): Promise<null> {
    return null
  }

  override async keep(): Promise<void> {}
}

/** Where browsers find a server: whichever is up, as behind a load balancer. */
export const SERVERS = 'server'
/** How long whoever runs a server takes to start one again that ended by itself. */
const AGAIN_MS = 1_000

/** One sync server as a process that can be stopped, killed and started, beside others on the same database. */
export class FakeServer {
  /** Null while it is not running. */
  process: Process | null = null
  /** How it reads and writes documents itself, while it runs. */
  documents: Documents | null = null
  /** Its machine, for its way to the database. */
  readonly name: string
  readonly #kernel: Kernel
  readonly #network: Network
  readonly #postgres: FakePostgres
  readonly #keeper: Process
  #notAgain: () => void = () => undefined
  #lives = 0

  constructor(kernel: Kernel, network: Network, postgres: FakePostgres, name: string) {
    this.#kernel = kernel
    this.#network = network
    this.#postgres = postgres
    this.name = name
    this.#keeper = new Process(`keeper of ${name}`)
  }

  start(): void {
    if (this.process) return
    const kernel = this.#kernel
    const process = new Process(`${this.name} ${++this.#lives}`)
    this.process = process
    kernel.note('started', process.name)
    kernel.as(process, () => void this.#begin(process).catch(() => this.#ended(process)))
  }

  /** kill -9. */
  crash(): void {
    this.#notAgain()
    if (!this.process) return
    this.#kernel.kill(this.process)
    this.process = null
    this.documents = null
  }

  /** A server that cannot start ends, and is started again. */
  #ended(process: Process): void {
    if (this.process !== process) return
    this.crash()
    this.#notAgain = this.#kernel.after(AGAIN_MS, this.#keeper, () => this.start())
  }

  /** The parts of a running server: production's own, put together as `sync-server/server.ts` does. */
  async #begin(process: Process): Promise<void> {
    const kernel = this.#kernel
    const address = this.#postgres.addressFor(this.name, process)
    const db = openPool(address, silent)
    const line = new Line(address, silent)
    const membership = await Membership.begin(line, this.name, this.name)
    const journal = new Journal({ address, explain: (thrown) => readFailure(thrown, null) }, silent, membership.number)
    const materialised = new Materialised()
    const merger = new NearThread<Uint8Array[], Merged>(kernel, mergeProven)
    const isAlone = (): boolean => membership.isAlone
    const rooms = new Rooms(
      db,
      journal,
      merger,
      new NoFiles(''),
      silent,
      async () => (isAlone() ? () => true : await mergeable(db, membership.number)),
      isDueSoon,
    )
    const bell = new Bell()
    const locks = new Locks(db, isAlone)
    const settled = (): Promise<void> => locks.settled()
    const instances = new Instances({ line, membership, rooms, ring: (name) => bell.ringHere(name), settled, log: silent })
    tellOthers(instances, { journal, rooms, bell })
    const thread = new NearThread<DocumentRequest, unknown>(kernel, (request) => materialised.handle(request))
    const documents = new Documents(thread, rooms, journal, locks, () => instances.catchUp())
    const door = new SyncDoor({
      rooms,
      journal,
      large: new LargeUpdates(new NearThread(kernel, readLarge)),
      log: silent,
      diff: (room, vector) => documents.diff(room, vector),
      catchUp: () => instances.catchUp(),
      bears: (room, update) => documents.bears(room, update),
      // Strangers' values get in, as by a server that judged nothing: readers have to bear what documents hold.
      judge: async (room, update) => {
        const judged = await documents.judge(room, update)
        return 'placed' in judged ? judged : { placed: [] }
      },
      identify: async (request) => accept(memberAt(String(request.headers['x-machine']))),
      recheck: async (identity) => identity,
    })
    await instances.join()
    await rooms.openLatest()
    this.documents = documents
    this.#network.listen(SERVERS, process, (end, path, machine) => {
      // As `sync-server/http/app.ts` does.
      if (path === '/healthz') return void end.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
      const headers = {
        upgrade: 'websocket',
        'sec-websocket-key': 'c2ltdWxhdGVkIHNvY2tldA==',
        'sec-websocket-version': '13',
        'x-machine': machine,
      }
      door.upgrade({ method: 'GET', url: path, headers } as unknown as IncomingMessage, end as Duplex, Buffer.alloc(0))
    })
  }
}
