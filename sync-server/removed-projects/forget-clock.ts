import { type Log, SaidOnce } from '#server/log.ts'
import { type ForgetParts, forgetDue } from './forget.ts'

const HOUR = 60 * 60 * 1000

/** Looks at its start, and then once an hour, whether a deleted project goes for good. One look ends before the next one begins. */
export class ForgetClock {
  readonly #parts: ForgetParts & { log: Log }
  readonly #trouble: SaidOnce
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(parts: ForgetParts & { log: Log }) {
    this.#parts = parts
    this.#trouble = new SaidOnce((reason) => parts.log.warn({ reason }, 'deleted projects could not be looked at; tried again in an hour'))
  }

  start(): void {
    void this.#look()
  }

  /** A look may be left at any place: the next one goes on with it. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    try {
      const gone = await forgetDue(this.#parts, Date.now())
      if (gone > 0) this.#parts.log.info({ gone }, 'projects that were deleted thirty days ago went for good')
      this.#trouble.worked()
    } catch (thrown) {
      if (!this.#isClosed) this.#trouble.failed(thrown)
    }
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#look(), HOUR).unref()
  }
}
