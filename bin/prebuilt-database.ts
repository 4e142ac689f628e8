import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTables } from '#domain/projection/collections.ts'
import { databaseName } from '#domain/projection/database-name.ts'
import { pgliteVersion } from './pglite-version.ts'

/**
 * Makes the data directory browsers start from: initialising PostgreSQL takes seconds, unpacking it does not. Run by the
 * build; does nothing when the file of this PGlite version and table shape is there already.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'public', 'pglite')
const file = `${databaseName(pgliteVersion())}.data`

/** Where it is. It is there when this module has been loaded. */
export const prebuiltDatabaseFile = join(folder, file)

/** PostgreSQL's own log in steps of 1 MB instead of 16, made when it is needed: a browser has one writer, and copies all of it at its first start. */
const SMALL_LOG = [
  '--wal-segsize=1',
  ...['wal_init_zero=off', 'wal_recycle=off', 'min_wal_size=2MB', 'max_wal_size=8MB', 'wal_level=minimal', 'max_wal_senders=0'].flatMap(
    (setting) => ['-c', setting],
  ),
]

if (!existsSync(prebuiltDatabaseFile)) {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create({ initDbStartParams: [...SMALL_LOG] })
  await database.exec(createTables)
  // Every file costs an open handle at every start of a browser; the template databases are two thirds of them.
  for (const step of ['update pg_database set datistemplate = false', 'drop database template0', 'drop database template1'])
    await database.query(step)
  // Statistics and free space settle now, so that the first query in a browser plans like the thousandth.
  for (const step of ['vacuum analyze', 'checkpoint']) await database.query(step)
  const bytes = Buffer.from(await (await database.dumpDataDir('gzip')).arrayBuffer())
  await database.close()
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) if (old.endsWith('.data')) rmSync(join(folder, old), { force: true })
  const part = `${prebuiltDatabaseFile}.${process.pid}.part`
  writeFileSync(part, bytes)
  renameSync(part, prebuiltDatabaseFile)
}
