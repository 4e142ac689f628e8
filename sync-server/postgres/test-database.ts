import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { makeLog } from '#server/log.ts'
import type { Address } from './address.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { type Db, openPool } from './pool.ts'

/** A migrated database of one test file's own, on the one PostgreSQL that its worker process shares. */
export type TestDatabase = { db: Db; address: Address; drop: () => Promise<void> }

let shared: Promise<{ embedded: Embedded; folder: string }> | undefined

/**
 * A fresh database for one test file. The first call of a process starts a real embedded PostgreSQL in a folder under
 * the system's temporary one; it stops when the last database is dropped.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  shared ??= startShared()
  const { embedded } = await shared
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(embedded.address, `create database ${name}`)
  const address = { ...embedded.address, database: name }
  const db = openPool(address, makeLog('silent'))
  await migrate(db)
  open++
  return {
    db,
    address,
    drop: async () => {
      await db.end()
      await administer(embedded.address, `drop database ${name} with (force)`)
      if (--open === 0) await stopShared()
    },
  }
}

let open = 0

async function startShared(): Promise<{ embedded: Embedded; folder: string }> {
  const folder = path.join(tmpdir(), `slipway-test-${process.pid}-${randomBytes(3).toString('hex')}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path.join(folder, 'README'), 'A database of the unit tests; safe to delete.\n')
  return { embedded: await startEmbedded(folder, makeLog('silent')), folder }
}

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
