/** The card whose title is being edited where it stands, if any. */
export class Renaming {
  #id: string | null = null
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get id(): string | null {
    return this.#id
  }

  begin(id: string): void {
    this.#set(id)
  }

  /** Does nothing where another card is being renamed by now. */
  end(id: string): void {
    if (this.#id === id) this.#set(null)
  }

  #set(id: string | null): void {
    this.#id = id
    for (const listener of [...this.#listeners]) listener()
  }
}
