import { settleShortIds } from '#domain/attempts/settle-short-ids.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { Entry } from '#server/journal/insert.ts'
import { type Log, SaidOnce } from '#server/log.ts'

/** So long it gathers what comes, so that somebody who makes many cards one after the other has his board looked through a few times. */
const GATHER_MS = 150
const PROJECT = projectRoom('')
/** Stands in the bytes of every update that makes a card, and of hardly any other. */
const MARK = Buffer.from('shortId')
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * TASK-14: sees to it that no two cards of a project have one short id, when cards have come that somebody made without knowing of the
 * others. An edit that makes no card costs the search for one word in its bytes; no document is built for it.
 */
export class ShortIds {
  readonly #documents: Documents
  readonly #trouble: SaidOnce
  /** By project: the ids in the updates that made cards, as they came. */
  #heard = new Map<string, string[]>()
  #timer: NodeJS.Timeout | undefined
  #isSettling = false
  #isClosed = false

  constructor({ documents, log }: { documents: Documents; log: Log }) {
    this.#documents = documents
    this.#trouble = new SaidOnce((reason) => log.warn({ reason }, 'short ids of cards could not be compared'))
  }

  /** Told of every update that is durable now. */
  hear(entries: readonly Pick<Entry, 'room' | 'bytes'>[]): void {
    for (const { room, bytes } of entries) {
      if (!room.startsWith(PROJECT)) continue
      const words = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (!words.includes(MARK)) continue
      const projectId = room.slice(PROJECT.length)
      this.#heard.set(projectId, (this.#heard.get(projectId) ?? []).concat(words.toString('latin1').match(ID) ?? []))
      this.#plan()
    }
  }

  /** What is under way ends by itself; what was not looked at is, when the next card is made or one of the two is started. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  #plan(): void {
    if (this.#timer || this.#isSettling || this.#isClosed) return
    this.#timer = setTimeout(() => void this.#settle(), GATHER_MS)
    this.#timer.unref()
  }

  async #settle(): Promise<void> {
    this.#timer = undefined
    this.#isSettling = true
    const heard = this.#heard
    this.#heard = new Map()
    for (const [projectId, arrived] of heard) {
      await this.#documents.edit([call(settleShortIds, { projectId, arrived }, SYSTEM)]).then(
        () => this.#trouble.worked(),
        (thrown: unknown) => this.#trouble.failed(thrown),
      )
    }
    this.#isSettling = false
    if (this.#heard.size > 0) this.#plan()
  }
}
