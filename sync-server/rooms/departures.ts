/** Something that gathers what it sends: a connection. */
type Gathering = { flush: () => void }

/** After so many milliseconds in which nothing left, what comes is alone: there is nobody to leave together with. */
const ALONE_MS = 1

/** Those of a server's connections that have something to send when the event loop's turn ends: one wake-up for all of them. */
export class Departures {
  #due: Gathering[] = []
  #lastLeft = 0

  /** Has the connection send what it gathered when the turn ends. */
  add(connection: Gathering): void {
    if (this.#due.push(connection) === 1) setImmediate(this.#flush)
  }

  /** True for what comes alone. It need not wait until the turn ends: whoever forwards it has more to do. */
  get isQuiet(): boolean {
    return this.#due.length === 0 && performance.now() - this.#lastLeft > ALONE_MS
  }

  /** Something left by itself. */
  noteOne(): void {
    this.#lastLeft = performance.now()
  }

  readonly #flush = (): void => {
    const due = this.#due
    this.#due = []
    for (const connection of due) connection.flush()
    if (due.length > 0) this.#lastLeft = performance.now()
  }
}
