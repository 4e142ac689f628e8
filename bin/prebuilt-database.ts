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
const file = `${databaseName(pgliteVersion())}.tar.gz`

if (!existsSync(join(folder, file))) {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create()
  await database.exec(createTables)
  // Statistics and free space settle now, so that the first query in a browser plans like the thousandth.
  for (const settle of ['vacuum analyze', 'checkpoint']) await database.query(settle)
  const bytes = Buffer.from(await (await database.dumpDataDir('gzip')).arrayBuffer())
  await database.close()
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) rmSync(join(folder, old), { force: true })
  writeFileSync(join(folder, `${file}.part`), bytes)
  renameSync(join(folder, `${file}.part`), join(folder, file))
}
