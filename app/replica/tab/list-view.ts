import type { ListQuery } from '#domain/core/query.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { sameValue } from '#domain/core/same-value.ts'

type Row = Record<string, unknown>

/** When a change will be in the tables: its place in the log, known once the leader has it. */
export type Mark = { n: number }

/** A mark whose place nobody knows yet. */
export const unplaced = (): Mark => ({ n: Number.POSITIVE_INFINITY })

/** A row as this tab's document has it, ahead of the tables; null: not in the list any more. */
type Drawn = { room: RoomName; row: Row | null; mark: Mark }

/**
 * One list as pages see it: the rows the tables answered, and over them the rows this tab knows better until the tables
 * have caught up. A row that says the same as before stays the same object.
 */
export class ListView {
  readonly query: ListQuery<unknown>
  #rows: Map<string, Row> | null = null
  readonly #drawn = new Map<string, Drawn>()
  #shown: Row[] | undefined

  constructor(query: ListQuery<unknown>) {
    this.query = query
  }

  /** The rows as they should be on the screen; undefined before the first answer. The same array until something changes. */
  get shown(): Row[] | undefined {
    if (this.#rows) this.#shown ??= this.#merge(this.#rows)
    return this.#shown
  }

  /** True when the view shows the row ahead of the tables. */
  draws(id: string): boolean {
    return this.#drawn.has(id)
  }

  /** The tables' whole answer, as of log position `at`. */
  load(rows: readonly Row[], at: number): void {
    const before = this.#rows
    this.#rows = new Map(rows.map((row) => [idOf(row), keep(before?.get(idOf(row)), row)]))
    for (const [id, drawn] of this.#drawn) if (drawn.mark.n <= at) this.#settle(id, drawn)
    this.#shown = undefined
  }

  /** The tables' answer for some ids, as of `at`: those it does not name are not in the list. */
  refresh(ids: readonly string[], rows: readonly Row[], at: number): void {
    const known = this.#rows
    if (!known) return
    const fresh = new Map(rows.map((row) => [idOf(row), row]))
    for (const id of ids) {
      const row = fresh.get(id)
      const before = known.get(id)
      const next = row && keep(before, row)
      if (next !== before) {
        if (next) known.set(id, next)
        else known.delete(id)
        if (!this.#drawn.has(id)) this.#shown = undefined
      }
      const drawn = this.#drawn.get(id)
      if (drawn && drawn.mark.n <= at) this.#settle(id, drawn)
    }
  }

  /** This tab's document has the row like this, or not at all. */
  draw(id: string, room: RoomName, row: Row | null, mark: Mark): void {
    const drawn = this.#drawn.get(id)
    // Drawn as gone hides what the tables say: a row that comes back is news even if it is theirs to the letter.
    const before = drawn ? drawn.row : this.#rows?.get(id)
    // A row that is in neither list, before or after, concerns nobody here.
    if (!row && !before && !drawn) return
    const next = row && keep(before, row)
    this.#drawn.set(id, { room, row: next, mark })
    if (next !== before) this.#shown = undefined
  }

  /** The room's document was given up: what the tables say counts again. */
  forget(room: RoomName): void {
    for (const [id, drawn] of this.#drawn) {
      if (drawn.room !== room) continue
      this.#drawn.delete(id)
      this.#shown = undefined
    }
  }

  /** The tables have it now. Drawn and stored say the same, or somebody changed it since: the tables count. */
  #settle(id: string, drawn: Drawn): void {
    this.#drawn.delete(id)
    const stored = this.#rows?.get(id)
    if (!stored || !drawn.row) {
      if (Boolean(stored) !== Boolean(drawn.row)) this.#shown = undefined
      return
    }
    if (sameValue(stored, drawn.row)) this.#rows?.set(id, drawn.row)
    else this.#shown = undefined
  }

  #merge(rows: ReadonlyMap<string, Row>): Row[] {
    if (this.#drawn.size === 0) return [...rows.values()]
    const shown: Row[] = []
    for (const [id, row] of rows) {
      const drawn = this.#drawn.get(id)
      if (!drawn) shown.push(row)
      else if (drawn.row) shown.push(drawn.row)
    }
    for (const [id, drawn] of this.#drawn) if (drawn.row && !rows.has(id)) shown.push(drawn.row)
    return shown
  }
}

const idOf = (row: Row): string => String(row.id)

/** The old object where it says the same. */
function keep(before: Row | undefined | null, row: Row): Row {
  return before && sameValue(before, row) ? before : row
}
