import { access, constants, mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#server/log.ts'
import { messageOf, StartRefusal } from '#server/start-refusal.ts'
import type { Address } from './address.ts'
import { lockData } from './data-lock.ts'
import { startEmbedded } from './embedded.ts'
import { type Failure, readFailure } from './failure.ts'
import { migrate } from './migrate.ts'
import { type Db, openPool, warmPool } from './pool.ts'

export type Store = {
  db: Db
  address: Address
  /** Puts in words what the database threw. */
  explain: (thrown: unknown) => Promise<Failure>
  close: () => Promise<void>
}

const CLOSE_PATIENCE = 10_000
/** Any number, the same in every Slipway: held together by the servers that can share a database; older ones held it alone. */
const SERVER_LOCK = 5_117_002

/** Takes the data folder, starts the database in it (or joins the one of `DATABASE_URL`), and brings its tables up to date. */
export async function openStore(data: string, databaseUrl: string | null, log: Log): Promise<Store> {
  await makeFolder(data)
  const unlock = await lockData(data)
  const closes: (() => Promise<unknown>)[] = [unlock]
  const close = async (): Promise<void> => {
    for (const step of closes.splice(0).reverse()) await step()
  }
  try {
    let address: Address
    let folder: string | null = null
    if (databaseUrl === null) {
      const embedded = await startEmbedded(data, log)
      closes.push(embedded.stop)
      address = embedded.address
      folder = embedded.folder
    } else {
      address = { connectionString: databaseUrl }
      closes.push(await takeDatabase(address, log))
    }
    const db = openPool(address, log)
    closes.push(() => db.end())
    await Promise.all([migrate(db), warmPool(db)])
    return { db, address, explain: (thrown) => readFailure(thrown, folder), close }
  } catch (thrown) {
    // What cannot be closed must not keep anybody from hearing why.
    await Promise.race([close(), wait(CLOSE_PATIENCE)])
    throw thrown
  }
}

async function makeFolder(data: string): Promise<void> {
  try {
    await mkdir(data, { recursive: true, mode: 0o700 })
    await access(data, constants.W_OK)
  } catch (cause) {
    throw new StartRefusal(`The data folder ${data} cannot be written (${messageOf(cause)}). Choose another one with SLIPWAY_DATA.`, {
      cause,
    })
  }
}

/** Joins a database of somebody else's, beside other servers of this kind. */
async function takeDatabase(address: Address, log: Log): Promise<() => Promise<void>> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 10_000 })
  client.on('error', (error) => log.warn({ reason: error.message }, 'the connection that holds the database was lost'))
  try {
    await client.connect()
  } catch (cause) {
    throw new StartRefusal(`The database of DATABASE_URL cannot be reached (${messageOf(cause)}). Start it, or correct the URL.`, { cause })
  }
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock_shared($1) as taken', [SERVER_LOCK])
  if (!rows[0]?.taken) {
    await client.end()
    throw new StartRefusal(
      'A Slipway server of an older version is using the database of DATABASE_URL, and cannot share it. Stop that one first.',
    )
  }
  return () => client.end()
}
