import * as Y from 'yjs'
import { roomOf, rowsFromDocument } from '#app/replica/leader/early-list.ts'
import type { RowRef } from '#app/replica/protocol.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { Coverage } from './coverage.ts'
import type { Browser, Tab } from './fakes/browser.ts'
import type { FakePostgres } from './fakes/postgres.ts'
import { keptLists } from './kept-lists.ts'

/** One change somebody made, and what they were told of it. */
export type Edit = { room: RoomName; bytes: Uint8Array; touched: readonly RowRef[]; tab: Tab; isKept: boolean; isClaimed: boolean }

/** A promise Slipway gave and broke. */
export class BrokenPromise extends Error {
  override name = 'BrokenPromise'
}

/** Writes down every change and every claim of being saved, and holds the claims against the disks. */
export class Promises {
  readonly edits: Edit[] = []
  readonly #postgres: FakePostgres
  readonly #stored = new Map<RoomName, Coverage>()
  #seenSeq = 0
  /** Tabs whose page says that all is on the server, since it was last looked. */
  readonly #claiming = new Set<Tab>()

  constructor(postgres: FakePostgres) {
    this.#postgres = postgres
  }

  /** Listens to what a tab's page is told. Call it when the tab opens, before it edits. */
  watch(tab: Tab): void {
    const { sync, rooms } = tab.replica
    let made: Edit | null = null
    const wrote = sync.wrote.bind(sync)
    sync.wrote = (touched) => {
      const edit: Edit = (made = { room: '', bytes: new Uint8Array(), touched, tab, isKept: false, isClaimed: false })
      const kept = wrote(touched)
      return () => {
        // Where nothing is kept on this device, the change is only ever said to be saved when it is on the server.
        edit.isKept = true
        kept()
      }
    }
    const greet = rooms.onLoaded
    rooms.onLoaded = (room) => {
      greet(room)
      room.doc.on('update', (bytes: Uint8Array) => {
        if (!made) return
        Object.assign(made, { room: room.name, bytes })
        this.edits.push(made)
        made = null
      })
    }
    sync.view.subscribe(() => {
      if (sync.view.get().state === 'on the server') this.#claiming.add(tab)
      else this.#claiming.delete(tab)
    })
  }

  /** Call after every event: what a page says to be on the server is. */
  async check(): Promise<void> {
    if (this.#claiming.size === 0 || this.#postgres.isInTransaction) return
    const claiming = [...this.#claiming]
    this.#claiming.clear()
    const claimed = this.edits.filter((edit) => edit.isKept && !edit.isClaimed && claiming.includes(edit.tab))
    if (claimed.length === 0) return
    await this.#mustBeStored(claimed, 'was said to be on the server and is not')
    for (const edit of claimed) edit.isClaimed = true
  }

  /** The database came out of an older backup: what was claimed before, the server did have. Whether it comes back shows at the end. */
  setBack(): void {
    this.#stored.clear()
    this.#seenSeq = 0
    this.#claiming.clear()
    for (const edit of this.edits) edit.isClaimed = true
  }

  /** At the end: what was kept on a device reached the server. */
  async checkAll(): Promise<void> {
    this.#stored.clear()
    this.#seenSeq = 0
    await this.#mustBeStored(
      this.edits.filter((edit) => edit.isKept),
      'was kept on a device and never reached the server',
    )
  }

  /** After a browser lost its tabs or its power: what was said to be kept on this device is on its disk, and stands in what its next page draws first. */
  checkDisk(browser: Browser): void {
    this.#checkLists(browser)
    const kept = new Map<RoomName, Coverage>()
    learn(kept, browser.disk.rows<Stored>('log'), true)
    for (const edit of this.edits) {
      if (!edit.isKept || edit.tab.browser !== browser) continue
      const lacking = coverageIn(kept, edit.room).lacks(edit.bytes)
      if (lacking)
        throw new BrokenPromise(
          `${edit.tab.process.name} was told that its change in ${edit.room} is kept on this device: ${lacking} is not.`,
        )
    }
  }

  /** REPLICA-15: a row that was made or changed here, and is still there, is in every list that counts. */
  #checkLists(browser: Browser): void {
    const lists = keptLists(browser)
    if (lists.length === 0) return
    const docs = new Map<RoomName, Y.Doc>()
    for (const { room, bytes } of browser.disk.rows<Stored>('log')) {
      const doc = docs.get(room) ?? new Y.Doc()
      docs.set(room, doc)
      Y.applyUpdate(doc, bytes)
    }
    for (const { isKept, tab, room, touched } of this.edits) {
      const doc = docs.get(room)
      if (!isKept || tab.browser !== browser || !doc) continue
      for (const { list, rows } of lists) {
        const ids = touched.flatMap(([name, id]) => (name === list.collection && roomOf(list) === room ? [id] : []))
        for (const [id, row] of rowsFromDocument(list, room, doc, ids)) {
          if (row && !rows.some((one) => one.id === id))
            throw new BrokenPromise(`${browser.name} keeps a list of ${list.collection} without ${id}, which was written here.`)
        }
      }
    }
  }

  async #mustBeStored(edits: readonly Edit[], what: string): Promise<void> {
    await this.#learn(false)
    const missing = (edit: Edit): string | null => coverageIn(this.#stored, edit.room).lacks(edit.bytes)
    // What was merged between two looks stands in a snapshot; and a value that another took the place of counts as deleted.
    if (edits.some((edit) => missing(edit) !== null)) {
      this.#seenSeq = 0
      await this.#learn(true)
    }
    for (const edit of edits) {
      const lacking = missing(edit)
      if (lacking) throw new BrokenPromise(`A change of ${edit.tab.process.name} in ${edit.room} ${what}: ${lacking}.`)
    }
  }

  async #learn(withSnapshots: boolean): Promise<void> {
    type Row = Stored & { seq: number }
    const rows = await this.#postgres.look<Row>('select seq, room, bytes from journal_updates where seq > $1', [this.#seenSeq])
    for (const { seq } of rows) this.#seenSeq = Math.max(this.#seenSeq, Number(seq))
    if (withSnapshots) rows.push(...(await this.#postgres.look<Row>('select seq, room, bytes from journal_snapshots')))
    learn(this.#stored, rows, withSnapshots)
  }
}

type Stored = { room: RoomName; bytes: Uint8Array }

/** Takes note of stored updates; when they are all there are, also of what follows from them together. */
function learn(all: Map<RoomName, Coverage>, rows: readonly Stored[], areAll: boolean): void {
  const docs = new Map<RoomName, Y.Doc>()
  for (const { room, bytes } of rows) {
    coverageIn(all, room).add(bytes)
    if (!areAll) continue
    const doc = docs.get(room) ?? new Y.Doc()
    docs.set(room, doc)
    Y.applyUpdate(doc, bytes)
  }
  for (const [room, doc] of docs) coverageIn(all, room).add(Y.encodeStateAsUpdate(doc))
}

function coverageIn(all: Map<RoomName, Coverage>, room: RoomName): Coverage {
  const known = all.get(room)
  if (known) return known
  const coverage = new Coverage()
  all.set(room, coverage)
  return coverage
}
