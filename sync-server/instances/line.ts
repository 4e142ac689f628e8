import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type Log, SaidOnce } from '#server/log.ts'
import type { Address } from '#server/postgres/address.ts'
import { messageOf } from '#server/start-refusal.ts'

const CHANNEL = 'slipway'
/** An answer that takes longer than this is not coming: the connection is given up for a new one. */
const PATIENCE = 15_000
const RETRY_MS = 100
const MOST_RETRY_MS = 2_000

/**
 * The one connection on which an instance hears the others, speaks to them, and reads what they wrote. Lost, it is opened again by
 * itself; what was said meanwhile is not heard, so whoever listens looks for himself when it is back (`onOpen`).
 */
export class Line {
  onMessage: (payload: string) => void = () => undefined
  onOpen: () => void = () => undefined
  readonly #address: Address
  readonly #log: Log
  readonly #trouble: SaidOnce
  #client: pg.Client | undefined
  #opening: Promise<pg.Client> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #closed = false
  #wait = RETRY_MS

  constructor(address: Address, log: Log) {
    this.#address = address
    this.#log = log
    this.#trouble = new SaidOnce((reason) => log.warn({ reason }, 'the other servers cannot be heard; it is tried again by itself'))
  }

  /** Asks the database: one question after the other, in order. Waits for the connection where there is none. */
  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    const answer = this.#last.then(() => this.#ask<R>(text, values))
    this.#last = answer.catch(() => undefined)
    return await answer
  }

  async #ask<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    const client = await this.#connection()
    try {
      return (await client.query<R>(text, values)).rows
    } catch (thrown) {
      // An answer that never came leaves the connection in the middle of something.
      if (messageOf(thrown) === 'Query read timeout') this.#lost(client, messageOf(thrown))
      throw thrown
    }
  }

  /** Says these payloads (each below 8,000 bytes) to everybody who listens, oneself included. */
  async say(payloads: readonly string[]): Promise<void> {
    await this.query(`select pg_notify('${CHANNEL}', payload) from unnest($1::text[]) as payload`, [payloads])
  }

  async #connection(): Promise<pg.Client> {
    if (this.#closed) throw new Error('the server is stopping')
    if (this.#client) return this.#client
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined))
    return await this.#opening
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#address,
      connectionTimeoutMillis: 10_000,
      query_timeout: PATIENCE,
      keepAlive: true,
      application_name: 'slipway line',
    })
    client.on('error', (error) => this.#lost(client, error.message))
    client.on('end', () => this.#lost(client, 'it was closed'))
    client.on('notification', ({ payload }) => this.onMessage(payload ?? ''))
    try {
      await client.connect()
      // What stands here is gone in a minute: it need not be on the disk.
      await client.query(`set synchronous_commit = 'off'; listen ${CHANNEL}`)
      if (this.#closed) throw new Error('the server is stopping')
    } catch (thrown) {
      void client.end().catch(() => undefined)
      throw thrown
    }
    this.#client = client
    this.#wait = RETRY_MS
    this.#trouble.worked()
    this.onOpen()
    return client
  }

  #lost(client: pg.Client, reason: string): void {
    if (this.#client !== client) return
    this.#client = undefined
    void client.end().catch(() => undefined)
    if (this.#closed) return
    this.#log.debug({ reason }, 'the connection to the other servers was lost')
    void this.#reopen()
  }

  async #reopen(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#connection()
        return
      } catch (thrown) {
        this.#trouble.failed(thrown)
        await wait(this.#wait, undefined, { ref: false })
        this.#wait = Math.min(this.#wait * 2, MOST_RETRY_MS)
      }
    }
  }

  /** Lets the connection go for good. */
  async close(): Promise<void> {
    this.#closed = true
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }
}
