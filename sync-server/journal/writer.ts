import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#server/log.ts'
import type { Failure } from '#server/postgres/failure.ts'
import type { Queries } from '#server/postgres/pool.ts'
import type { Store } from '#server/postgres/store.ts'
import { type Entry, insertEntries } from './insert.ts'

/** Within a transaction nothing is waited for but the database. */
const HUNG_MS = 15_000

/** What must hold, and be written, in the same transaction as some updates. False: nothing of it is stored. */
export type Guard = (client: Queries) => Promise<boolean>

/**
 * The one connection the journal writes through, opened again whenever it is lost. One batch at a time, in order: other instances
 * read what this one (`origin`) wrote by its number, and rely on nothing lower becoming visible later.
 */
export class JournalWriter {
  readonly #store: Pick<Store, 'address' | 'explain'>
  readonly #log: Log
  readonly #origin: number
  #client: pg.Client | undefined

  constructor(store: Pick<Store, 'address' | 'explain'>, log: Log, origin: number) {
    this.#store = store
    this.#log = log
    this.#origin = origin
  }

  /** Stores a batch durably in one statement. Throws what the database said. */
  async insert(entries: readonly Entry[]): Promise<number[]> {
    return await insertEntries(await this.#connection(), entries, Date.now(), this.#origin)
  }

  /**
   * Stores updates together with what their guard writes, or nothing. When the connection is lost while committing, the
   * transaction's own fate is looked up, so that it is neither lost nor done twice. Answers null where the guard said no.
   */
  async insertGuarded(entries: readonly Entry[], guard: Guard, failed: (failure: Failure) => Promise<void>): Promise<number[] | null> {
    for (;;) {
      let xact: string | undefined
      let seqs: number[] = []
      try {
        const client = await this.#connection()
        await client.query('begin')
        const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
        if (!(await guard(client))) {
          await client.query('rollback')
          return null
        }
        if (entries.length) seqs = await insertEntries(client, entries, Date.now(), this.#origin)
        xact = rows[0]?.id
        await client.query('commit')
        return seqs
      } catch (thrown) {
        const failure = await this.#store.explain(thrown)
        await this.#client?.query('rollback').catch(() => this.close())
        if (!failure.passing) throw thrown
        await failed(failure)
        if (xact !== undefined && (await this.#isCommitted(xact, failed))) return seqs
      }
    }
  }

  async #isCommitted(xact: string, failed: (failure: Failure) => Promise<void>): Promise<boolean> {
    for (;;) {
      try {
        const { rows } = await (await this.#connection()).query<{ status: string }>('select pg_xact_status($1::xid8) as status', [xact])
        // Its connection is gone, and it may be committing all the same.
        if (rows[0]?.status !== 'in progress') return rows[0]?.status === 'committed'
        await wait(50)
      } catch (thrown) {
        await failed(await this.#store.explain(thrown))
      }
    }
  }

  async #connection(): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = new pg.Client({ ...this.#store.address, connectionTimeoutMillis: 10_000, application_name: 'slipway journal' })
    const lost = (reason: string): void => {
      if (this.#client !== client) return
      this.#log.warn({ reason }, 'the journal lost its database connection')
      this.#client = undefined
    }
    client.on('error', (error) => lost(error.message))
    client.on('end', () => lost('it was closed'))
    await client.connect()
    // Whatever a database of somebody else is set to: an acknowledgement means it is on disk.
    await client.query("set synchronous_commit = 'on'")
    // A server that hangs in the middle of a guarded commit lets the guarded rows go: the journals of others wait for them.
    await client.query(`set idle_in_transaction_session_timeout = '${HUNG_MS}ms'`)
    this.#client = client
    return client
  }

  /** Lets the connection go; the next write opens another. */
  async close(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }
}
