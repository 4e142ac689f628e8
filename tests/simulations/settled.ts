import * as Y from 'yjs'
import { listFromDocument, roomOf } from '#app/replica/leader/early-list.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import { storableJson } from '#domain/core/storable.ts'
import { collectionsIn, projectAll } from '#domain/projection/project.ts'
import type { Browser, Tab } from './fakes/browser.ts'
import type { FakePostgres } from './fakes/postgres.ts'
import { keptLists } from './kept-lists.ts'
import { BrokenPromise } from './promises.ts'
import { rowsOfDocument } from './tables.ts'

const tabsOf = (browsers: readonly Browser[]): Tab[] => browsers.flatMap(({ tabs }) => tabs)
const docOf = (tab: Tab, room: RoomName): Y.Doc | undefined => tab.replica.rooms.get(room)?.doc

/** What is not yet as it must be when all trouble is over, in words: everybody online, all of it on the server, all tabs alike. */
export function unsettled(browsers: readonly Browser[], rooms: readonly RoomName[]): string[] {
  const words: string[] = []
  const tabs = tabsOf(browsers)
  for (const tab of tabs) {
    const { state, sentence } = tab.replica.sync.view.get()
    if (!rooms.every((room) => docOf(tab, room))) words.push(`${tab.process.name} has not loaded its rooms`)
    else if (state !== 'on the server') words.push(`${tab.process.name} says: ${sentence}`)
    else if (tab.replica.sync.status.get().connection !== 'online') words.push(`${tab.process.name} is offline`)
  }
  if (words.length > 0) return words
  for (const room of rooms) {
    // What was deleted stands in no state vector: one tab may yet have to hear of it.
    const [first, ...others] = tabs.map((tab) => Y.snapshot(docOf(tab, room) ?? new Y.Doc()))
    if (first && !others.every((other) => Y.equalSnapshots(first, other))) words.push(`${room} differs between tabs`)
  }
  return words
}

/** Throws where two of those that should say the same do not: each tab's document, the server's log, each browser's tables. */
export async function mustBeEqual(browsers: readonly Browser[], rooms: readonly RoomName[], postgres: FakePostgres): Promise<void> {
  for (const room of rooms) {
    const stored = await storedDocument(postgres, room)
    const wanted = contentsOf(stored, room)
    for (const tab of tabsOf(browsers)) {
      if (contentsOf(docOf(tab, room), room) !== wanted)
        throw new BrokenPromise(`What the server stored of ${room} is not what ${tab.process.name} shows.`)
    }
    const rows = JSON.stringify(rowsOfDocument(stored, room))
    const names = collectionsIn(room).map((collection) => collection.name)
    for (const browser of browsers) mustBeKept(browser, room, stored)
    for (const { name, tables } of browsers) {
      if (JSON.stringify(tables.rowsIn(room, names)) !== rows)
        throw new BrokenPromise(`The tables of ${name} are not what the document of ${room} says.`)
    }
  }
}

/** Throws where what a browser keeps for its next start is not what its room says. */
function mustBeKept(browser: Browser, room: RoomName, stored: Y.Doc): void {
  for (const { list, rows } of keptLists(browser)) {
    if (roomOf(list) !== room) continue
    const wanted = JSON.parse(listFromDocument(list, room, (collection) => projectAll(stored, collection)))
    if (inOrder(rows) !== inOrder(wanted))
      throw new BrokenPromise(`${browser.name} keeps a list of ${list.collection} that ${room} does not say.`)
  }
}

const inOrder = (rows: Record<string, unknown>[]): string =>
  JSON.stringify([...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)).map(sortedKeys))

async function storedDocument(postgres: FakePostgres, room: RoomName): Promise<Y.Doc> {
  const rows = await postgres.look<{ bytes: Uint8Array }>(
    `select bytes from journal_updates where room = $1
     union all (select bytes from journal_snapshots where room = $1 order by seq desc limit 1)`,
    [room],
  )
  const doc = new Y.Doc()
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc
}

const contentsOf = (doc = new Y.Doc(), room: RoomName): string =>
  JSON.stringify(storableJson(Object.fromEntries(collectionsIn(room).map(({ name }) => [name, sortedKeys(doc.getMap(name).toJSON())]))))

/** The same object with its keys in order, all the way down. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  )
}
