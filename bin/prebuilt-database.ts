import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { writeDirectory } from '#app/replica/tables/change-file.ts'
import { MemoryBytes } from '#app/replica/tables/memory-bytes.ts'
import { emptyTables } from '#app/replica/tables/tables.ts'
import { TwoFiles } from '#app/replica/tables/two-files.ts'
import { createTables } from '#domain/projection/collections.ts'
import { databaseName } from '#domain/projection/database-name.ts'
import { pgliteVersion } from './versions.ts'

/**
 * Makes the data directory browsers start from: initialising PostgreSQL takes seconds, unpacking it does not. Run by the
 * build; does nothing when the file of this PGlite version and table shape is there already.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'public', 'pglite')
const file = `${databaseName(pgliteVersion())}.data`

const path = join(folder, file)

/** The directory as `app/replica/tables/change-file.ts` writes it. Its file is there when this module has been loaded. */
export const prebuiltDirectory = async (): Promise<Uint8Array> => gunzipSync(readFileSync(path))

/** PostgreSQL's own log in steps of 1 MB instead of 16, made when it is needed: a browser has one writer, and copies all of it at its first start. */
const SMALL_LOG = [
  '--wal-segsize=1',
  '--no-data-checksums',
  ...['wal_init_zero=off', 'wal_recycle=off', 'min_wal_size=2MB', 'max_wal_size=8MB', 'wal_level=minimal', 'max_wal_senders=0'].flatMap(
    (setting) => ['-c', setting],
  ),
]

if (!existsSync(path)) {
  const [{ PGlite }, { MemfsFrontendFS }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/memfs-frontend'),
  ])
  const files = new TwoFiles([new MemoryBytes(), new MemoryBytes()], async () => null)
  const database = await PGlite.create({ fs: new MemfsFrontendFS(files), initDbStartParams: [...SMALL_LOG] })
  await database.exec(emptyTables(createTables))
  // The template databases are two thirds of a directory, and nobody makes a second database in a browser.
  for (const step of ['update pg_database set datistemplate = false', 'drop database template0', 'drop database template1'])
    await database.query(step)
  // Descriptions are for people with a prompt. Statistics settle now, so that the first query in a browser plans like the thousandth.
  for (const step of ['truncate pg_description, pg_shdescription', 'vacuum full analyze', 'checkpoint']) await database.query(step)
  await database.close()
  const made = new MemoryBytes()
  writeDirectory(made, files.entries(), 1)
  const bytes = gzipSync(made.all(), { level: 9 })
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) if (old.endsWith('.data')) rmSync(join(folder, old), { force: true })
  const part = `${path}.${process.pid}.part`
  writeFileSync(part, bytes)
  renameSync(part, path)
}
