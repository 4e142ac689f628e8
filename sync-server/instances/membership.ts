import type { Queries } from '#server/postgres/pool.ts'
import type { Line } from './line.ts'

/** Another server as the table shows it. `age`: ms since it was last seen, by the database's clock. */
export type Neighbour = { number: number; age: number; others: number[] }
/** How far somebody has read the journal of each instance, by its number. */
export type Position = Readonly<Record<string, number>>

/** An instance not seen for so long counts as gone: nobody waits for it any more. */
export const GONE_MS = 20_000
const FORGOTTEN = '1 hour'
/** In SQL: true of the row of an instance that counts. */
export const IS_ALIVE = `seen_at > clock_timestamp() - interval '${GONE_MS} milliseconds'`

const BEAT = `
  with before as (select seen_at from instances where number = $1),
  mine as (
    insert into instances (number, folder, seen_at, read, others, sign_in) values ($1, $2, clock_timestamp(), $3, $4, $5)
    on conflict (number) do update set seen_at = excluded.seen_at, read = excluded.read, others = excluded.others)
  select
    (select extract(epoch from clock_timestamp() - seen_at) * 1000 from before) as age,
    (select json_agg(json_build_object('number', number, 'others', others, 'age', extract(epoch from clock_timestamp() - seen_at) * 1000))
     from instances where number <> $1 and seen_at > clock_timestamp() - interval '${FORGOTTEN}') as neighbours`

/**
 * This server among those on the same database: a row that says it is alive, and the others' rows. All ages are by the
 * database's clock.
 */
export class Membership {
  /** Nobody had it before: numbers what this start of the server writes. */
  readonly number: number
  neighbours: readonly Neighbour[] = []
  readonly #line: Line
  readonly #folder: string
  readonly #signIn: string
  #joined = false
  /** When its own row was found to be gone: the database crashed, and has forgotten the others too. */
  #forgottenAt = Number.NEGATIVE_INFINITY

  private constructor(line: Line, number: number, folder: string, signIn: string) {
    this.#line = line
    this.number = number
    this.#folder = folder
    this.#signIn = signIn
  }

  /**
   * Takes a number. Whoever had this data folder (by its id) before is dead, for the folder is locked, so nobody need wait for it.
   * `signIn` is the hash of what this server's printed URL carries: any instance lets in who shows it.
   */
  static async begin(line: Line, folder: string, signIn: string): Promise<Membership> {
    await line.query(`delete from instances where folder = $1 or seen_at < clock_timestamp() - interval '${FORGOTTEN}'`, [folder])
    const [row] = await line.query<{ number: number }>("select nextval('instance_numbers') as number")
    return new Membership(line, Number(row?.number), folder, signIn)
  }

  /** True while no other server is on this database, as far as it had the time to say so. */
  get isAlone(): boolean {
    return this.neighbours.length === 0 && Date.now() - this.#forgottenAt > GONE_MS
  }

  get alive(): readonly Neighbour[] {
    return this.neighbours.filter(({ age }) => age < GONE_MS)
  }

  /**
   * Says that this server is alive, how far it has read the others, and whom it knows; learns who is there. Answers false where
   * the others may have counted this server as gone meanwhile: then they may have merged away what it has not read.
   */
  async beat(read: Position, known: readonly number[]): Promise<boolean> {
    const [row] = await this.#line.query<{ age: string | null; neighbours: Neighbour[] | null }>(BEAT, [
      this.number,
      this.#folder,
      JSON.stringify(read),
      known,
      this.#signIn,
    ])
    this.neighbours = row?.neighbours ?? []
    const age = row?.age == null ? Number.POSITIVE_INFINITY : Number(row.age)
    if (this.#joined && row?.age == null) this.#forgottenAt = Date.now()
    const wasCounted = !this.#joined || age < GONE_MS || !this.neighbours.some((other) => other.age < age)
    this.#joined = true
    return wasCounted
  }

  /** Takes the row away: the others need not wait for it. */
  async end(): Promise<void> {
    await this.#line.query('delete from instances where number = $1', [this.number])
  }
}

/** Whether some live instance printed a URL with the secret of this hash. */
export async function isSignInOfSomeone(db: Queries, hash: string): Promise<boolean> {
  const { rowCount } = await db.query(`select 1 from instances where sign_in = $1 and ${IS_ALIVE}`, [hash])
  return rowCount === 1
}

/**
 * Which stored updates may be merged away: those that every live instance but their writer has read. Asked after the updates were
 * read: who joins later finds them merged or not, but finds them. Where this very server is not counted as alive, none.
 */
export async function mergeable(db: Queries, number: number): Promise<(update: { origin: number; seq: number }) => boolean> {
  const { rows } = await db.query<{ number: number; read: Position; alive: boolean }>(
    `select number, read, ${IS_ALIVE} as alive from instances`,
  )
  const listed = new Set(rows.map((row) => row.number))
  const alive = rows.filter((row) => row.alive)
  if (!alive.some((row) => row.number === number)) return () => false
  return ({ origin, seq }) =>
    // Nobody follows what was written before there were several, nor whom all have read to the end.
    alive.every(({ number: reader, read }) => reader === origin || (read[origin] ?? (listed.has(origin) ? -1 : seq)) >= seq)
}
