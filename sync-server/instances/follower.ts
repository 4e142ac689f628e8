import type { Line } from './line.ts'
import type { Position } from './membership.ts'

/** What the follower hands over to: the rooms that are open here, or being opened. */
export type Followed = {
  readonly wanted: readonly string[]
  /** An update that another instance has stored. */
  receive: (room: string, update: { seq: number; bytes: Uint8Array }) => void
}

type Row = { origin: number; top: number; seq: number | null; room: string; bytes: Uint8Array }

const AT_ONCE = 500
/** Whoever is no longer listed is read for a while longer: its last commit may still be under way. */
const LINGER_MS = 60_000

// One statement, so that `top` and the rows are of one moment.
const READ = `
  select f.origin, newest.top, found.seq, found.room, found.bytes
  from unnest($1::int[], $2::bigint[]) as f (origin, seq)
  cross join lateral (select max(seq) as top from journal_updates where origin = f.origin) as newest
  left join lateral (
    select seq, room, bytes from journal_updates
    where origin = f.origin and seq > f.seq and seq <= newest.top and room = any($3::text[])
    order by seq limit ${AT_ONCE}) as found on true
  where newest.top > f.seq
  order by f.origin, found.seq`

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

  async #read(): Promise<void> {
    for (let isMore = true; isMore; ) {
      const origins = [...this.#places.keys()]
      const rows = await this.#line.query<Row>(READ, [
        origins,
        origins.map((origin) => this.#places.get(origin)?.seq ?? 0),
        this.#rooms.wanted,
      ])
      isMore = false
      const counts = new Map<number, number>()
      for (const { origin, top, seq, room, bytes } of rows) {
        const place = this.#places.get(origin)
        if (!place) continue
        if (seq === null) {
          place.seq = top
          continue
        }
        this.#rooms.receive(room, { seq, bytes })
        const count = (counts.get(origin) ?? 0) + 1
        counts.set(origin, count)
        place.seq = count < AT_ONCE ? top : seq
        if (count === AT_ONCE) isMore = true
      }
    }
  }
}
