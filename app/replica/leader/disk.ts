import { openStore } from '../idb.ts'
import { patiently } from '../patiently.ts'

/** A browser that is still clearing a store opens none. */
const CLEARED_MS = 5_000

/** Why nothing can be kept: the store is of a newer version, or there is none to be had. */
export type NoDisk = 'newer' | 'memory'

/**
 * The connection to the browser's store. A person, an extension or the browser itself may empty the store under a running
 * page: the connection is then dead, and another one is opened.
 */
export class Disk {
  /** The store was made by this opening: whatever there was before is gone. */
  readonly wasEmpty: boolean
  /** Called when the store was found emptied. What is written from now on goes to the new one. */
  onEmptied: () => void = () => undefined
  readonly #name: string
  #database: IDBDatabase
  #opening: Promise<void> | null = null

  private constructor(name: string, database: IDBDatabase, wasEmpty: boolean) {
    this.#name = name
    this.#database = database
    this.wasEmpty = wasEmpty
    this.#watch()
  }

  /** Opens the store, or says why there is none. */
  static async open(name: string): Promise<Disk | NoDisk> {
    // Without locks every tab leads for itself, and they must not share a store.
    if (!navigator.locks) return 'memory'
    try {
      const { database, wasEmpty } = await openStore(name)
      return new Disk(name, database, wasEmpty)
    } catch (error) {
      return error instanceof DOMException && error.name === 'VersionError' ? 'newer' : 'memory'
    }
  }

  get database(): IDBDatabase {
    return this.#database
  }

  /** Does something with the store; where its connection turns out to be dead, on another one. */
  async with<T>(act: (database: IDBDatabase) => Promise<T>): Promise<T> {
    try {
      return await act(this.#database)
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
      await this.#openAgain()
      return act(this.#database)
    }
  }

  #watch(): void {
    const database = this.#database
    // The browser cleared it.
    database.onclose = () => void this.#openAgain().catch(() => undefined)
    database.onversionchange = ({ newVersion }) => {
      // Deleted by hand, or wanted by a newer version of the app, which must not wait for this one.
      database.close()
      if (newVersion === null) void this.#openAgain().catch(() => undefined)
    }
  }

  #openAgain(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #open(): Promise<void> {
    const { database, wasEmpty } = await patiently('AbortError', CLEARED_MS, () => openStore(this.#name))
    this.#database = database
    this.#watch()
    if (wasEmpty) this.onEmptied()
  }
}
