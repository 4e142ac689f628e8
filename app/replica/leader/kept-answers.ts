import { answerKey, type KeptAnswer, type Question } from '../kept-answer.ts'
import type { Changed, Kept } from '../protocol.ts'

/** Where answers are kept between two starts. */
export type AnswerStore = {
  /** True where the answer kept at that time is still there. */
  has: (key: string, keptAt: number) => Promise<boolean>
  put: (answer: KeptAnswer) => Promise<void>
  /** Removes every answer that reads one of these tables, those of earlier starts too. */
  removeReading: (tables: readonly string[]) => Promise<void>
  /** Removes the oldest beyond so many. */
  trim: (most: number) => Promise<void>
}

/** Rows as the tables answered them, the log position they stood at then, and how many changes had been told of before they were asked. */
export type Answered = { rows: string; at: number; changes: number }

type Known = { question: Question; isKept: boolean; size: number }

/** So many questions are kept fresh; those of pages left long ago are forgotten. */
const MOST_KNOWN = 40
const MOST_KEPT = 200
const QUIET_MS = 3_000
/** A long list is read again only after a longer pause: reading it holds up other questions. */
const QUIET_MS_PER_MEGABYTE = 4_000
/** Longer answers cost more to keep than they win. */
const MOST_CHARACTERS = 24_000_000

/**
 * The answers the pages drew last, kept for the next start: opening the database takes a second in which a page would be
 * empty. An answer is dropped the moment one of its tables changes, and kept anew once things are quiet, so what is drawn
 * at a start is never older than what was seen last. Pages read them themselves (`tab/recall.ts`).
 */
export class KeptAnswers {
  readonly #store: AnswerStore | null
  readonly #version: string
  readonly #read: (question: Question) => Promise<Answered>
  readonly #known = new Map<string, Known>()
  /** Tables no kept answer reads any more. */
  readonly #dropped = new Set<string>()
  /** How many changes were told of. */
  changes = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `version` names the shape of the tables: answers of another shape are not found. `read` asks the tables. */
  constructor(store: AnswerStore | null, version: string, read: (question: Question) => Promise<Answered>) {
    this.#store = store
    this.#version = version
    this.#read = read
  }

  /** True when this kept answer is what the tables, which stand at `at`, would say. */
  async holds(question: Question, kept: Kept, at: number): Promise<boolean> {
    if (!this.#store || at > kept.at || question.reads.some((table) => this.#dropped.has(table))) return false
    return await this.#store.has(this.#keyOf(question), kept.keptAt).catch(() => false)
  }

  /** The tables answered. What changed while they were read may be missing in it: then it is kept later. */
  answered(question: Question, { rows, at, changes }: Answered): void {
    if (!this.#store || rows.length > MOST_CHARACTERS) return
    const key = this.#keyOf(question)
    const isKept = changes === this.changes
    this.#known.delete(key)
    this.#known.set(key, { question, isKept, size: rows.length })
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) break
      this.#known.delete(oldest)
    }
    if (!isKept) return this.#keepSoon()
    for (const table of question.reads) this.#dropped.delete(table)
    const kept = { key, reads: question.reads, rows: new TextEncoder().encode(rows), at, keptAt: Date.now() }
    void this.#store.put(kept).catch(() => undefined)
  }

  /** Rows of these tables changed, or are about to. */
  changed(tables: Iterable<string>): void {
    if (!this.#store) return
    this.changes++
    const changed = new Set(tables)
    for (const known of this.#known.values()) if (known.question.reads.some((table) => changed.has(table))) known.isKept = false
    const due = [...changed].filter((table) => !this.#dropped.has(table))
    for (const table of due) this.#dropped.add(table)
    if (due.length > 0) void this.#store.removeReading(due).catch(() => undefined)
    this.#keepSoon()
  }

  /** Forgets answers nobody asked for in a long time. */
  trim(): void {
    void this.#store?.trim(MOST_KEPT).catch(() => undefined)
  }

  #keepSoon(): void {
    clearTimeout(this.#timer)
    const stale = [...this.#known.values()].filter((known) => !known.isKept)
    if (stale.length === 0) return
    const megabytes = stale.reduce((sum, { size }) => sum + size, 0) / 1e6
    this.#timer = setTimeout(() => void this.#keep(), QUIET_MS + QUIET_MS_PER_MEGABYTE * megabytes)
  }

  async #keep(): Promise<void> {
    const started = this.#timer
    for (const known of [...this.#known.values()]) {
      if (known.isKept) continue
      const answer = await this.#read(known.question).catch(() => null)
      // Something changed meanwhile: later.
      if (this.#timer !== started) return
      if (answer) this.answered(known.question, answer)
    }
  }

  #keyOf(question: Question): string {
    return answerKey(this.#version, question)
  }
}

/** The tables named in a change. */
export const tablesOf = (changed: Changed): string[] => Object.keys(changed)
