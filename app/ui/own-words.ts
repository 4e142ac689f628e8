import type * as Y from 'yjs'
import { changeOf, type TextChange } from '#domain/core/text-change.ts'
import { editRuns, type Run, unchanged } from '#domain/core/text-runs.ts'
import type { SharedTextSource } from './shared-text-source.ts'

/** What this person wrote into a text since a moment (milliseconds since 1970); null where it reads again as it did then. */
export type Written = { since: number; change: TextChange | null }

/** After so long without a letter of theirs what a person writes is told as something new. */
const STRETCH_MS = 600_000
/** What was written is told after so long a pause, and after so long without one. */
const PAUSE_MS = 5_000
const LATEST_MS = 60_000

/** One a text: a person who looks at something else and comes back goes on where they were. */
const known = new WeakMap<Y.Text, OwnWords>()

/** Follows what this person types into a text, apart from what others type there at the same time. */
export class OwnWords {
  tell: (written: Written) => void = () => undefined
  readonly #text: Y.Text
  readonly #isOwn: (origin: unknown) => boolean
  #runs: Run[] | null = null
  #since = 0
  #last = 0
  #untold: number | null = null
  #timer: ReturnType<typeof setTimeout> | null = null

  static of(source: SharedTextSource): OwnWords {
    const found = known.get(source.text) ?? new OwnWords(source)
    known.set(source.text, found)
    return found
  }

  private constructor({ text, undoManager }: SharedTextSource) {
    this.#text = text
    this.#isOwn = (origin) => undoManager.trackedOrigins.has(origin)
    text.doc?.on('beforeTransaction', this.#begin)
    text.observe(this.#follow)
  }

  /** Tells what was not told yet: the person left the field, or the page may go. */
  now(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#untold === null || !this.#runs) return
    this.#untold = null
    this.tell({ since: this.#since, change: changeOf(this.#runs) })
  }

  // The text as it was is read here and at no later key.
  readonly #begin = ({ origin }: Y.Transaction): void => {
    if (!this.#isOwn(origin)) return
    const at = Date.now()
    if (this.#runs && at - this.#last <= STRETCH_MS) return
    this.now()
    this.#runs = unchanged(this.#text.toString())
    this.#since = at
    this.#last = at
  }

  readonly #follow = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
    if (!this.#runs) return
    const isOwn = this.#isOwn(origin)
    this.#runs = editRuns(this.#runs, event.delta, isOwn)
    if (!isOwn) return
    this.#last = Date.now()
    this.#untold ??= this.#last
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.now(), Math.min(PAUSE_MS, this.#untold + LATEST_MS - this.#last))
  }
}
