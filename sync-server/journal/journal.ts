import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#server/log.ts'
import type { Failure } from '#server/postgres/failure.ts'
import type { Store } from '#server/postgres/store.ts'
import type { Entry } from './insert.ts'
import { type Guard, JournalWriter } from './writer.ts'

type Group = {
  entries: readonly Entry[]
  guard: Guard | undefined
  resolve: (seqs: number[] | null) => void
  reject: (reason: unknown) => void
}

/** Enough for one statement to be quick. */
const MAX_ENTRIES = 4_000
const MAX_BYTES = 4 * 1024 * 1024
/** Beyond this many waiting bytes whoever takes updates in should stop taking. */
const FULL_BYTES = 16 * 1024 * 1024
/** After so many milliseconds without a commit an update comes alone. */
const ALONE_MS = 5
/** So long it may reach its readers before the database is woken, which would take the processor from them. */
const READERS_FIRST_MS = 1

type Committed = (entries: readonly Entry[], seqs: readonly number[]) => void

export type JournalHealth = { ok: true } | { ok: false; sentence: string; since: number }

/**
 * The durable update log. While one batch is being committed the next one gathers, so a commit carries whatever arrived
 * during the one before it, of all rooms. A promise resolves when its updates are on disk; while the database fails,
 * nothing resolves and everything waits, in order.
 */
export class Journal {
  health: JournalHealth = { ok: true }
  committed = { batches: 0, updates: 0 }
  /** Told why nothing can be saved when that begins or the reason changes, and null when saving works again. */
  onTrouble: (sentence: string | null) => void = () => undefined
  /** Puts in words what the database threw. */
  readonly explain: Store['explain']
  readonly #told: Committed[] = []
  readonly #writer: JournalWriter
  readonly #log: Log
  #waiting: Group[] = []
  #waitingBytes = 0
  #running = false
  #closed = false
  #lastCommit = 0
  /** Ends the wait for more. */
  #hurry: (() => void) | undefined
  #drained: (() => void)[] = []

  /** `origin`: the number of the instance that writes here. */
  constructor(store: Pick<Store, 'address' | 'explain'>, log: Log, origin: number) {
    this.#writer = new JournalWriter(store, log, origin)
    this.explain = store.explain
    this.#log = log
  }

  /** Has somebody told of every batch that is durable now, with its sequence numbers, before anybody else hears of them. */
  onCommitted(tell: Committed): void {
    this.#told.push(tell)
  }

  /** Appends one update. Answers its sequence number once it is durable. */
  append(room: string, bytes: Uint8Array, author: string): Promise<number> {
    return new Promise((resolve, reject) => this.add({ room, bytes, author }, resolve, reject))
  }

  /** The same with callbacks: the path every update of every client takes makes no promises. */
  add(entry: Entry, stored: (seq: number) => void, failed: (reason: unknown) => void): void {
    if (this.#closed) return failed(new Error('the journal is closed'))
    this.#enqueue({ entries: [entry], guard: undefined, resolve: (seqs) => stored(seqs?.[0] ?? 0), reject: failed })
    if (!this.#running) void this.#run(performance.now() - this.#lastCommit > ALONE_MS)
  }

  #enqueue(group: Group): void {
    this.#waiting.push(group)
    for (const { bytes } of group.entries) this.#waitingBytes += bytes.length
  }

  /** Appends some updates of one or more rooms, all or none; with a guard, only if it holds in the same transaction (null where it does not). */
  commit(entries: readonly Entry[], guard?: Guard): Promise<number[] | null> {
    if (this.#closed) return Promise.reject(new Error('the journal is closed'))
    return new Promise((resolve, reject) => {
      this.#enqueue({ entries, guard, resolve, reject })
      // Somebody waits for this one before he goes on.
      if (this.#running) this.#hurry?.()
      else void this.#run(false)
    })
  }

  /** True while so much waits that nothing more should be taken in. */
  get isFull(): boolean {
    return this.#waitingBytes > FULL_BYTES
  }

  /** Calls back once there is room again. */
  whenDrained(call: () => void): void {
    if (this.isFull) this.#drained.push(call)
    else call()
  }

  /** Everything appended so far is durable when this resolves. */
  async flush(): Promise<void> {
    while (this.#running) await wait(5)
  }

  /** Takes nothing more, waits for what is under way (at most `patience` ms), and lets the connection go. */
  async close(patience: number): Promise<void> {
    this.#closed = true
    await Promise.race([this.flush(), wait(patience)])
    await this.#writer.close()
  }

  async #run(isAlone: boolean): Promise<void> {
    this.#running = true
    await this.#gather(isAlone)
    this.#hurry = undefined
    for (let batch = this.#takeBatch(); batch.length > 0; batch = this.#takeBatch()) {
      await this.#store(batch)
      for (const { entries } of batch) for (const { bytes } of entries) this.#waitingBytes -= bytes.length
      if (!this.isFull && this.#drained.length) for (const call of this.#drained.splice(0)) call()
    }
    this.#lastCommit = performance.now()
    this.#running = false
  }

  /** One turn of the event loop, so that frames already read from their sockets share the commit; for an update that comes alone a moment. */
  #gather(isAlone: boolean): Promise<void> {
    return new Promise((resolve) => {
      if (!isAlone) return void setImmediate(resolve)
      const timer = setTimeout(resolve, READERS_FIRST_MS)
      this.#hurry = () => {
        clearTimeout(timer)
        setImmediate(resolve)
      }
    })
  }

  /** The next groups in order: a guarded one by itself, plain ones together. */
  #takeBatch(): Group[] {
    let count = 0
    let bytes = 0
    let taken = 0
    for (const group of this.#waiting) {
      if (group.guard && taken > 0) break
      let size = 0
      for (const entry of group.entries) size += entry.bytes.length
      if (taken > 0 && (count + group.entries.length > MAX_ENTRIES || bytes + size > MAX_BYTES)) break
      taken++
      count += group.entries.length
      bytes += size
      if (group.guard) break
    }
    if (taken === this.#waiting.length) {
      const all = this.#waiting
      this.#waiting = []
      return all
    }
    return this.#waiting.splice(0, taken)
  }

  async #store(batch: Group[]): Promise<void> {
    const [first] = batch
    if (first?.guard) return await this.#storeGuarded(first, first.guard)
    const entries: Entry[] = []
    for (const group of batch) for (const entry of group.entries) entries.push(entry)
    const seqs = await this.#insertPatiently(entries)
    if (!seqs) {
      // One of them cannot be stored at all: find out which by storing each alone.
      if (batch.length > 1) for (const group of batch) await this.#store([group])
      else first?.reject(new Error('The database refused to store a change.'))
      return
    }
    this.#succeeded(entries, seqs)
    let at = 0
    for (const group of batch) {
      const { length } = group.entries
      group.resolve(length === 1 ? [seqs[at] ?? 0] : seqs.slice(at, at + length))
      at += length
    }
  }

  async #storeGuarded(group: Group, guard: Guard): Promise<void> {
    try {
      const seqs = await this.#writer.insertGuarded(group.entries, guard, (failure) => this.#failed(failure))
      this.#succeeded(group.entries, seqs ?? [])
      group.resolve(seqs)
    } catch (thrown) {
      group.reject(thrown)
    }
  }

  /** Null where the database refuses the values themselves. */
  async #insertPatiently(entries: readonly Entry[]): Promise<number[] | null> {
    if (entries.length === 0) return []
    for (;;) {
      try {
        return await this.#writer.insert(entries)
      } catch (thrown) {
        const failure = await this.explain(thrown)
        if (!failure.passing) {
          this.#log.error({ reason: failure.detail }, failure.sentence)
          return null
        }
        await this.#failed(failure)
      }
    }
  }

  #succeeded(entries: readonly Entry[], seqs: readonly number[]): void {
    this.committed.batches++
    this.committed.updates += entries.length
    if (seqs.length > 0) for (const tell of this.#told) tell(entries, seqs)
    this.#tries = 0
    if (this.health.ok) return
    this.#log.info({ failedMs: Date.now() - this.health.since }, 'saving works again')
    this.health = { ok: true }
    this.onTrouble(null)
  }

  #tries = 0

  /** Says what is wrong, once, and waits until it is time to try again. */
  async #failed({ sentence, detail }: Failure): Promise<void> {
    const before = this.health
    this.health = { ok: false, sentence, since: before.ok ? Date.now() : before.since }
    if (before.ok || before.sentence !== sentence) {
      this.#log.error({ reason: detail }, sentence)
      this.onTrouble(sentence)
    }
    await new Promise((resolve) => {
      const again = setTimeout(resolve, Math.min(50 * 2 ** this.#tries++, 1_000))
      // A journal that is closed keeps no process for it.
      if (this.#closed) again.unref()
    })
  }
}
