import type { PGlite } from '@electric-sql/pglite'
import type { Address } from '#server/postgres/address.ts'
import { readMigrations } from '#server/postgres/migrate.ts'
import { type Kernel, Process } from '../kernel/kernel.ts'
import { outside } from '../kernel/virtual-globals.ts'
import { openTables } from '../tables.ts'
import { DialingEnd, type End, type Network } from './network.ts'

/** What becomes of a request of the server's. */
export type Mishap =
  /** The connection breaks before the request arrives. */
  | 'lost'
  /** It is done, and the connection breaks before the answer. */
  | 'unanswered'
  /** The disk is full. */
  | 'full'

const QUERY = 0x51
const SYNC = 0x53
const TERMINATE = 0x58
/** Authentication is fine; ready for queries. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])
const IDLE = 0x49
const NOTIFICATION = 0x41
/** The one statement that is prepared under a name. */
const PREPARED = 'journal-insert'
/** What a backup holds of what simulations write. */
const BACKED_UP = ['journal_updates', 'journal_snapshots', 'answers']
const NO_SPACE = `do $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`

/** A real PostgreSQL (in WebAssembly) with the tables of the server, for many simulations one after the other. */
export async function openPostgres(): Promise<PGlite> {
  const db = await openTables()
  // What browsers begin with has their tables.
  await db.exec('drop schema public cascade; create schema public;')
  for (const { sql } of await readMigrations()) await db.exec(sql)
  return db
}

/**
 * That PostgreSQL as a machine in the network: the production driver speaks its protocol to it, over connections that are
 * slow, break, or break in the very moment between a commit and its answer. What it committed it keeps, whatever dies.
 */
export class FakePostgres {
  /** Decides about a request that would write. */
  mishap: (sql: string) => Mishap | null = () => null
  /** Changes a request on its way: for planted bugs. */
  reword: (request: Buffer) => Buffer = (request) => request
  /** How long a request takes, at least and at most, in ms. */
  delay: [number, number] = [0, 3]
  readonly process = new Process('postgres')
  readonly #kernel: Kernel
  readonly #network: Network
  readonly #db: PGlite
  readonly #sessions = new Set<Session>()
  #calls = 0
  /** Who is inside a transaction: PGlite has one session, so the others wait. */
  #inside: Session | null = null

  constructor(kernel: Kernel, network: Network, db: PGlite) {
    this.#kernel = kernel
    this.#network = network
    this.#db = db
    network.listen('postgres', this.process, (end) => this.#sessions.add(new Session(end, ++this.#calls, () => this.#work())))
  }

  /** Empties what simulations before this one left. */
  async reset(): Promise<void> {
    await this.#db.exec('rollback').catch(() => undefined)
    await this.#db.exec(
      `deallocate all; delete from journal_updates; delete from journal_snapshots; delete from turns; delete from answers;
       delete from log_lines; delete from log_heads; delete from instances; alter sequence journal_updates_seq_seq restart;
       alter sequence instance_numbers restart`,
    )
  }

  /** Copies what is committed now. Never while a transaction is open. */
  async backUp(): Promise<void> {
    await outside(() =>
      this.#db.exec(`${BACKED_UP.map((table) => `drop table if exists old_${table}; create table old_${table} as table ${table};`).join('')}
        drop table if exists old_numbers; create table old_numbers as select last_value from instance_numbers`),
    )
  }

  /** Goes back to that copy, sequences too. Never while a transaction is open, or a server runs. */
  async restore(): Promise<void> {
    await outside(() =>
      this.#db.exec(`${BACKED_UP.map((table) => `delete from ${table}; insert into ${table} overriding system value table old_${table};`).join('')}
        delete from instances; select setval('instance_numbers', last_value) from old_numbers;
        select setval('journal_updates_seq_seq', greatest((select max(seq) from journal_updates), 1))`),
    )
  }

  /** Where a process of that machine finds it. */
  addressFor(machine: string, process: Process): Address {
    const stream = (): DialingEnd => new DialingEnd((done) => this.#network.dial(machine, process, 'postgres', '', done))
    return { host: 'postgres', port: 5432, user: 'slipway', password: '', database: 'slipway', stream } as Address
  }

  /** Looks into the tables without the network: for oracles. Never while a transaction is open. */
  async look<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await outside(() => this.#db.query<Row>(sql, parameters))).rows
  }

  /** True while somebody's transaction is open: then its rows are not to be looked at. */
  get isInTransaction(): boolean {
    return this.#inside !== null
  }

  #work(): void {
    for (const session of this.#sessions) {
      if (session.isOver) {
        this.#sessions.delete(session)
        if (this.#inside === session) this.#leave()
      }
    }
    if (this.#inside) return this.#serve(this.#inside)
    for (const session of this.#sessions) if (!this.#inside) this.#serve(session)
  }

  #serve(session: Session): void {
    if (session.isServing) return
    const request = session.next()
    if (!request) return
    session.isServing = true
    this.#inside = session
    const [least, most] = this.delay
    this.#kernel.after(this.#kernel.between(least, most), this.process, () => {
      session.isServing = false
      if (!session.isOver) this.#answer(session, request)
      else if (this.#inside === session) this.#leave()
      this.#work()
    })
  }

  #answer(session: Session, request: Buffer): void {
    const sql = textOf(request)
    const mishap = this.mishap(sql)
    if (mishap) this.#kernel.note('postgres', mishap)
    if (mishap === 'lost') return this.#breakOff(session)
    if (sql.includes('listen slipway')) session.isListening = true
    const answer = this.#withoutNews(this.#carryOut(session, request, sql, mishap))
    const isOpen = answer[answer.length - 1] !== IDLE
    this.#inside = isOpen ? session : null
    if (mishap === 'unanswered') return this.#breakOff(session)
    session.end.write(answer)
  }

  #carryOut(session: Session, request: Buffer, sql: string, mishap: Mishap | null): Buffer {
    if (mishap === 'full') return this.#simple(NO_SPACE)
    // It would ring by the clock of this machine, and for all of them.
    if (sql.includes('set idle_in_transaction')) return this.#simple('set application_name = default')
    return this.#run(this.reword(this.#withOwnName(session, request)))
  }

  /** A prepared statement belongs to one connection. */
  #withOwnName(session: Session, request: Buffer): Buffer {
    if (!request.includes(PREPARED)) return request
    const own = PREPARED.slice(0, -4) + String(session.number).padStart(4, '0')
    return Buffer.from(request.toString('latin1').replaceAll(PREPARED, own), 'latin1')
  }

  /** What was notified goes to all who listen, and not only to whoever made it known: to PostgreSQL all of them are one session. */
  #withoutNews(answer: Buffer): Buffer {
    const kept: Buffer[] = []
    for (let at = 0; at < answer.length; ) {
      const end = at + 1 + answer.readInt32BE(at + 1)
      const message = answer.subarray(at, end)
      if (message[0] === NOTIFICATION) for (const { isListening, end: to } of this.#sessions) isListening && to.write(message)
      else kept.push(message)
      at = end
    }
    return Buffer.concat(kept)
  }

  #breakOff(session: Session): void {
    session.end.destroy()
    this.#sessions.delete(session)
    if (this.#inside === session) this.#leave()
  }

  /** A connection that ended takes its transaction with it. */
  #leave(): void {
    this.#inside = null
    this.#simple('rollback')
  }

  #simple(sql: string): Buffer {
    const text = Buffer.from(`${sql}\0`)
    const head = Buffer.from([QUERY, 0, 0, 0, 0])
    head.writeInt32BE(text.length + 4, 1)
    return this.#run(Buffer.concat([head, text]))
  }

  /** Its clock is the simulation's. */
  #run(request: Buffer): Buffer {
    const { now } = this.#kernel
    return outside(() => {
      const clock = Date.now
      Date.now = () => now
      try {
        return Buffer.from(this.#db.execProtocolRawSync(request))
      } finally {
        Date.now = clock
      }
    })
  }
}

/** One connection: its bytes cut into requests that can be carried out each by itself. */
class Session {
  readonly end: End
  readonly number: number
  isServing = false
  /** It hears what is notified. */
  isListening = false
  #bytes: Buffer = Buffer.alloc(0)
  #isGreeted = false
  #said: Buffer[] = []
  #requests: Buffer[] = []
  #isEnding = false

  constructor(end: End, number: number, wake: () => void) {
    this.end = end
    this.number = number
    end.on('data', (bytes: Buffer) => {
      this.#take(bytes)
      wake()
    })
    end.on('close', wake)
  }

  get isOver(): boolean {
    return this.end.destroyed || this.#isEnding
  }

  next(): Buffer | undefined {
    return this.#requests.shift()
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    for (;;) {
      const skip = this.#isGreeted ? 1 : 0
      if (this.#bytes.length < skip + 4) return
      const length = skip + this.#bytes.readInt32BE(skip)
      if (this.#bytes.length < length) return
      const message = this.#bytes.subarray(0, length)
      this.#bytes = this.#bytes.subarray(length)
      if (this.#isGreeted) this.#hear(message)
      else {
        this.#isGreeted = true
        this.end.write(WELCOME)
      }
    }
  }

  #hear(message: Buffer): void {
    const [kind] = message
    if (kind === TERMINATE) {
      this.#isEnding = true
      this.end.end()
      return
    }
    this.#said.push(message)
    if (kind !== QUERY && kind !== SYNC) return
    this.#requests.push(Buffer.concat(this.#said))
    this.#said = []
  }
}

/** Enough of a request to tell what it is. */
const textOf = (request: Buffer): string => request.toString('latin1', 0, Math.min(request.length, 600)).toLowerCase()
