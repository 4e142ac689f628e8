/** A page that draws no frame by then draws none for now, whatever it says of itself. */
const LATEST_MS = 100

/**
 * What may wait until the page has painted what was just changed, in its order. Whoever is told of a change has work with it, on the
 * processors that paint. A page that nobody sees paints nothing, and one that is being left never will: there nothing waits.
 */
export class AfterPicture {
  #waiting: (() => void)[] = []
  #isLeaving = false
  #latest: ReturnType<typeof setTimeout> | undefined

  constructor() {
    if (typeof document === 'undefined') return
    addEventListener('pagehide', () => this.#leave(true))
    addEventListener('pageshow', () => this.#leave(false))
    document.addEventListener('visibilitychange', () => this.release())
  }

  /** Does this after the next picture, or now where there will be none. */
  wait(act: () => void): void {
    if (this.#waiting.push(act) > 1) return
    if (this.#isLeaving || typeof document === 'undefined' || document.visibilityState !== 'visible') return this.release()
    this.#latest = setTimeout(() => this.release(), LATEST_MS)
    // A frame's callbacks come before it is painted; what is put off there, after.
    requestAnimationFrame(() => setTimeout(() => this.release()))
  }

  /** Does this now, or behind what waits already. */
  behind(act: () => void): void {
    if (this.#waiting.length > 0) this.#waiting.push(act)
    else act()
  }

  /** Does now all that waits. */
  release(): void {
    clearTimeout(this.#latest)
    for (const act of this.#waiting.splice(0)) act()
  }

  #leave(isLeaving: boolean): void {
    this.#isLeaving = isLeaving
    this.release()
  }
}
