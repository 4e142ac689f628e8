type Row = { id: string }

/** So many differences are looked up one by one before they are worked in. */
const MOST_OVER = 256

/**
 * BOARD-20: rows by their ids, in versions: each shares all but a few rows with the one before. Copying ten thousand
 * entries for one that changed is what a drop cannot afford.
 */
export class ById<R extends Row> {
  readonly size: number
  readonly #base: ReadonlyMap<string, R>
  /** What is different from the base; null: gone. */
  readonly #over: ReadonlyMap<string, R | null>

  private constructor(base: ReadonlyMap<string, R>, over: ReadonlyMap<string, R | null>, size: number) {
    this.#base = base
    this.#over = over
    this.size = size
  }

  static of<R extends Row>(rows: readonly R[]): ById<R> {
    const base = new Map(rows.map((row) => [row.id, row]))
    return new ById(base, new Map(), base.size)
  }

  get(id: string): R | undefined {
    const over = this.#over.get(id)
    return over === undefined ? this.#base.get(id) : (over ?? undefined)
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  /** The next version: without some rows, and with some others. This one stays as it is. */
  changed(without: readonly R[], added: readonly R[]): ById<R> {
    const over = new Map(this.#over)
    for (const { id } of without) over.set(id, null)
    for (const row of added) over.set(row.id, row)
    let size = this.size
    for (const id of new Set([...without, ...added].map((row) => row.id))) {
      size += Number(over.get(id) !== null) - Number(this.has(id))
    }
    if (over.size <= MOST_OVER) return new ById(this.#base, over, size)
    const base = new Map(this.#base)
    for (const [id, row] of over) {
      if (row === null) base.delete(id)
      else base.set(id, row)
    }
    return new ById(base, new Map(), size)
  }
}
