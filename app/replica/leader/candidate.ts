import { leaderLock } from '../protocol.ts'

/** Waits for its turn to lead, and takes it where whoever leads has fallen silent. */
export class Candidate {
  readonly #lock: string
  readonly #waiting = new AbortController()
  readonly #leads: () => void
  readonly #robbed: () => void
  #hasLed = false

  /** `leads` is called once, when this worker leads; `robbed` when another one took that from it, and then it must end. Without Web Locks every tab leads itself. */
  constructor(database: string, leads: () => void, robbed: () => void) {
    this.#lock = leaderLock(database)
    this.#leads = leads
    this.#robbed = robbed
    if (navigator.locks) this.#request({ signal: this.#waiting.signal })
    else leads()
  }

  /** Leads from now on, whoever did. The one before may be standing still and go on later: what it does until it hears of this does no harm. */
  takeOver(): void {
    // Asked twice before the lock came it would rob itself.
    if (this.#hasLed || this.#waiting.signal.aborted) return
    this.#waiting.abort()
    this.#request({ steal: true })
  }

  #request(options: LockOptions): void {
    let isHeld = false
    const held = navigator.locks.request(this.#lock, options, () => {
      isHeld = true
      this.#hasLed = true
      this.#leads()
      return new Promise<never>(() => undefined)
    })
    // A wish that was given up fails too.
    held.catch((error: unknown) => {
      if (isHeld) this.#robbed()
      // Locks that are there and refused (all storage turned off) are as good as none.
      else if ((error as Error).name === 'SecurityError' && !this.#hasLed) {
        this.#hasLed = true
        this.#leads()
      }
    })
  }
}
