import type { ListQuery } from '#domain/core/query.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { sameValue } from '#domain/core/same-value.ts'

type Row = Record<string, unknown>

/** When a change will be in the tables: its place in the log, known once the leader has it. */
export type Mark = { n: number }

/** A mark whose place nobody knows yet. */
export const unplaced = (): Mark => ({ n: Number.POSITIVE_INFINITY })

/** More replaced rows than this are not looked for one by one. */
const MOST_PATCHED = 20

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
  /** What changed since: rows as they were shown, and as they are now. */
  #replaced: [before: Row | null | undefined, after: Row | null | undefined][] = []

  constructor(query: ListQuery<unknown>) {
    this.query = query
  }

  /** The rows as they should be on the screen; undefined before the first answer. The same array until something changes. */
  get shown(): Row[] | undefined {
    if (!this.#rows || (this.#shown && this.#replaced.length === 0)) return this.#shown
    const isFew = this.#replaced.length <= MOST_PATCHED
    this.#shown = this.#shown && isFew ? this.#patch(this.#shown) : this.#merge(this.#rows)
    this.#replaced = []
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
      this.#change(id, () => {
        const row = fresh.get(id)
        if (row) known.set(id, keep(known.get(id), row))
        else known.delete(id)
        const drawn = this.#drawn.get(id)
        if (drawn && drawn.mark.n <= at) this.#settle(id, drawn)
      })
    }
  }

  /** This tab's document has the row like this, or not at all. */
  draw(id: string, room: RoomName, row: Row | null, mark: Mark): void {
    // Drawn as gone hides what the tables say: a row that comes back is news even if it is theirs to the letter.
    const before = this.#shownAs(id)
    // A row that is in neither list, before or after, concerns nobody here.
    if (!row && !before && !this.#drawn.has(id)) return
    this.#change(id, () => this.#drawn.set(id, { room, row: row && keep(before, row), mark }))
  }

  /** The room's document was given up: what the tables say counts again. */
  forget(room: RoomName): void {
    for (const [id, drawn] of this.#drawn) if (drawn.room === room) this.#change(id, () => this.#drawn.delete(id))
  }

  /** The tables have it now. Drawn and stored say the same, or somebody changed it since: the tables count. */
  #settle(id: string, drawn: Drawn): void {
    this.#drawn.delete(id)
    const stored = this.#rows?.get(id)
    if (stored && drawn.row && sameValue(stored, drawn.row)) this.#rows?.set(id, drawn.row)
  }

  /** The row as the list shows it; neither: it does not. */
  #shownAs(id: string): Row | null | undefined {
    const drawn = this.#drawn.get(id)
    return drawn ? drawn.row : this.#rows?.get(id)
  }

  /** Does something to one row, and notes what became of it. */
  #change(id: string, act: () => void): void {
    const before = this.#shownAs(id)
    act()
    const after = this.#shownAs(id)
    if (before !== after) this.#replaced.push([before, after])
  }

  /** The list with a few rows replaced. Looking for an object in an array is far cheaper than putting all together again. */
  #patch(shown: readonly Row[]): Row[] {
    const patched = [...shown]
    for (const [before, after] of this.#replaced) {
      const at = before ? patched.indexOf(before) : -1
      if (at < 0) patched.push(...(after ? [after] : []))
      else patched.splice(at, 1, ...(after ? [after] : []))
    }
    return patched
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
