import type { RoomName } from '#domain/core/rooms.ts'
import type { Statement } from '#domain/projection/project.ts'
import type { AskTables, FromTables, ToldByTables, ToTables, Wanted } from './protocol.ts'

type Waiting = { resolve: (told: never) => void; reject: (error: Error) => void }

/** The leader's end of the line to the database: asks in order, answered in order. */
export class TablesLine {
  /** How far each room's log is in the tables; known once they are open. */
  readonly positions = new Map<RoomName, number>()
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #next = 1
  /** Why the thread answers no more; what is asked of it then is told so too. */
  #lost: Error | null = null

  /** Starts the database's thread; nothing is opened yet. */
  constructor() {
    this.#worker = new Worker(new URL('./tables.worker.ts', import.meta.url), { type: 'module', name: 'tables' })
    this.#worker.onmessage = ({ data }: MessageEvent<FromTables>) => this.#hear(data)
    this.#worker.onerror = (event) => this.#lose(new Error(event.message || 'The database thread ended.'))
  }

  /** Opens the database, or makes it anew. Rejects where neither is possible. */
  async open(wanted: Wanted): Promise<void> {
    for (const [room, n] of await this.#ask({ kind: 'open', wanted })) this.positions.set(room, n)
  }

  /** Runs the statements of some rooms in one transaction, together with the positions they lead to. */
  async write(statements: readonly Statement[], positions: ReadonlyMap<RoomName, number>): Promise<void> {
    await this.#ask({ kind: 'write', statements, positions: [...positions] })
    for (const [room, n] of positions) this.positions.set(room, n)
  }

  /** A query's rows as the text of a JSON array. */
  read(sql: string, parameters: readonly unknown[]): Promise<string> {
    return this.#ask({ kind: 'read', sql, parameters })
  }

  #ask<A extends AskTables>(ask: A): Promise<ToldByTables[A['kind']]> {
    return new Promise((resolve, reject) => {
      if (this.#lost) return reject(this.#lost)
      const id = this.#next++
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ask } satisfies ToTables)
    })
  }

  #hear(message: FromTables): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('error' in message) waiting?.reject(new Error(message.error))
    else waiting?.resolve(message.told as never)
  }

  #lose(error: Error): void {
    this.#lost = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
