import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { lastFour, openVault, Vault } from './vault.ts'

let database: TestDatabase
let data: string
beforeAll(async () => {
  database = await openTestDatabase()
  data = await mkdtemp(path.join(tmpdir(), 'slipway-vault-'))
})
afterAll(async () => {
  await database.drop()
  await rm(data, { recursive: true, force: true })
})

describe('the vault', () => {
  it('VAULT-1 opens what it sealed, for that record and with that key only', () => {
    const vault = new Vault(randomBytes(32))
    const sealed = vault.seal('model:1', 'sk-123')
    expect(vault.open('model:1', sealed)).toBe('sk-123')
    expect(sealed.includes('sk-123')).toBe(false)
    expect(vault.seal('model:1', 'sk-123').equals(sealed)).toBe(false)
    expect(() => vault.open('model:2', sealed)).toThrow()
    expect(() => new Vault(randomBytes(32)).open('model:1', sealed)).toThrow()
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(() => vault.open('model:1', bent)).toThrow()
    }
  })

  it('VAULT-2 a wrong key does not start, and the sentence says which', async () => {
    const vault = await openVault(database.db, data, null)
    const file = path.join(data, 'master.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await vault.put(database.db, 'a', 'secret text')
    expect(await (await openVault(database.db, data, null)).get(database.db, 'a')).toBe('secret text')
    await expect(openVault(database.db, data, 'another secret altogether')).rejects.toThrow(/SLIPWAY_SECRET is not the one/)
    const right = await readFile(file)
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`)
    await expect(openVault(database.db, data, null)).rejects.toThrow(/master.key is not the one/)
    await writeFile(file, 'garbage')
    await expect(openVault(database.db, data, null)).rejects.toThrow(/damaged/)
    await writeFile(file, right)
  })

  it('VAULT-3 shows the last four of a long secret and nothing of a short one', () => {
    expect(lastFour('sk-0123456789abcd')).toBe('abcd')
    expect(lastFour('short')).toBe('')
  })
})
