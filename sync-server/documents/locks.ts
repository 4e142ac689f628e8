import type { Db } from '#server/postgres/pool.ts'

/**
 * Lets one at a time through for each name; who needs several gets all or waits, always in the same order. While other servers are
 * on the same database they are kept out too.
 */
export class Locks {
  readonly #db: Db
  readonly #isAlone: () => boolean
  readonly #last = new Map<string, Promise<void>>()

  constructor(db: Db, isAlone: () => boolean) {
    this.#db = db
    this.#isAlone = isAlone
  }

  /** Runs `work` while holding all these names. It must not need a connection of the pool: all of them may be waiting here. */
  async holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = []
    const sorted = [...new Set(names)].sort()
    try {
      for (const name of sorted) releases.push(await this.#take(name))
      return this.#isAlone() ? await work() : await this.#holdingEverywhere(sorted, work)
    } finally {
      for (const release of releases) release()
    }
  }

  /** Resolves when everything is done that is under way now. */
  async settled(): Promise<void> {
    await Promise.all(this.#last.values())
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

  /**
   * Locks of the database's, which end with their transaction: nobody waits for a server that died, and not for ever for one that
   * hangs. Nothing is written in that transaction; how it ends does not matter.
   */
  async #holdingEverywhere<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const client = await this.#db.connect()
    try {
      await client.query(`begin; set local lock_timeout = '${PATIENCE_MS}ms'`)
      await client.query(LOCK, [names])
      return await work()
    } finally {
      await client.query('rollback').then(
        () => client.release(),
        (thrown: Error) => client.release(thrown),
      )
    }
  }
}

/** An edit takes milliseconds; whoever waits so long waits for a server that hangs, and says so. */
const PATIENCE_MS = 20_000

// Another key than that of merging, which may take its time.
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(name, 1)) from unnest($1::text[]) as name'
