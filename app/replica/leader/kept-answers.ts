import { answerKey, answersOf, type KeptAnswer, type KeptRows, type Patch, type Question, rowsKey } from '../kept-answer.ts'
import type { AskedList, Changed, Kept } from '../protocol.ts'

/** Where answers are kept between two starts. */
export type AnswerStore = {
  /** Every answer that counts and whose key begins so. */
  all: (prefix: string) => Promise<KeptAnswer[]>
  /** Keeps an answer, in one step with the rows it belongs to where these are new. */
  put: (answer: KeptAnswer, rows: KeptRows | null) => Promise<void>
  /** Removes every answer that reads one of these tables, those of earlier starts too. The rows they belonged to stay. */
  removeReading: (tables: readonly string[]) => Promise<void>
  /** Removes the oldest beyond so many. */
  trim: (most: number) => Promise<void>
}

/** What the answers are made of. */
export type AnswerWorld = {
  /** Asks the tables. */
  read: (question: Question) => Promise<Answered>
  /** Some rows of a list as the tables have them, and the log position they stand at; null where that can't be said at once, as while the tables are behind. */
  rowsNow: (list: AskedList, ids: readonly string[]) => { rows: Patch; at: number } | null
}

/**
 * Rows as the tables answered them, the log position they stood at when they were asked, whether they lacked something the log had by then, and
 * how many changes had been told of.
 */
export type Answered = { rows: string; at: number; isBehind: boolean; changes: number }

type Known = {
  question: Question
  /** When it was kept, if it counts. */
  keptAt: number | null
  /** The log position it stood at when it was first known in this life. */
  at: number
  size: number
  /** When the rows were kept that a patch can be put beside; null: there are none. */
  whole: number | null
  /** What changed in them since, and which rows changed that are not in it yet. */
  patch: Map<string, Patch[number][1]>
  due: Set<string>
}

/** So many questions are kept fresh; those of pages left long ago are forgotten. */
const MOST_KNOWN = 40
const MOST_KEPT = 400
const QUIET_MS = 3_000
/** A long list is read again only after a longer pause: reading it holds up other questions. */
const QUIET_MS_PER_MEGABYTE = 4_000
/** Longer answers cost more to keep than they win. */
const MOST_CHARACTERS = 24_000_000
/** With more changed rows than this beside it, an answer is kept anew. */
const MOST_PATCHED = 500
/** What is written all the time, such as an agent's words, is patched so often. */
const PATCH_EVERY_MS = 250

/**
 * The answers the pages drew last, kept for the next start: opening the database takes a second in which a page would be
 * empty. An answer counts no more the moment one of its tables changes. It counts again, with the rows that changed beside it, as soon
 * as the tables have the change; where that can't be said row by row it is kept anew once things are quiet. So what is drawn
 * at a start is never older than what was seen last. Pages read them themselves (`tab/recall.ts`).
 */
export class KeptAnswers {
  readonly #store: AnswerStore | null
  readonly #version: string
  readonly #world: AnswerWorld
  readonly #known = new Map<string, Known>()
  /** Tables no kept answer reads any more. */
  readonly #dropped = new Set<string>()
  /** How many changes were told of. */
  changes = 0
  #lastKept = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause: ReturnType<typeof setTimeout> | undefined
  #isPatchDue = false

  /** `version` names the shape of the tables: answers of another shape are not found. Those of an earlier life go on being patched. */
  static async open(store: AnswerStore | null, version: string, world: AnswerWorld): Promise<KeptAnswers> {
    const answers = new KeptAnswers(store, version, world)
    const found = (await store?.all(answersOf(version)).catch(() => null)) ?? []
    for (const { question, keptAt, at, size, whole, patch } of found.sort((a, b) => a.keptAt - b.keptAt))
      answers.#know({ question, keptAt, at, size, whole, patch: new Map(JSON.parse(patch) as Patch), due: new Set() })
    return answers
  }

  private constructor(store: AnswerStore | null, version: string, world: AnswerWorld) {
    this.#store = store
    this.#version = version
    this.#world = world
  }

  /**
   * The tables are open. `positionFor` says at which log position they stand as far as a question is concerned: an answer of an earlier
   * life that did not come so far is of no use.
   */
  tablesOpened(positionFor: (list: AskedList | undefined) => number): void {
    for (const known of this.#known.values()) {
      if (known.at >= positionFor(known.question.list)) continue
      known.whole = null
      known.keptAt = null
    }
  }

  /** True when this kept answer is what the open tables would say. */
  holds(question: Question, kept: Kept): boolean {
    return this.#known.get(answerKey(this.#version, question))?.keptAt === kept.keptAt
  }

  /** The tables answered. What they did not have yet, or what changed while they were read, is missing in it: then it is kept later. */
  answered(question: Question, { rows, at, isBehind, changes }: Answered): void {
    if (!this.#store || rows.length > MOST_CHARACTERS) return
    const isKept = !isBehind && changes === this.changes
    // What is kept already goes on being patched.
    if (!isKept && (this.#known.get(answerKey(this.#version, question))?.whole ?? null) !== null) return
    const known: Known = { question, keptAt: null, at, size: rows.length, whole: null, patch: new Map(), due: new Set() }
    this.#know(known)
    if (isKept) this.#put(known, at, new TextEncoder().encode(rows))
    else this.#keepSoon()
  }

  /** Rows of these tables changed, or are about to. */
  changed(tables: Iterable<string>): void {
    if (!this.#store) return
    this.changes++
    const changed = new Set(tables)
    for (const known of this.#known.values()) if (known.question.reads.some((table) => changed.has(table))) known.keptAt = null
    const due = [...changed].filter((table) => !this.#dropped.has(table))
    for (const table of due) this.#dropped.add(table)
    if (due.length > 0) void this.#store.removeReading(due).catch(() => undefined)
    this.#keepSoon()
  }

  /** The tables have these changes. */
  projected(changed: Changed): void {
    if (!this.#store) return
    this.changed(Object.keys(changed))
    for (const known of this.#known.values()) {
      for (const table of known.question.reads) {
        const ids = changed[table]
        if (ids === 'all') known.whole = null
        else for (const id of ids ?? []) known.due.add(id)
      }
    }
    this.#patchSoon()
  }

  /** Forgets answers nobody asked for in a long time. */
  trim(): void {
    void this.#store?.trim(MOST_KEPT).catch(() => undefined)
  }

  #know(known: Known): void {
    const key = answerKey(this.#version, known.question)
    this.#known.delete(key)
    this.#known.set(key, known)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) break
      this.#known.delete(oldest)
    }
  }

  /** Makes the answer count as of `at`: with these rows, or with those that are kept and its patch. */
  #put(known: Known, at: number, rows: Uint8Array | null): void {
    const { question, size, patch } = known
    const { reads } = question
    const key = answerKey(this.#version, question)
    const keptAt = this.#now()
    const whole = rows || known.whole === null ? keptAt : known.whole
    known.whole = whole
    known.keptAt = keptAt
    for (const table of reads) this.#dropped.delete(table)
    const answer = { key, question, reads, whole, patch: JSON.stringify([...patch]), size, at, keptAt }
    void this.#store?.put(answer, rows && { key: rowsKey(key), keptAt, rows }).catch(() => undefined)
  }

  /** A time no other answer was kept at. */
  #now(): number {
    this.#lastKept = Math.max(this.#lastKept + 1, Date.now())
    return this.#lastKept
  }

  #patchSoon(): void {
    this.#isPatchDue = true
    if (this.#pause) return
    this.#isPatchDue = false
    for (const known of this.#known.values()) this.#patch(known)
    this.#pause = setTimeout(() => {
      this.#pause = undefined
      if (this.#isPatchDue) this.#patchSoon()
    }, PATCH_EVERY_MS)
    this.#keepSoon()
  }

  #patch(known: Known): void {
    const { question, patch, due } = known
    if (known.keptAt !== null || known.whole === null || !question.list) return
    const now = this.#world.rowsNow(question.list, [...due])
    if (!now) return
    for (const [id, row] of now.rows) patch.set(id, row)
    due.clear()
    if (patch.size > MOST_PATCHED) known.whole = null
    else this.#put(known, now.at, null)
  }

  #keepSoon(): void {
    clearTimeout(this.#timer)
    const stale = [...this.#known.values()].filter(({ keptAt }) => keptAt === null)
    if (stale.length === 0) return
    const megabytes = stale.reduce((sum, { size }) => sum + size, 0) / 1e6
    this.#timer = setTimeout(() => void this.#keep(), QUIET_MS + QUIET_MS_PER_MEGABYTE * megabytes)
  }

  async #keep(): Promise<void> {
    const started = this.#timer
    for (const known of [...this.#known.values()]) {
      if (known.keptAt !== null) continue
      const answer = await this.#world.read(known.question).catch(() => null)
      // Something changed meanwhile: later.
      if (this.#timer !== started) return
      if (answer) this.answered(known.question, answer)
    }
  }
}
