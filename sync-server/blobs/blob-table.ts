import { type FileHandle, open } from 'node:fs/promises'
import { type Db, inTransaction } from '#server/postgres/pool.ts'

const PART = 1024 * 1024

/** Files in the database, for the servers that share it: each keeps a copy in its folder once it was asked for. */
export class BlobTable {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** The names of all files. */
  async names(): Promise<Set<string>> {
    const { rows } = await this.#db.query<{ sha256: string }>('select sha256 from blob_parts where part = 0')
    return new Set(rows.map(({ sha256 }) => sha256))
  }

  /** Whether there is a file of this name. */
  async has(sha256: string): Promise<boolean> {
    return (await this.#db.query('select 1 from blob_parts where sha256 = $1 and part = 0', [sha256])).rowCount === 1
  }

  /** Stores what a file of this name holds, all of it or nothing, once. */
  async put(sha256: string, file: string): Promise<void> {
    if (await this.has(sha256)) return
    const handle = await open(file)
    try {
      await inTransaction(this.#db, async (client) => {
        for (let part = 0; ; part++) {
          const bytes = await readPart(handle, part)
          // An empty file is one empty part.
          if (bytes.length === 0 && part > 0) return
          await client.query('insert into blob_parts (sha256, part, bytes) values ($1, $2, $3) on conflict do nothing', [
            sha256,
            part,
            bytes,
          ])
        }
      })
    } finally {
      await handle.close()
    }
  }

  /** How large a file is, and its first bytes; undefined where there is none of this name. */
  async look(sha256: string, first: number): Promise<{ size: number; head: Buffer } | undefined> {
    const { rows } = await this.#db.query<{ size: number; head: Buffer }>(
      `select (select sum(length(bytes)) from blob_parts where sha256 = $1)::bigint as size, substring(bytes for $2) as head
       from blob_parts where sha256 = $1 and part = 0`,
      [sha256, first],
    )
    return rows[0]
  }

  /** Takes a file away. */
  async drop(sha256: string): Promise<void> {
    await this.#db.query('delete from blob_parts where sha256 = $1', [sha256])
  }

  /** Its bytes, part by part. */
  async *read(sha256: string): AsyncGenerator<Buffer> {
    for (let part = 0; ; part++) {
      const { rows } = await this.#db.query<{ bytes: Buffer }>('select bytes from blob_parts where sha256 = $1 and part = $2', [
        sha256,
        part,
      ])
      if (!rows[0]) return
      yield rows[0].bytes
    }
  }
}

async function readPart(handle: FileHandle, part: number): Promise<Buffer> {
  const bytes = Buffer.alloc(PART)
  const { bytesRead } = await handle.read(bytes, 0, PART, part * PART)
  return bytes.subarray(0, bytesRead)
}
