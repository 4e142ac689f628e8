import type { AskTables, FromTables, ToTables } from '#app/replica/tables/protocol.ts'
import type { Collection, PlainRow } from '#domain/core/collection.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { collections } from '#domain/projection/collections.ts'
import { columnsOf, deleteAllRows, deleteRows, upsertRows } from '#domain/projection/tables.ts'
import type { Kernel } from '../kernel/kernel.ts'

type Row = PlainRow & { room: RoomName }
/** A list query over equal values; `is null` stands in none of those asked here. */
const LIST = /^select (.+) from "(\w+)"(?: where (.+))?$/
type Write = Extract<AskTables, { kind: 'write' }>

/** What each statement of the projection does, by its text. That the texts do this is what S27 shows on the real database. */
const MEANING = new Map(
  collections.flatMap((collection): [sql: string, meaning: { collection: Collection; kind: 'upsert' | 'delete' | 'deleteAll' }][] => [
    [upsertRows(collection), { collection, kind: 'upsert' }],
    [deleteRows(collection), { collection, kind: 'delete' }],
    [deleteAllRows(collection), { collection, kind: 'deleteAll' }],
  ]),
)

/** The projected tables of one browser as its disk keeps them: whole transactions, of which the newest may be lost when a tab dies. */
export class FakeTables {
  /** Every so many writes one fails. */
  failure: () => boolean = () => false
  readonly #kernel: Kernel
  #written: Write[] = []
  /** Transactions that are on the disk for good. */
  #flushed = 0
  #rows = new Map<string, Row>()
  #positions = new Map<RoomName, number>()

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  get positions(): ReadonlyMap<RoomName, number> {
    return this.#positions
  }

  /** What the tables hold of a room, by collection, in the order of ids. */
  rowsIn(room: RoomName, names: readonly string[]): Record<string, unknown[]> {
    const found: Record<string, Row[]> = Object.fromEntries(names.map((name) => [name, []]))
    for (const [key, row] of this.#rows) {
      const [name = ''] = key.split('\n')
      if (row.room === room) found[name]?.push(row)
    }
    for (const rows of Object.values(found)) rows.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    return Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.map(({ room: _room, ...row }) => row)]))
  }

  /** The database's thread ended: what it had not flushed is lost from some point on. */
  die(): void {
    const keep = this.#kernel.between(this.#flushed, this.#written.length)
    if (keep === this.#written.length) return
    this.#written.length = keep
    this.#rows = new Map()
    this.#positions = new Map()
    for (const write of this.#written) this.#apply(write)
  }

  /** The database is gone altogether. */
  lose(): void {
    this.#written = []
    this.#flushed = 0
    this.#rows = new Map()
    this.#positions = new Map()
  }

  /** What `Worker` is in this browser. */
  worker(): unknown {
    const kernel = this.#kernel
    const owner = kernel.current
    let at = 0
    const port = {
      onmessage: null as ((event: { data: FromTables }) => void) | null,
      onerror: null,
      postMessage: ({ id, ask }: ToTables) => {
        const copy = structuredClone(ask)
        at = Math.max(at, kernel.now + kernel.between(0, ask.kind === 'open' ? 900 : 15))
        kernel.after(at - kernel.now, owner, () => port.onmessage?.({ data: this.#answer(id, copy) }))
      },
    }
    return port
  }

  #answer(id: number, ask: AskTables): FromTables {
    if (ask.kind === 'read') return { id, told: JSON.stringify(this.#read(ask)) }
    if (ask.kind === 'open') return { id, told: [...this.#positions] }
    if (this.failure()) return { id, error: 'The database could not write.' }
    this.#written.push(ask)
    this.#apply(ask)
    if (this.#kernel.chance(0.3)) this.#flushed = this.#written.length
    return { id, told: null }
  }

  /** What a list query says; of any other query: nothing. */
  #read({ sql, parameters }: Extract<AskTables, { kind: 'read' }>): Record<string, unknown>[] {
    const [, select = '', name = '', where = ''] = LIST.exec(sql) ?? []
    const columns = [...select.matchAll(/"(\w+)"/g)].map(([, column = '']) => column)
    const wanted = [...where.matchAll(/"(\w+)" = \$(\d+)/g)].map(([, column = '', at]) => [column, parameters[Number(at) - 1]] as const)
    const among = /^id in .*\$(\d+)/.exec(where.split(' and ').at(-1) ?? '')
    const ids = among && new Set(JSON.parse(String(parameters[Number(among[1]) - 1])) as string[])
    const found = [...this.#rows].filter(([key, row]) => key.startsWith(`${name}\n`) && (ids?.has(row.id) ?? true))
    const rows = found
      .map(([, row]) => row as Record<string, unknown>)
      .filter((row) => wanted.every(([column, value]) => row[column] === value))
    return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
  }

  #apply({ statements, positions }: Write): void {
    for (const { sql, parameters } of statements) {
      const meaning = MEANING.get(sql)
      if (!meaning) throw new Error(`The simulated tables know no statement such as: ${sql}`)
      const { collection, kind } = meaning
      if (kind === 'upsert') {
        const [rows, room] = parameters as [string, RoomName]
        const empty = Object.fromEntries(columnsOf(collection).map(({ name }) => [name, null]))
        for (const row of JSON.parse(rows) as Row[]) this.#rows.set(`${collection.name}\n${room}\n${row.id}`, { ...empty, ...row, room })
        continue
      }
      const [room, list] = parameters as [RoomName, string?]
      const ids = list === undefined ? null : new Set(JSON.parse(list) as string[])
      for (const [key, row] of this.#rows) {
        if (row.room === room && key.startsWith(`${collection.name}\n`) && (ids?.has(String(row.id)) ?? true)) this.#rows.delete(key)
      }
    }
    for (const [room, n] of positions) this.#positions.set(room, n)
  }
}
