/** A clock that moves so much otherwise than time passes was put elsewhere, or its machine slept. */
const JUMP_MS = 5_000

/**
 * The time leases go by. Where the clock was put forward, or the machine slept, everybody who holds a lease is given his time anew before anything is
 * said to have run out: nobody could prolong it in between.
 */
export class LeaseTime {
  readonly #giveAnew: (now: number) => Promise<void>
  #ahead = Date.now() - performance.now()
  #giving: Promise<void> | undefined

  constructor(giveAnew: (now: number) => Promise<void>) {
    this.#giveAnew = giveAnew
  }

  /** Milliseconds since 1970. */
  async now(): Promise<number> {
    const now = Date.now()
    const ahead = now - performance.now()
    if (ahead - this.#ahead > JUMP_MS) {
      this.#giving ??= this.#giveAnew(now).then(
        () => void (this.#giving = undefined),
        (thrown: unknown) => {
          this.#giving = undefined
          throw thrown
        },
      )
      await this.#giving
    }
    this.#ahead = ahead
    return now
  }
}
