import pg from 'pg'
import type { Log } from '#server/log.ts'
import type { Address } from './address.ts'

export type Db = pg.Pool
export type DbClient = pg.PoolClient
/** Anything that runs a query: the pool, or one connection inside a transaction. */
export type Queries = Pick<pg.ClientBase, 'query'>

// Numbers of the database's bigint columns are sequence numbers and times: far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** So many are open from the start and stay: making one costs a tenth of a second, which somebody would wait for. */
const ALWAYS_OPEN = 4
/** Nothing here waits so long in the middle of a transaction while it is awake. */
const HUNG_MS = 60_000

/** The connections everything but the journal's writer shares. */
export function openPool(address: Address, log: Log): Db {
  const pool = new pg.Pool({
    ...address,
    min: ALWAYS_OPEN,
    max: 16,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // A server that hangs in the middle of a transaction must not hold its locks against other servers for ever.
    idle_in_transaction_session_timeout: HUNG_MS,
    application_name: 'slipway',
  })
  pool.on('error', (thrown) => {
    // A closed pool does not wait for its connections' goodbyes, and the database may end before it has heard them.
    if (!pool.ending) log.warn({ reason: thrown.message }, 'a database connection was lost')
  })
  // The pool listens only to those nobody has in hand. One in hand that is lost between two queries would end the process with its
  // error, which its next query is refused with anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens the connections that stay open. Throws when one of them cannot be opened; the others are given back, or closing the pool would wait for them for ever. */
export async function warmPool(db: Db): Promise<void> {
  const opened = await Promise.allSettled(Array.from({ length: ALWAYS_OPEN }, () => db.connect()))
  for (const one of opened) if (one.status === 'fulfilled') one.value.release()
  const failed = opened.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

/** Runs `work` in one transaction: all of it or nothing. */
export async function inTransaction<T>(db: Db, work: (client: DbClient) => Promise<T>): Promise<T> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const value = await work(client)
    await client.query('commit')
    return value
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => (broken = error))
    throw thrown
  } finally {
    client.release(broken)
  }
}
