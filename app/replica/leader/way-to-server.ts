/** How often it is looked whether the server can be reached, on average. */
const PERIOD_MS = 2_000
/** Two looks are up to this part of the period closer or further apart: whatever chance brought together goes apart again. */
const SPREAD = 0.25
/** What is not answered by then never will be. Longer than the period: a slow line is a line. */
const GIVEN_UP_MS = 4_000
/** Longest rest after answers that brought nobody in. */
const LONGEST_REST_MS = 30_000
/** A socket may take so many times as long to open as an answer takes to come, and a moment more. */
const ROUNDS = 4
const MOMENT_MS = 1_000

export type WayWorld = {
  /** What is asked for. That it is answered is all that counts. */
  url: string
  /** True while rooms want to be on the server and none is. */
  isLost: () => boolean
  /** The server answers: whoever waits tries now. A socket that has been opening for longer than `hangsAfter` ms hangs. */
  tryNow: (hangsAfter: number) => void
  /** A room is on the server, after none was. */
  onFound: () => void
}

/**
 * REPLICA-31: finds out that the server can be reached again. While it cannot, each room waits longer and longer before it tries
 * once more, or hangs in a socket that was opened while nothing got through. One small request finds out for all of them.
 */
export class WayToServer {
  readonly #world: WayWorld
  #wasLost = false
  /** How often the server answered since a room was on it, or since it did not answer. */
  #fruitless = 0
  #restsUntil = 0

  constructor(world: WayWorld) {
    this.#world = world
    // Everybody loses a server that ends in the same instant, and nobody should come back to it in one.
    setTimeout(() => this.#turn(), PERIOD_MS * Math.random())
  }

  /** Call when a room is on the server. */
  found(): void {
    this.#fruitless = 0
    this.#restsUntil = 0
    if (!this.#wasLost) return
    this.#wasLost = false
    this.#world.onFound()
  }

  #turn(): void {
    setTimeout(() => this.#turn(), PERIOD_MS * (1 - SPREAD + 2 * SPREAD * Math.random()))
    if (!this.#world.isLost()) return
    this.#wasLost = true
    if (navigator.onLine !== false && Date.now() >= this.#restsUntil) void this.#look()
  }

  /** Nobody waits for the look before: it may have been sent while nothing got through. */
  async #look(): Promise<void> {
    const began = Date.now()
    const answers = await fetch(this.#world.url, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(GIVEN_UP_MS) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (!answers) this.#fruitless = 0
    if (!answers || !this.#world.isLost()) return
    const now = Date.now()
    // The first may have been chance (a server on its way up answers before it lets anybody in); then it takes longer. Answers that come together count once.
    if (now >= this.#restsUntil) this.#restsUntil = now + Math.min(PERIOD_MS * (2 ** this.#fruitless++ - 1), LONGEST_REST_MS)
    this.#world.tryNow(MOMENT_MS + ROUNDS * (now - began))
  }
}
