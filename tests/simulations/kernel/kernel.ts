import { createHash, type Hash } from 'node:crypto'
import { seededDice } from '../seeded-world.ts'
import { realSetImmediate } from './real-time.ts'

/** Something that lives and can be killed: a tab, a server, a database. Its timers and its messages die with it. */
export class Process {
  isAlive = true
  /** Milliseconds its wall clock is ahead of everybody's. */
  skew = 0
  /** Until when it gets no processor time: what should happen in it happens then. */
  stalledUntil = 0
  readonly name: string
  /** What the machine does when this process dies: locks free themselves, sockets break. */
  readonly onDeath: (() => void)[] = []

  constructor(name: string) {
    this.name = name
  }
}

/** Whoever runs the simulation. */
const WORLD = new Process('world')

type Event = { at: number; n: number; process: Process; act: () => void; isOff: boolean }

/** Enough lines to see what led to a failure. */
const KEPT_LINES = 400

/**
 * The one clock, the one pair of dice and the one queue of everything that will happen. One event at a time: what it set
 * going in promises is run to its end before the next, so a schedule follows from its seed alone.
 */
export class Kernel {
  /** Virtual milliseconds since 1970. */
  now: number
  current: Process = WORLD
  /** The last things that happened, for people. */
  readonly lines: string[] = []
  /** Called after every event: where what must always hold is looked at. */
  afterEvent: (() => Promise<void> | void) | null = null
  readonly random: () => number
  readonly began: number
  #queue: Event[] = []
  #count = 0
  #events = 0
  readonly #trace: Hash = createHash('sha256')
  readonly #failures: unknown[] = []

  constructor(seed: number, began: number) {
    this.random = seededDice(seed)
    this.now = this.began = began
  }

  /** How many events there were. */
  get events(): number {
    return this.#events
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }

  /** True so often. */
  chance(part: number): boolean {
    return this.random() < part
  }

  /** Has something happen in a process after so many virtual ms. Answers a function that calls it off. */
  after(delay: number, process: Process, act: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, Math.floor(delay)), n: this.#count++, process, act, isOff: false }
    this.#push(event)
    return () => {
      event.isOff = true
    }
  }

  /** Does something as that process; what it sets going is that process's. */
  as<T>(process: Process, act: () => T): T {
    const before = this.current
    this.current = process
    try {
      return act()
    } finally {
      this.current = before
    }
  }

  /** Ends a process as `kill -9` does: in the middle, with nothing said. */
  kill(process: Process): void {
    if (!process.isAlive) return
    process.isAlive = false
    this.note('killed', process.name)
    for (const act of process.onDeath.splice(0)) act()
  }

  /** A process stands still for so many ms, as on a busy machine, in a long pause for garbage, or while a laptop sleeps. */
  stall(process: Process, ms: number): void {
    this.note('stalls', process.name, ms)
    process.stalledUntil = Math.max(process.stalledUntil, this.now + ms)
  }

  /** Writes into the trace. Two runs of one seed write the same. */
  note(...words: readonly (string | number)[]): void {
    const line = `${this.now - this.began} ${words.join(' ')}`
    this.#trace.update(`${line}\n`)
    this.lines.push(line)
    if (this.lines.length > 2 * KEPT_LINES) this.lines.splice(0, KEPT_LINES)
  }

  /** What happened, as a hash. */
  get trace(): string {
    return this.#trace.copy().digest('hex')
  }

  /** Something went wrong in a process that nobody caught. */
  failed(reason: unknown): void {
    this.#failures.push(reason)
  }

  /** Lets so many virtual ms pass, or fewer when `isEnough` says so. Throws what no process caught. */
  async run(ms: number, isEnough: () => boolean = () => false): Promise<void> {
    const end = this.now + ms
    await this.#settle()
    while (!isEnough()) {
      const event = this.#pop(end)
      if (!event) break
      this.now = event.at
      if (event.isOff || !event.process.isAlive) continue
      if (event.process.stalledUntil > this.now) {
        event.at = event.process.stalledUntil
        this.#push(event)
        continue
      }
      this.#events++
      this.current = event.process
      try {
        event.act()
      } catch (thrown) {
        this.failed(thrown)
      }
      await this.#settle()
      if (this.afterEvent) await this.afterEvent()
      if (this.#failures.length > 0) throw this.#failures[0]
    }
    if (!isEnough()) this.now = Math.max(this.now, end)
  }

  /** Everything that follows from the last event without time passing happens now. */
  async #settle(): Promise<void> {
    await new Promise<void>((done) => realSetImmediate(done))
    this.current = WORLD
  }

  #push(event: Event): void {
    const queue = this.#queue
    let at = queue.push(event) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!isBefore(event, queue[up])) break
      queue[at] = queue[up] as Event
      at = up
    }
    queue[at] = event
  }

  #pop(end: number): Event | undefined {
    const queue = this.#queue
    const [first] = queue
    if (!first || first.at > end) return undefined
    const last = queue.pop() as Event
    if (last === first) return first
    let at = 0
    for (;;) {
      let down = 2 * at + 1
      if (down >= queue.length) break
      if (down + 1 < queue.length && isBefore(queue[down + 1] as Event, queue[down])) down++
      if (!isBefore(queue[down] as Event, last)) break
      queue[at] = queue[down] as Event
      at = down
    }
    queue[at] = last
    return first
  }
}

function isBefore(one: Event, other: Event | undefined): boolean {
  return other === undefined || one.at < other.at || (one.at === other.at && one.n < other.n)
}
