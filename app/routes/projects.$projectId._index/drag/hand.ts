import type { DropSpot } from './neighbours.ts'

/** Where the card in hand would land. */
export type Target = { columnId: string; spot: DropSpot }

/** What a person holds over the board, by pointer or by keys: at most one card. Lists draw it, and the line, from here. */
export class Hand {
  #cardId: string | null = null
  #target: Target | null = null
  #spoken = ''
  #putBack: () => void = () => undefined
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get cardId(): string | null {
    return this.#cardId
  }

  get target(): Target | null {
    return this.#target
  }

  /** What is said to those who hear the board. */
  get spoken(): string {
    return this.#spoken
  }

  /** Picks a card up; what was held before is put back. `putBack` ends the drag that holds it. */
  take(cardId: string, putBack: () => void): void {
    this.cancel()
    this.#cardId = cardId
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
