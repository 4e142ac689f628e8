import { EventEmitter } from 'node:events'

/**
 * Wakes whoever waits, here or at another instance, for something written to the database. A bell, not an order: who wakes looks
 * at what is there now, and looks by himself from time to time.
 */
export class Bell {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  /** Told what rang, to ring it elsewhere too. */
  onRing: (name: string) => void = () => undefined

  /** Rings for a name: `waiting`, `turn <id>`, `log <process id>`, `answer <key>`. */
  ring(name: string): void {
    this.ringHere(name)
    this.onRing(name)
  }

  /** Rings what rang elsewhere. */
  ringHere(name: string): void {
    this.#emitter.emit(name)
  }

  /** Resolves at the next ring of the name, after `patience` ms, or when `signal` fires, whichever is first. */
  heard(name: string, patience: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#emitter.off(name, done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, patience)
      this.#emitter.once(name, done)
      if (signal?.aborted) done()
      else signal?.addEventListener('abort', done, { once: true })
    })
  }
}
