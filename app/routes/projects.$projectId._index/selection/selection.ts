type Ids = ReadonlySet<string>

const NONE: Ids = new Set()

/**
 * Which cards of the board are selected, in a shape every card can listen to for itself: selecting one draws one (BOARD-21).
 * A range goes from where it began to where it was led last, and what was selected before it stays.
 */
export class Selection {
  #ids: Ids = NONE
  /** The two ends of the range being made, and what had been selected before. */
  #from: string | null = null
  #to: string | null = null
  #before: Ids = NONE
  readonly #ofCard = new Map<string, Set<() => void>>()
  readonly #ofAll = new Set<() => void>()

  get ids(): Ids {
    return this.#ids
  }

  /** BOARD-22: selects the card, or no longer; a range can be led on from here. */
  toggle(id: string): void {
    const ids = new Set(this.#ids)
    if (!ids.delete(id)) ids.add(id)
    this.#beginAt(id, ids)
    this.#set(ids)
  }

  /**
   * BOARD-23: leads the range to a card of a list, on from where it was led last or from the card named. What it no longer
   * reaches is let go. Where the list does not hold its beginning, in another column, a new one begins.
   */
  extend(to: string, list: readonly { id: string }[], from: string | null = this.#to): void {
    if (from !== this.#to) this.#beginAt(from, this.#ids)
    const ends = [this.#from, to].map((id) => list.findIndex((card) => card.id === id))
    if (ends.includes(-1)) this.#beginAt(to, this.#ids)
    const [low = 0, high = 0] = ends.includes(-1) ? [ends[1], ends[1]] : ends.sort((a, b) => a - b)
    this.#to = to
    this.#set(new Set([...this.#before, ...list.slice(low, high + 1).map(({ id }) => id)]))
  }

  /** BOARD-22: selects all of a list beside what is selected; where that is so already, lets go of them. */
  toggleAll(list: readonly { id: string }[]): void {
    const ids = new Set(this.#ids)
    const isAll = list.every(({ id }) => ids.has(id))
    for (const { id } of list) isAll ? ids.delete(id) : ids.add(id)
    this.#beginAt(null, ids)
    this.#set(ids)
  }

  clear(): void {
    this.#beginAt(null, NONE)
    this.#set(NONE)
  }

  /** BOARD-24: lets go of the cards that are no longer in sight: nothing is done to a card nobody sees. */
  keep(isInSight: (id: string) => boolean): void {
    if (this.#ids.size === 0) return
    const ids = new Set([...this.#ids].filter(isInSight))
    if (ids.size === this.#ids.size) return
    this.#beginAt(null, ids)
    this.#set(ids)
  }

  /** Listens for one card, until the answered function is called. */
  listen(id: string, listener: () => void): () => void {
    const listeners = this.#ofCard.get(id) ?? new Set()
    this.#ofCard.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#ofCard.get(id) === listeners) this.#ofCard.delete(id)
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#ofAll.add(listener)
    return () => this.#ofAll.delete(listener)
  }

  #beginAt(id: string | null, before: Ids): void {
    this.#from = id
    this.#to = id
    this.#before = before
  }

  #set(ids: Ids): void {
    const before = this.#ids
    this.#ids = ids
    for (const [id, listeners] of [...this.#ofCard]) {
      if (before.has(id) !== ids.has(id)) for (const listener of [...listeners]) listener()
    }
    for (const listener of [...this.#ofAll]) listener()
  }
}
