import { type Kernel, Process } from '../kernel/kernel.ts'

type Key = string | number
type Value = Record<string, unknown>
type Table = { keyPath: string; rows: Map<Key, Value>; indexes: Map<string, { keyPath: string; multiEntry: boolean }> }
/** How to take one change back. */
type Undo = () => void
type Durability = 'strict' | 'relaxed' | 'default'

/** What a transaction meets when it commits. */
export type DiskMood = { isFull: boolean; slowest: number }

/**
 * A browser's IndexedDB on a disk of its own, as far as the replica uses it. What is not complete when its tab dies is
 * taken back; what is complete but not strictly durable may be lost, the newest first, when the power goes.
 */
export class FakeDisk {
  mood: DiskMood = { isFull: false, slowest: 4 }
  readonly #kernel: Kernel
  readonly #process: Process
  readonly #tables = new Map<string, Table>()
  #version = 0
  /** Committed since the last strict commit, oldest first. */
  #unflushed: Undo[][] = []
  readonly #queue: Transaction[] = []

  constructor(kernel: Kernel, machine: string) {
    this.#kernel = kernel
    this.#process = new Process(`disk of ${machine}`)
  }

  /** What `indexedDB` is in a tab of this browser. */
  readonly factory = { open: (_name: string, version: number): Request => this.#open(version) }

  /** The rows of a store as they are on the disk. Call it between events, when nothing is being written. */
  rows<Row>(store: string): Row[] {
    return [...(this.#tables.get(store)?.rows.values() ?? [])] as Row[]
  }

  /** Power fails: what was never forced onto the disk is lost from some point on. */
  losePower(): void {
    for (const transaction of this.#queue.splice(0)) transaction.takeBack()
    const keep = this.#kernel.between(0, this.#unflushed.length)
    for (const undo of this.#unflushed.splice(keep).reverse()) for (const act of undo.reverse()) act()
    this.#unflushed = []
  }

  #open(version: number): Request {
    const request = new Request()
    const owner = this.#kernel.current
    this.#kernel.after(this.#kernel.between(0, 3), owner, () => {
      request.result = this.#database()
      if (version > this.#version) {
        let isAborted = false
        request.transaction = { abort: () => (isAborted = true) }
        request.onupgradeneeded?.({ oldVersion: this.#version })
        if (isAborted) return request.fail(new DOMException('The opening was given up.', 'AbortError'))
        this.#version = version
      }
      request.succeed(request.result)
    })
    return request
  }

  #database(): unknown {
    return {
      onversionchange: null,
      close: () => undefined,
      createObjectStore: (name: string, { keyPath }: { keyPath: string }) => {
        const table: Table = { keyPath, rows: new Map(), indexes: new Map() }
        this.#tables.set(name, table)
        return {
          createIndex(index: string, path: string, { multiEntry = false } = {}): unknown {
            table.indexes.set(index, { keyPath: path, multiEntry })
            return this
          },
        }
      },
      deleteObjectStore: (name: string) => this.#tables.delete(name),
      transaction: (_names: string | string[], mode = 'readonly', { durability = 'default' }: { durability?: Durability } = {}) =>
        this.#begin(mode, durability),
    }
  }

  #begin(mode: string, durability: Durability): Transaction {
    const world: TransactionWorld = {
      table: (name) => {
        const table = this.#tables.get(name)
        if (!table) throw new DOMException(`There is no store ${name}.`, 'NotFoundError')
        return table
      },
      soon: (act) => void this.#kernel.after(this.#kernel.between(0, 1), transaction.owner, act),
      finish: () => this.#finish(transaction),
    }
    const transaction = new Transaction(this.#kernel.current, mode, durability, world)
    this.#queue.push(transaction)
    transaction.owner.onDeath.push(() => this.#ownerDied(transaction))
    // A transaction is active until the code that began it is done; then it runs when those before it are.
    this.#kernel.after(0, this.#process, () => this.#next())
    return transaction
  }

  #next(): void {
    const [first] = this.#queue
    if (first && !first.isRunning) this.#kernel.as(first.owner, () => first.run())
  }

  #finish(transaction: Transaction): void {
    const { mood } = this
    const isWrite = transaction.mode === 'readwrite'
    this.#kernel.after(isWrite ? this.#kernel.between(0, mood.slowest) : 0, this.#process, () => {
      if (this.#queue[0] !== transaction) return
      this.#queue.shift()
      const refused = isWrite && mood.isFull
      if (refused) transaction.takeBack()
      else if (transaction.durability === 'strict') this.#unflushed = []
      else if (transaction.undo.length > 0) this.#unflushed.push(transaction.undo)
      this.#kernel.after(this.#kernel.between(0, 1), transaction.owner, () => transaction.end(refused))
      this.#next()
    })
  }

  /** What was asked to commit may still; what was not is taken back. */
  #ownerDied(transaction: Transaction): void {
    const at = this.#queue.indexOf(transaction)
    if (at < 0 || (transaction.isCommitting && this.#kernel.chance(0.5))) return
    this.#queue.splice(at, 1)
    transaction.takeBack()
    this.#kernel.after(0, this.#process, () => this.#next())
  }
}

class Request {
  result: unknown
  error: Error | null = null
  onsuccess: (() => void) | null = null
  onerror: (() => void) | null = null
  onupgradeneeded: ((event: { oldVersion: number }) => void) | null = null
  transaction: { abort: () => void } | null = null

  fail(error: Error): void {
    this.error = error
    this.onerror?.()
  }

  succeed(result: unknown): void {
    this.result = result
    this.onsuccess?.()
  }
}

type TransactionWorld = { table: (name: string) => Table; soon: (act: () => void) => void; finish: () => void }

class Transaction {
  oncomplete: (() => void) | null = null
  onabort: (() => void) | null = null
  error: Error | null = null
  isRunning = false
  isCommitting = false
  readonly undo: Undo[] = []
  readonly owner: Process
  readonly mode: string
  readonly durability: Durability
  readonly #world: TransactionWorld
  readonly #asked: { request: Request; act: () => unknown }[] = []

  constructor(owner: Process, mode: string, durability: Durability, world: TransactionWorld) {
    this.owner = owner
    this.mode = mode
    this.durability = durability
    this.#world = world
  }

  commit(): void {}

  objectStore(name: string): unknown {
    const table = this.#world.table(name)
    const ask = (act: () => unknown): Request => {
      const request = new Request()
      this.#asked.push({ request, act })
      return request
    }
    const among = (index: string, key: unknown): [Key, Value][] => {
      const { keyPath, multiEntry } = table.indexes.get(index) ?? { keyPath: '', multiEntry: false }
      const has = (value: unknown): boolean => (multiEntry && Array.isArray(value) ? value.includes(key) : value === key)
      const found = [...table.rows].filter(([, row]) => (key === undefined ? row[keyPath] !== undefined : has(row[keyPath])))
      return found.sort(([, a], [, b]) =>
        key === undefined ? compare(a[keyPath] as Key, b[keyPath] as Key) : compare(a[table.keyPath] as Key, b[table.keyPath] as Key),
      )
    }
    return {
      transaction: this,
      put: (value: Value) => {
        const copy = structuredClone(value)
        return ask(() => this.#set(table, copy[table.keyPath] as Key, copy))
      },
      delete: (key: Key) => ask(() => this.#set(table, key, undefined)),
      get: (key: Key) => ask(() => structuredClone(table.rows.get(key))),
      getAll: () => ask(() => [...table.rows].sort(([a], [b]) => compare(a, b)).map(([, row]) => structuredClone(row))),
      index: (index: string) => ({
        getAll: (key?: unknown) => ask(() => among(index, key).map(([, row]) => structuredClone(row))),
        getAllKeys: (key?: unknown) => ask(() => among(index, key).map(([at]) => at)),
      }),
    }
  }

  run(): void {
    this.isRunning = true
    // All that is asked so far is one step; what its answers ask for is the next.
    const asked = this.#asked.splice(0)
    if (asked.length === 0) {
      this.isCommitting = true
      return this.#world.finish()
    }
    const results = asked.map(({ act }) => act())
    this.#world.soon(() => {
      for (const [at, { request }] of asked.entries()) request.succeed(results[at])
      this.#world.soon(() => this.run())
    })
  }

  end(refused: boolean): void {
    if (!refused) return this.oncomplete?.()
    this.error = new DOMException('The storage is full.', 'QuotaExceededError')
    this.onabort?.()
  }

  takeBack(): void {
    for (const act of this.undo.splice(0).reverse()) act()
  }

  #set(table: Table, key: Key, value: Value | undefined): void {
    const before = table.rows.get(key)
    this.undo.push(() => void (before ? table.rows.set(key, before) : table.rows.delete(key)))
    if (value) table.rows.set(key, value)
    else table.rows.delete(key)
  }
}

const compare = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0)
