import { loadRoom } from '#server/journal/load.ts'
import type { Log } from '#server/log.ts'
import type { Db } from '#server/postgres/pool.ts'
import { readSettings } from '#server/settings/stored-settings.ts'
import { messageOf } from '#server/start-refusal.ts'
import { Thread } from '#server/threads/thread.ts'
import type { Blobs } from './blobs.ts'
import { sweep } from './sweep.ts'

const HOUR = 60 * 60 * 1000
/** A server that just started has other things to do. */
const FIRST = 10 * 60 * 1000
const PATIENCE = 60_000

type Parts = { db: Db; blobs: Blobs; log: Log }

/** Looks once an hour whether unused files are to be swept, once a day by whichever server on this database, and tidies this server's folder then. */
export class Sweeper {
  readonly #parts: Parts
  #timer: NodeJS.Timeout | undefined
  #thread: Thread<Uint8Array[], string[]> | null = null
  #clearedAt = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#again(), FIRST)
    this.#timer.unref()
  }

  /** A sweep may be left at any place, and so nobody waits for it. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#thread?.stop()
  }

  async #again(): Promise<void> {
    await this.run(Date.now()).catch((thrown: unknown) => {
      if (this.#timer) this.#parts.log.warn({ reason: messageOf(thrown) }, 'unused files could not be swept; tried again in an hour')
    })
    if (this.#timer) this.#timer = setTimeout(() => void this.#again(), HOUR).unref()
  }

  /** One look. `now`: milliseconds since 1970. */
  async run(now: number): Promise<void> {
    const { db, blobs, log } = this.#parts
    await blobs.learn()
    // Documents are built where nobody waits for another one.
    const thread = new Thread<Uint8Array[], string[]>('sync-server/blobs/names-thread.ts', PATIENCE)
    this.#thread = thread
    const names = async (room: string): Promise<string[]> => {
      const { snapshot, tail } = await loadRoom(db, room)
      return await thread.ask([...(snapshot ? [snapshot.bytes] : []), ...tail.map(({ bytes }) => bytes)])
    }
    const keepDays = async (): Promise<number> => (await readSettings(db))['pictures.keepDays']
    const removed = await sweep({ db, names, keepDays }, now).finally(() => thread.stop())
    if (removed) log.info({ removed }, 'files that nothing names were removed')
    if (!removed && now - this.#clearedAt < 24 * HOUR) return
    this.#clearedAt = now
    await blobs.clear()
  }
}
