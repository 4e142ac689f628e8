import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { makeLog } from '#server/log.ts'
import type { Address } from './address.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { migrate, type readMigrations } from './migrate.ts'
import { type Db, openPool } from './pool.ts'

/** A migrated database of one test file's own, on the one PostgreSQL that its worker process shares. */
export type TestDatabase = {
  db: Db
  address: Address
  /** From now on nobody who comes by the answered address can notify anybody. */
  muted: () => Promise<Address>
  drop: () => Promise<void>
}

let shared: Promise<{ embedded: Embedded; folder: string }> | undefined
let open = 0

/** A fresh database on a real embedded PostgreSQL, which stops when the process's last test database is dropped. `migrations`: only these were made to it. */
export async function openTestDatabase(migrations?: Awaited<ReturnType<typeof readMigrations>>): Promise<TestDatabase> {
  open++
  shared ??= startShared()
  const { embedded } = await shared
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(embedded.address, `create database ${name}`)
  const address = { ...embedded.address, database: name }
  const db = openPool(address, makeLog('silent'))
  await migrate(db, migrations)
  return {
    db,
    address,
    muted: async () => {
      const password = randomBytes(12).toString('hex')
      await db.query(`create role ${name} login password '${password}'`)
      await db.query(`grant all on schema public to ${name}`)
      await db.query(`grant all on all tables in schema public to ${name}`)
      await db.query(`grant all on all sequences in schema public to ${name}`)
      await db.query('revoke execute on function pg_notify(text, text) from public')
      return { ...address, user: name, password }
    },
    drop: async () => {
      await db.end()
      await administer(embedded.address, `drop database ${name} with (force)`)
      if (--open === 0) await stopShared()
    },
  }
}

/** initdb takes most of a start; its result is made once a machine and copied. */
const TEMPLATE = path.join(tmpdir(), `slipway-test-template-${process.getuid?.() ?? 0}`)

async function startShared(): Promise<{ embedded: Embedded; folder: string }> {
  const folder = path.join(tmpdir(), `slipway-test-${process.pid}-${randomBytes(3).toString('hex')}`)
  await copyCluster(folder)
  return { embedded: await startEmbedded(folder, makeLog('silent')), folder }
}

/** Makes a data folder, or fills an empty one, with a cluster in which nothing is yet: as the first start leaves it, for a tenth of its time. */
export async function copyCluster(folder: string): Promise<void> {
  if (!(await exists(TEMPLATE))) await makeTemplate()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Node's own `cp` takes as long as initdb.
  await promisify(execFile)('cp', ['-a', `${TEMPLATE}/.`, folder])
}

async function makeTemplate(): Promise<void> {
  const making = `${TEMPLATE}.${process.pid}`
  await mkdir(making, { recursive: true, mode: 0o700 })
  await (await startEmbedded(making, makeLog('silent'))).stop()
  await rm(path.join(making, 'socket'), { recursive: true, force: true })
  // Another test process may have been quicker.
  await rename(making, TEMPLATE).catch(() => rm(making, { recursive: true, force: true }))
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

async function stopShared(): Promise<void> {
  const running = await shared
  shared = undefined
  await running?.embedded.stop()
  if (running) await rm(running.folder, { recursive: true, force: true })
}

async function administer(address: Address, sql: string): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
