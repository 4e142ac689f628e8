import type { Durable } from '#server/journal/load.ts'
import type { Line } from './line.ts'
import type { Position } from './membership.ts'

/** What the follower hands over to: the rooms that are open here, or being opened. */
export type Followed = {
  readonly wanted: readonly string[]
  /** An update that another instance has stored. */
  receive: (room: string, update: Durable) => void
}

type Row = { origin: number; top: number; seq: number | null; room: string; bytes: Uint8Array; ranges: Uint8Array | null; found: number }

/** So much of an instance is read in one go: rows, and bytes as soon as they are more. */
const AT_ONCE = 1_000
const BYTES_AT_ONCE = 4 * 1024 * 1024
/** Whoever is no longer listed is read for a while longer: its last commit may still be under way. */
const LINGER_MS = 60_000

// One statement, so that `top` and the rows are of one moment.
const READ = `
  select f.origin, newest.top, sized.seq, sized.room, sized.bytes, sized.ranges, sized.found
  from unnest($1::int[], $2::bigint[]) as f (origin, seq)
  cross join lateral (select max(seq) as top from journal_updates where origin = f.origin) as newest
  left join lateral (
    select seq, room, bytes, ranges, count(*) over () as found, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as before
    from (
      select seq, room, bytes, ranges from journal_updates
      where origin = f.origin and seq > f.seq and seq <= newest.top and room = any($3::text[])
      order by seq limit ${AT_ONCE}) as following) as sized on sized.before < ${BYTES_AT_ONCE}
  where newest.top > f.seq
  order by f.origin, sized.seq`

/**
 * Reads what the other instances write, each in its own order (`origin`, `seq`): an instance writes through one connection, so
 * what comes later of it has the higher number, and nothing can turn up behind a place that was passed.
 */
export class Follower {
  readonly #line: Pick<Line, 'query'>
  readonly #rooms: Followed
  readonly #places = new Map<number, { seq: number; listed: number }>()
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(line: Pick<Line, 'query'>, rooms: Followed) {
    this.#line = line
    this.#rooms = rooms
  }

  /** How far each instance has been read. */
  get position(): Position {
    return Object.fromEntries([...this.#places].map(([origin, { seq }]) => [origin, seq]))
  }

  get isIdle(): boolean {
    return this.#places.size === 0
  }

  /** Follows these from now on, from the first thing they wrote. */
  follow(origins: readonly number[]): void {
    const now = Date.now()
    for (const origin of origins) this.#places.set(origin, { seq: this.#places.get(origin)?.seq ?? 0, listed: now })
    for (const [origin, { listed }] of this.#places) if (now - listed > LINGER_MS) this.#places.delete(origin)
  }

  /** Follows these from here on: for a server with no room open, which will read each room whole. */
  async skipTo(origins: readonly number[]): Promise<void> {
    const rows = await this.#line.query<{ origin: number; top: number }>(
      `select origin, coalesce((select max(seq) from journal_updates where origin = given.origin), 0) as top
       from unnest($1::int[]) as given (origin)`,
      [origins],
    )
    for (const { origin, top } of rows) this.#places.set(origin, { seq: top, listed: Date.now() })
  }

  /** Everything that was committed when this was called has been handed over when it resolves. */
  async catchUp(): Promise<void> {
    if (this.isIdle) return
    if (!this.#running) return await this.#run()
    // What runs now may have looked before the caller's moment: the one after it has not.
    this.#next ??= this.#running.catch(() => undefined).then(() => this.#run())
    return await this.#next
  }

  #run(): Promise<void> {
    this.#next = undefined
    this.#running = this.#read().finally(() => (this.#running = undefined))
    return this.#running
  }

  /** Reads up to where each was at the first look: whoever waits for this does not wait for what is written meanwhile. */
  async #read(): Promise<void> {
    const goals = new Map<number, number>()
    for (;;) {
      const open = [...this.#places.keys()].filter(
        (origin) => (this.#places.get(origin)?.seq ?? 0) < (goals.get(origin) ?? Number.MAX_VALUE),
      )
      if (open.length === 0) return
      const seqs = open.map((origin) => this.#places.get(origin)?.seq ?? 0)
      const rows = await this.#line.query<Row>(READ, [open, seqs, this.#rooms.wanted])
      this.#take(rows)
      const tops = new Map(rows.map(({ origin, top }) => [origin, top]))
      // Who wrote nothing more is not in the answer.
      for (const origin of open) if (!goals.has(origin)) goals.set(origin, tops.get(origin) ?? 0)
    }
  }

  #take(rows: readonly Row[]): void {
    const counts = new Map<number, number>()
    for (const { origin, top, seq, room, bytes, ranges, found } of rows) {
      const count = (counts.get(origin) ?? 0) + 1
      counts.set(origin, count)
      if (seq !== null) this.#rooms.receive(room, { seq, bytes, ranges })
      const place = this.#places.get(origin)
      if (!place) continue
      const isAll = seq === null || (count === found && found < AT_ONCE)
      place.seq = isAll ? top : seq
    }
  }
}
