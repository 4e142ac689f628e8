import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { accept } from '#domain/core/refusal.ts'
import { Documents } from '#server/documents/documents.ts'
import { Locks } from '#server/documents/locks.ts'
import { type DocumentRequest, Materialised } from '#server/documents/materialised.ts'
import type { Identity } from '#server/gate/identity.ts'
import { Journal } from '#server/journal/journal.ts'
import { type Merged, mergeProven } from '#server/journal/merge.ts'
import { SnapshotFiles } from '#server/journal/snapshot-files.ts'
import { makeLog } from '#server/log.ts'
import { readFailure } from '#server/postgres/failure.ts'
import { openPool } from '#server/postgres/pool.ts'
import { Rooms } from '#server/rooms/rooms.ts'
import { SyncDoor } from '#server/rooms/sync-door.ts'
import { Thread } from '#server/threads/thread.ts'
import { type Kernel, Process } from '../kernel/kernel.ts'
import type { Network } from './network.ts'
import type { FakePostgres } from './postgres.ts'

const MEMBER: Identity = { memberId: 'alice', name: 'Alice', email: null, role: 'member', by: 'session', pass: '' }
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

/** The parts of a running server: production's own, put together as `sync-server/server.ts` does. */
export type ServerParts = {
  process: Process
  journal: Journal
  rooms: Rooms
  documents: Documents
  door: SyncDoor
  db: ReturnType<typeof openPool>
}

/** The sync server as a process that can be stopped, killed and started. */
export class FakeServer {
  parts: ServerParts | null = null
  readonly #kernel: Kernel
  readonly #network: Network
  readonly #postgres: FakePostgres
  #lives = 0

  constructor(kernel: Kernel, network: Network, postgres: FakePostgres) {
    this.#kernel = kernel
    this.#network = network
    this.#postgres = postgres
  }

  start(): void {
    if (this.parts) return
    const kernel = this.#kernel
    const process = new Process(`server ${++this.#lives}`)
    kernel.note('started', process.name)
    this.parts = kernel.as(process, () => this.#build(process))
  }

  /** kill -9. */
  crash(): void {
    if (!this.parts) return
    this.#network.shut('server')
    this.#kernel.kill(this.parts.process)
    this.parts = null
  }

  #build(process: Process): ServerParts {
    const kernel = this.#kernel
    const address = this.#postgres.addressFor(process)
    const db = openPool(address, silent)
    const journal = new Journal({ address, explain: (thrown) => readFailure(thrown, null) }, silent, 1)
    const materialised = new Materialised()
    const merger = new NearThread<Uint8Array[], Merged>(kernel, mergeProven)
    const rooms = new Rooms(db, journal, merger, new NoFiles(''), silent, async () => () => true, isDueSoon)
    const documents = new Documents(
      new NearThread<DocumentRequest, unknown>(kernel, (request) => materialised.handle(request)),
      rooms,
      journal,
      new Locks(db, () => true),
      async () => undefined,
    )
    const door = new SyncDoor({
      rooms,
      journal,
      log: silent,
      diff: (room, vector) => documents.diff(room, vector),
      identify: async () => accept(MEMBER),
      recheck: async (identity) => identity,
    })
    this.#network.listen('server', process, (end, path) => {
      const headers = { upgrade: 'websocket', 'sec-websocket-key': 'c2ltdWxhdGVkIHNvY2tldA==', 'sec-websocket-version': '13' }
      door.upgrade({ method: 'GET', url: path, headers } as unknown as IncomingMessage, end as Duplex, Buffer.alloc(0))
    })
    return { process, journal, rooms, documents, door, db }
  }
}
