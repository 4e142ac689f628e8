/** Lets one at a time through for each name; who needs several gets all or waits, always in the same order. */
export class Locks {
  readonly #last = new Map<string, Promise<void>>()

  /** Runs `work` while holding all these names. */
  async holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = []
    try {
      for (const name of [...new Set(names)].sort()) releases.push(await this.#take(name))
      return await work()
    } finally {
      for (const release of releases) release()
    }
  }

  async #take(name: string): Promise<() => void> {
    const before = this.#last.get(name)
    let release = (): void => undefined
    const mine = new Promise<void>((resolve) => (release = resolve))
    this.#last.set(name, mine)
    await before
    return () => {
      if (this.#last.get(name) === mine) this.#last.delete(name)
      release()
    }
  }
}
