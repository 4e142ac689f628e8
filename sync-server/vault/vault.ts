import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Db, Queries } from '#server/postgres/pool.ts'
import { StartRefusal } from '#server/start-refusal.ts'

const NONCE = 12
const TAG = 16

/** Secrets at rest: AES-256-GCM, each bound to its record's id and the key's, so that none can stand in another's place. */
export class Vault {
  readonly #key: Buffer
  readonly #keyId: string

  constructor(key: Buffer) {
    this.#key = key
    this.#keyId = createHash('sha256').update('slipway key id').update(key).digest('hex').slice(0, 16)
  }

  get keyId(): string {
    return this.#keyId
  }

  /** Seals a text for one record. */
  seal(recordId: string, text: string): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(this.#aad(recordId))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  }

  /** Opens what was sealed for this record. Throws for anything else. */
  open(recordId: string, sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE)).setAAD(this.#aad(recordId))
    decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  }

  #aad(recordId: string): Buffer {
    return Buffer.from(`${this.#keyId}\n${recordId}`)
  }

  /** Keeps a secret in the database under an id; the one before it is gone. */
  async put(db: Queries, id: string, text: string): Promise<void> {
    await db.query(
      `insert into vault (id, key_id, sealed, ending, created_at) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set key_id = excluded.key_id, sealed = excluded.sealed, ending = excluded.ending, created_at = excluded.created_at`,
      [id, this.#keyId, this.seal(id, text), lastFour(text), Date.now()],
    )
  }

  /** Reads a kept secret, or null where there is none. */
  async get(db: Queries, id: string): Promise<string | null> {
    const { rows } = await db.query<{ sealed: Buffer }>('select sealed from vault where id = $1', [id])
    return rows[0] ? this.open(id, rows[0].sealed) : null
  }

  /** Forgets a kept secret. */
  async remove(db: Queries, id: string): Promise<void> {
    await db.query('delete from vault where id = $1', [id])
  }
}

/** All that people may see of a secret again. A short one shows nothing. */
export const lastFour = (secret: string): string => (secret.length >= 12 ? secret.slice(-4) : '')

/**
 * Opens the vault with the key of the environment, or the one in the data folder (made on the first start), and proves it
 * against what is stored: with a wrong key the server does not start.
 */
export async function openVault(db: Db, data: string, secret: string | null): Promise<Vault> {
  const file = path.join(data, 'master.key')
  const key = secret === null ? await readKeyFile(file) : Buffer.from(hkdfSync('sha256', secret, 'slipway', 'master key', 32))
  const vault = new Vault(key)
  const { rows } = await db.query<{ value: { keyId: string } }>("select value from facts where key = 'vault'")
  const known = rows[0]?.value.keyId
  if (known !== undefined && known !== vault.keyId) {
    throw new StartRefusal(
      secret === null
        ? `The key in ${file} is not the one the stored secrets were sealed with. Put the right file back, or set SLIPWAY_SECRET to the secret used before.`
        : 'SLIPWAY_SECRET is not the one the stored secrets were sealed with. Set the secret used before, or leave it unset to use the key file of the data folder.',
    )
  }
  if (known === undefined)
    await db.query("insert into facts (key, value) values ('vault', $1) on conflict do nothing", [JSON.stringify({ keyId: vault.keyId })])
  return vault
}

async function readKeyFile(file: string): Promise<Buffer> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length === 32) return key
  if (text) throw new StartRefusal(`The key in ${file} is damaged. Put the right file back from a backup.`)
  const made = randomBytes(32)
  await writeFile(file, `${made.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  return made
}
