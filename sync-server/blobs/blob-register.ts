import { type Db, inTransaction } from '#server/postgres/pool.ts'

/** A file by its hash; `type`: what kind of picture or text a person may have brought, null for anything else. */
export type KnownBlob = { sha256: string; size: number; type: string | null }

/** What the pictures and texts that people brought take on the server, in bytes, and what the sweep let go of. Times are milliseconds since 1970. */
export type Kept = { pictures: number; bytes: number; unused: number; removed: number; freed: number; sweptAt: number | null }

/** The pictures a device may be asked for at once. */
const MOST_WANTED = 100

/** What the database knows of files. Of each, whoever stores it and whoever removes it come one after the other. */
export class BlobRegister {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** PICTURE-8: notes a file that arrived, and puts it to its place meanwhile: from now on its time runs anew, and nobody removes it who began before. */
  async arrived({ sha256, size, type }: KnownBlob, place: () => Promise<void>): Promise<void> {
    await inTransaction(this.#db, async (client) => {
      await client.query(
        `insert into blobs (sha256, size, type) values ($1, $2, $3)
         on conflict (sha256) do update set unused_since = null, removed_at = null, asked_at = null,
           type = coalesce(excluded.type, blobs.type)`,
        [sha256, size, type],
      )
      await place()
    })
  }

  /** Those of these names that nobody noted yet. */
  async unknown(names: readonly string[]): Promise<string[]> {
    const { rows } = await this.#db.query<{ sha256: string }>(
      'select name as sha256 from unnest($1::text[]) as name where not exists (select 1 from blobs where sha256 = name)',
      [names],
    )
    return rows.map(({ sha256 }) => sha256)
  }

  /** Notes files that lay here before anybody noted files. */
  async learn(found: readonly KnownBlob[]): Promise<void> {
    await this.#db.query(
      `insert into blobs (sha256, size, type)
       select * from unnest($1::text[], $2::bigint[], $3::text[]) on conflict do nothing`,
      [found.map(({ sha256 }) => sha256), found.map(({ size }) => size), found.map(({ type }) => type)],
    )
  }

  /** The names of the files that were removed. */
  async removed(): Promise<Set<string>> {
    const { rows } = await this.#db.query<{ sha256: string }>('select sha256 from blobs where removed_at is not null')
    return new Set(rows.map(({ sha256 }) => sha256))
  }

  /** Lets `drop` take away what is left of a removed file, unless it came back meanwhile. Answers whether it did. */
  async clear(sha256: string, drop: () => Promise<void>): Promise<boolean> {
    return await inTransaction(this.#db, async (client) => {
      const { rowCount } = await client.query('select 1 from blobs where sha256 = $1 and removed_at is not null for update', [sha256])
      if (rowCount) await drop()
      return rowCount === 1
    })
  }

  /** PICTURE-9: when a file that is asked for was removed; null where it was not. A device that still has it is asked for it. */
  async missed(sha256: string, at: number): Promise<number | null> {
    const { rows } = await this.#db.query<{ at: number }>(
      'update blobs set asked_at = $2 where sha256 = $1 and removed_at is not null returning removed_at as at',
      [sha256, at],
    )
    return rows[0]?.at ?? null
  }

  /** PICTURE-9: the removed pictures that somebody asked for, or that a document names again; the last ones first. */
  async wanted(): Promise<string[]> {
    const { rows } = await this.#db.query<{ sha256: string }>(
      `select sha256 from blobs where removed_at is not null
         and (asked_at is not null or exists (select 1 from blob_names where blob_names.sha256 = blobs.sha256))
       order by asked_at desc nulls last limit $1`,
      [MOST_WANTED],
    )
    return rows.map(({ sha256 }) => sha256)
  }

  /** How much is kept, and what was let go. */
  async kept(): Promise<Kept> {
    const { rows } = await this.#db.query<Kept>(
      `select count(*) filter (where removed_at is null) as pictures,
              coalesce(sum(size) filter (where removed_at is null), 0)::bigint as bytes,
              count(*) filter (where removed_at is null and unused_since is not null) as unused,
              count(*) filter (where removed_at is not null) as removed,
              coalesce(sum(size) filter (where removed_at is not null), 0)::bigint as freed,
              (select (value->>'done')::bigint from facts where key = 'picture-sweep') as "sweptAt"
       from blobs where type is not null`,
    )
    return rows[0] as Kept
  }
}
