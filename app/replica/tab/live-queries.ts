import type { PlainRow } from '#domain/core/collection.ts'
import { listPick, listSql, type Query } from '#domain/core/query.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { sameValue } from '#domain/core/same-value.ts'
import type { Question as WholeQuestion } from '../kept-answer.ts'
import type { Ask as AskLeader, Changed, Told } from '../protocol.ts'
import { ListView, type Mark } from './list-view.ts'
import type { Recalled } from './recall.ts'
import { Signal } from './signal.ts'

type Row = Record<string, unknown>
/** A query as the leader is asked it. */
type Question = Omit<Extract<AskLeader, { kind: 'query' }>, 'kind'>
type Ask = (question: Question) => Promise<Told['query']>
/** What was drawn last, while nobody has answered yet. */
type Recall = (question: WholeQuestion) => Promise<Recalled | null>

/** How long a query nobody shows is kept warm: a page is often left and entered again. */
const WARM_MS = 20_000
/** How often it is looked whether all is answered. */
const LOOK_AGAIN_MS = 30
/** So many changed rows at once are cheaper asked for as a whole. */
const MANY_IDS = 1_000

/** One query that is on the screen, or was a moment ago. */
type Live = {
  query: Query<unknown>
  rows: Signal<Row[] | undefined>
  view: ListView | null
  users: number
  timer: ReturnType<typeof setTimeout> | null
  /** What to ask for next; null: nothing. */
  stale: Set<string> | 'all' | null
  asking: boolean
  /** The tables have answered it once. */
  isAnswered: boolean
}

/** The queries of this tab, kept current: asked again when a table they read changed, row by row where that is possible. */
export class LiveQueries {
  readonly #live = new Map<string, Live>()
  readonly #ask: Ask
  readonly #recall: Recall
  readonly #onTrouble: (cause: string | null) => void
  /** The queries whose last question was answered with an error. */
  readonly #failed = new Set<string>()
  /** The tables have answered this tab: from now on they are quick. */
  #areTablesOpen = false

  /** `onTrouble` hears why something cannot be read, and null when all of it can again. */
  constructor(ask: Ask, recall: Recall, onTrouble: (cause: string | null) => void) {
    this.#ask = ask
    this.#recall = recall
    this.#onTrouble = onTrouble
  }

  /** The rows of a query, as a store React can listen to. */
  watch<R>(query: Query<R>): { get: () => R[] | undefined; subscribe: (listener: () => void) => () => void } {
    return {
      get: () => this.#live.get(query.key)?.rows.get() as R[] | undefined,
      subscribe: (listener) => {
        const live = this.#enter(query)
        const stop = live.rows.subscribe(listener)
        return () => {
          stop()
          this.#leave(live)
        }
      },
    }
  }

  /** The tables changed. */
  changed(changed: Changed): void {
    for (const live of this.#live.values()) {
      for (const table of live.query.reads) {
        const ids = changed[table]
        if (ids) this.#makeStale(live, live.view ? ids : 'all')
      }
    }
  }

  /** Everything may have changed: another leader, another database. */
  refetchAll(): void {
    // What nobody has answered yet is still being asked, and of whoever leads by then.
    for (const live of this.#live.values()) if (live.isAnswered || !live.asking) this.#makeStale(live, 'all')
  }

  /** This tab's document changed a row ahead of the tables. */
  draw(room: RoomName, collection: string, id: string, row: PlainRow | null, mark: Mark): void {
    for (const live of this.#live.values()) {
      if (live.query.kind !== 'list' || live.query.collection.name !== collection || !live.view) continue
      live.view.draw(id, room, row && listPick(live.query, room, row), mark)
    }
  }

  /** Shows what was drawn. One call for a whole transaction. */
  show(): void {
    for (const live of this.#live.values()) if (live.view) live.rows.set(live.view.shown)
  }

  /** The room's document was given up. */
  forget(room: RoomName): void {
    for (const live of this.#live.values()) live.view?.forget(room)
    this.show()
  }

  /** Resolves when everything on the screen has been answered once. */
  async answered(): Promise<void> {
    while ([...this.#live.values()].some((live) => live.users > 0 && live.rows.get() === undefined))
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }

  #enter(query: Query<unknown>): Live {
    const known = this.#live.get(query.key)
    if (known) {
      known.users++
      if (known.timer) clearTimeout(known.timer)
      known.timer = null
      return known
    }
    const view = query.kind === 'list' ? new ListView(query) : null
    const live: Live = {
      query,
      rows: new Signal<Row[] | undefined>(undefined),
      view,
      users: 1,
      timer: null,
      stale: null,
      asking: false,
      isAnswered: false,
    }
    this.#live.set(query.key, live)
    this.#makeStale(live, 'all')
    return live
  }

  #leave(live: Live): void {
    live.users--
    if (live.users > 0) return
    live.timer = setTimeout(() => {
      this.#live.delete(live.query.key)
      this.#succeed(live.query)
    }, WARM_MS)
  }

  #fail({ key }: Query<unknown>, cause: string): void {
    this.#failed.add(key)
    this.#onTrouble(cause)
  }

  /** Read, or not wanted any more. */
  #succeed({ key }: Query<unknown>): void {
    if (this.#failed.delete(key) && this.#failed.size === 0) this.#onTrouble(null)
  }

  #makeStale(live: Live, ids: readonly string[] | 'all'): void {
    if (ids === 'all' || live.stale === 'all') live.stale = 'all'
    else live.stale = new Set([...(live.stale ?? []), ...ids])
    if (live.stale !== 'all' && live.stale.size > MANY_IDS) live.stale = 'all'
    if (!live.asking) void this.#fetch(live)
  }

  async #fetch(live: Live): Promise<void> {
    live.asking = true
    // What changes in the same turn is asked for once.
    await Promise.resolve()
    const stale = live.stale
    live.stale = null
    if (stale) await (live.query.kind === 'list' ? this.#fetchList(live, stale) : this.#fetchSql(live))
    live.asking = false
    if (live.stale && this.#live.get(live.query.key) === live) void this.#fetch(live)
  }

  async #fetchList(live: Live, stale: Set<string> | 'all'): Promise<void> {
    const { query, view } = live
    if (query.kind !== 'list' || !view) return
    if (stale === 'all') {
      return this.#whole(live, listSql(query), (rows, at) => {
        view.load(rows, at)
        live.rows.set(view.shown)
      })
    }
    const ids = [...stale]
    const answer = await this.#ask(listSql(query, ids))
    if ('error' in answer) return this.#fail(query, answer.error)
    this.#succeed(query)
    // Only who names a kept answer is told that it holds.
    if ('isSame' in answer) return
    view.refresh(ids, JSON.parse(answer.rows) as Row[], answer.at)
    live.rows.set(view.shown)
  }

  async #fetchSql(live: Live): Promise<void> {
    const { query } = live
    if (query.kind !== 'sql') return
    await this.#whole(live, query, (rows) => live.rows.set(keepRows(live.rows.get(), rows)))
  }

  /** Asks for all rows of a query. Where nothing is drawn yet, what can be had before the tables are open is shown first. */
  async #whole(live: Live, { sql, parameters }: Question, show: (rows: Row[], at: number) => void): Promise<void> {
    const { query } = live
    const { reads } = query
    const list = query.kind === 'list' ? { list: { collection: query.collection.name, select: query.select, where: query.where } } : {}
    const isFirst = live.rows.get() === undefined
    const recalled = isFirst && !this.#areTablesOpen ? await this.#recall({ sql, parameters, reads }) : null
    const drawn: Row[] | null = recalled?.rows ?? null
    if (drawn) show(drawn, 0)
    const ask = (fresh: boolean) =>
      this.#ask({ sql, parameters, whole: { reads, ...list, fresh, ...(recalled && { kept: recalled.kept }) } })
    let answer = await ask(!isFirst || drawn !== null)
    if ('isEarly' in answer) {
      show(JSON.parse(answer.rows) as Row[], answer.at)
      answer = await ask(true)
    }
    if ('error' in answer) return this.#fail(query, answer.error)
    this.#succeed(query)
    this.#areTablesOpen = true
    live.isAnswered = true
    show('isSame' in answer ? (drawn ?? []) : (JSON.parse(answer.rows) as Row[]), answer.at)
  }
}

/** The new rows, each as the old object where it says the same; the old array when nothing changed. */
export function keepRows(before: Row[] | undefined, rows: Row[]): Row[] {
  if (!before) return rows
  const byId = new Map(before.map((row, at) => [row.id ?? at, row]))
  const kept = rows.map((row, at) => {
    const old = byId.get(row.id ?? at)
    return old && sameValue(old, row) ? old : row
  })
  return kept.length === before.length && kept.every((row, at) => row === before[at]) ? before : kept
}
