import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ROOT } from '#launch/root.mjs'
import { StartRefusal } from '#server/start-refusal.ts'
import { type Db, inTransaction } from './pool.ts'

type Migration = { name: string; sql: string; hash: string }

const FOLDER = path.join(ROOT, 'sync-server', 'postgres', 'migrations')
/** Any number, the same in every Slipway: the advisory lock that lets one server migrate at a time. */
const MIGRATION_LOCK = 5_117_001

/** Brings the server's tables up to this version: each file of `migrations/` once, in order, all in one transaction. */
export async function migrate(db: Db, migrations?: readonly Migration[]): Promise<string[]> {
  const known = migrations ?? (await readMigrations())
  return await inTransaction(db, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'create table if not exists migrations (name text primary key, hash text not null, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations order by name')
    for (const done of rows) checkKnown(done, known)
    const done = new Set(rows.map((row) => row.name))
    const missing = known.filter((migration) => !done.has(migration.name))
    for (const { name, sql, hash } of missing) {
      await client.query(sql)
      await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash])
    }
    return missing.map((migration) => migration.name)
  })
}

function checkKnown(done: { name: string; hash: string }, known: readonly Migration[]): void {
  const found = known.find((migration) => migration.name === done.name)
  if (!found)
    throw new StartRefusal(
      `The database was already used by a newer Slipway (it knows the change ${done.name}). Start that version, or another data folder.`,
    )
  if (found.hash !== done.hash)
    throw new StartRefusal(
      `The database change ${done.name} differs from the one this database was made with. Install an unmodified Slipway.`,
    )
}

/** The numbered files of `migrations/`, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(FOLDER, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
