import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Db } from '#server/postgres/pool.ts'
import { keepApiToken } from './passes.ts'
import { newSecret } from './secret-text.ts'

/**
 * The token of the runner beside this server, or the one given for runners elsewhere. It stays the same, so that a runner outlives a
 * restart of the server with its turn in hand.
 */
export async function ensureRunnerToken(db: Db, data: string, given: string | null): Promise<string> {
  const file = path.join(data, 'runner.token')
  let token = given ?? (await readFile(file, 'utf8').catch(() => '')).trim()
  if (!token) {
    token = newSecret()
    await writeFile(file, `${token}\n`, { mode: 0o600 })
  }
  await keepApiToken(db, token, { memberId: null, name: 'local', role: 'runner' })
  return token
}
