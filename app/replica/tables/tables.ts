import type { PGlite } from '@electric-sql/pglite'
import type { RoomName } from '#domain/core/rooms.ts'
import type { Statement } from '#domain/projection/project.ts'
import { Prepared } from './prepared.ts'

/** How far each room's log is in the tables; written in the same transaction as the rows. */
const POSITIONS = `create table if not exists "slipwayPositions" (room text primary key, n double precision not null)`
/** Everything that stands in a database before the first row. */
export const emptyTables = (ddl: string): string => `${ddl}\n${POSITIONS}`
const SET_POSITION = `insert into "slipwayPositions" (room, n) values ($1, $2) on conflict (room) do update set n = excluded.n`

/** When writing has paused this long, what is in PostgreSQL's own log goes into its files. */
const QUIET_MS = 1_500
/** Statements that make it worth the while. */
const MUCH = 20

/** The projected tables: one writer, many readers, each room with the log position it stands for. */
export class Tables {
  readonly positions = new Map<RoomName, number>()
  readonly #pg: PGlite
  readonly #prepared: Prepared
  #sinceCheckpoint = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  private constructor(pg: PGlite) {
    this.#pg = pg
    this.#prepared = new Prepared(pg)
  }

  /** Learns what the tables hold. `ddl` makes those that are missing. */
  static async open(pg: PGlite, ddl: string): Promise<Tables> {
    const tables = new Tables(pg)
    const found = await pg.query<{ found: string | null }>(`select to_regclass('"slipwayPositions"')::text as found`)
    if (!found.rows[0]?.found) await pg.exec(emptyTables(ddl))
    const { rows } = await pg.query<{ room: RoomName; n: number }>('select room, n from "slipwayPositions"')
    for (const { room, n } of rows) tables.positions.set(room, n)
    return tables
  }

  /** Runs the statements of some rooms in one transaction, together with the positions they lead to. */
  async write(statements: readonly Statement[], positions: ReadonlyMap<RoomName, number>): Promise<void> {
    const led = [...positions].map(([room, n]) => ({ sql: SET_POSITION, parameters: [room, String(n)] }))
    await this.#prepared.run([...statements, ...led])
    for (const [room, n] of positions) this.positions.set(room, n)
    this.#checkpointSoon(statements)
  }

  /** A query's rows as the text of a JSON array: PostgreSQL writes it faster than rows could be parsed one by one. */
  async read(sql: string, parameters: readonly unknown[]): Promise<string> {
    const wrapped = `select coalesce(json_agg(row_to_json(answer)), '[]'::json)::text as rows from (${sql}) as answer`
    const { rows } = await this.#pg.query<{ rows: string }>(wrapped, [...parameters])
    return rows[0]?.rows ?? '[]'
  }

  /** A tab is closed without a goodbye, and the next start would replay everything written since the last checkpoint. */
  #checkpointSoon(statements: readonly Statement[]): void {
    const isLarge = statements.some(({ parameters, copied = '' }) => [...parameters, copied].some((value) => value.length > 100_000))
    this.#sinceCheckpoint += isLarge ? MUCH : statements.length
    clearTimeout(this.#timer)
    if (this.#sinceCheckpoint < MUCH) return
    this.#timer = setTimeout(() => {
      this.#sinceCheckpoint = 0
      void this.#pg.query('checkpoint').catch(() => undefined)
    }, QUIET_MS)
  }
}
