import { type Log, SaidOnce } from '#server/log.ts'
import type { AttemptParts } from '#server/record/attempts.ts'
import { startDue } from './schedules.ts'

const LOOK_MS = 2_000

/** Looks every two seconds at what is to begin by itself. One look ends before the next one begins. */
export class ScheduleClock {
  readonly #timer: NodeJS.Timeout
  #isLooking = false

  constructor(parts: AttemptParts & { log: Log }) {
    const trouble = new SaidOnce((reason) => parts.log.warn({ reason }, 'what is to begin by itself could not be looked at'))
    this.#timer = setInterval(() => {
      if (this.#isLooking) return
      this.#isLooking = true
      void startDue(parts, Date.now())
        .then(
          () => trouble.worked(),
          (thrown: unknown) => trouble.failed(thrown),
        )
        .finally(() => {
          this.#isLooking = false
        })
    }, LOOK_MS)
    this.#timer.unref()
  }

  /** A look under way ends by itself: what it starts, it starts once. */
  close(): void {
    clearInterval(this.#timer)
  }
}
