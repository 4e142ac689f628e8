import { BAD, GOOD, NOTE } from './verdicts.mjs'

/**
 * X8: asks a database elsewhere whether a start can rely on it: it answers, is new enough, and its user may make tables.
 * Answers a verdict and its sentence, which names no password; never throws.
 */
export async function askDatabase(url) {
  const pg = await import('pg').catch(() => null)
  if (!pg) return [NOTE, 'The database of DATABASE_URL can be asked once the packages are installed.']
  let client
  try {
    client = new pg.default.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int / 10000 as version, has_schema_privilege(current_schema(), 'create') as may_create",
    )
    const { version, may_create: mayCreate } = rows[0]
    if (version < 15) return [BAD, `The database of DATABASE_URL is PostgreSQL ${version}: use 15 or newer.`]
    return mayCreate
      ? [GOOD, `The database of DATABASE_URL answers (PostgreSQL ${version}), and its user may make tables.`]
      : [BAD, 'The user of DATABASE_URL may not make tables: grant it CREATE on the schema.']
  } catch (thrown) {
    return [BAD, `The database of DATABASE_URL cannot be reached (${thrown.message || thrown.code}): start it, or correct the URL.`]
  } finally {
    await client?.end().catch(() => undefined)
  }
}
