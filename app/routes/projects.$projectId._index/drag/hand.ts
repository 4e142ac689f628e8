import type { DropSpot } from './neighbours.ts'

/** Where the card in hand would land. */
export type Target = { columnId: string; spot: DropSpot }

const NOTHING: ReadonlySet<string> = new Set()

/**
 * What a person holds over the board, by pointer or by keys: one card, and with it the others that are selected if it is. Lists
 * draw them, and the line, from here.
 */
export class Hand {
  #cardId: string | null = null
  #ids = NOTHING
  #target: Target | null = null
  #spoken = ''
  #putBack: () => void = () => undefined
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The card it was picked up by. */
  get cardId(): string | null {
    return this.#cardId
  }

  /** All that is held. */
  get ids(): ReadonlySet<string> {
    return this.#ids
  }

  get target(): Target | null {
    return this.#target
  }

  /** What is said to those who hear the board. */
  get spoken(): string {
    return this.#spoken
  }

  /** Picks a card up, and others with it; what was held before is put back. `putBack` ends the drag that holds them. */
  take(cardId: string, putBack: () => void, ids: ReadonlySet<string> = new Set([cardId])): void {
    this.cancel()
    this.#cardId = cardId
    this.#ids = ids
    this.#putBack = putBack
    this.#tell()
  }

  /** Shows where the card would land; null: nowhere. */
  aim(target: Target | null): void {
    const { columnId, spot } = this.#target ?? {}
    if (columnId === target?.columnId && spot?.id === target?.spot?.id && spot?.side === target?.spot?.side) return
    this.#target = target
    this.#tell()
  }

  /** The hand is empty again. */
  letGo(): void {
    if (this.#cardId === null) return
    this.#cardId = null
    this.#ids = NOTHING
    this.#target = null
    this.#tell()
  }

  /** Puts back what is held, if anything is. */
  cancel(): void {
    if (this.#cardId !== null) this.#putBack()
  }

  say(sentence: string): void {
    this.#spoken = sentence
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
