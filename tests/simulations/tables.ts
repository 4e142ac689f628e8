import type { PGlite } from '@electric-sql/pglite'
import type * as Y from 'yjs'
import { startOn } from '#app/replica/tables/engine.ts'
import { Prepared } from '#app/replica/tables/prepared.ts'
import { Unkept } from '#app/replica/tables/unkept.ts'
import type { RoomKind, RoomName } from '#domain/core/rooms.ts'
import { collections, collectionsOf } from '#domain/projection/collections.ts'
import {
  collectionsIn,
  type Dirty,
  projectAll,
  projectChanges,
  projectFromScratch,
  type Statement,
  watchRows,
} from '#domain/projection/project.ts'
import { deleteAllRows } from '#domain/projection/tables.ts'
import { prebuiltDirectory } from '../../bin/prebuilt-database.ts'

/** A real database with the projected tables, empty, as a browser begins with it. */
export async function openTables(): Promise<PGlite> {
  const db = await startOn(new Unkept(prebuiltDirectory))
  // Tables stay small here: a plan made once is good for good, and making it again would be most of the work.
  await db.exec('set plan_cache_mode = auto')
  for (const kind of new Set(collections.map(({ room }) => room))) await db.exec(`prepare "rows in a ${kind}"(text) as ${selectRows(kind)}`)
  return db
}

const prepared = new WeakMap<PGlite, Prepared>()

/** Runs the statements in one transaction, as a browser does. */
export async function run(db: PGlite, statements: readonly Statement[]): Promise<void> {
  const there = prepared.get(db) ?? new Prepared(db)
  prepared.set(db, there)
  await there.run(statements)
}

const selectRows = (kind: RoomKind): string => {
  const parts = collectionsOf(kind).map(
    ({ name }) =>
      `(select coalesce(json_agg(to_jsonb(row) - 'room' order by row.id collate "C"), '[]') from "${name}" row where room = $1) as "${name}"`,
  )
  return `select ${parts.join(', ')}`
}

/** Everything the tables hold of a room, by collection, in the order of ids. */
export async function rowsIn(db: PGlite, room: RoomName): Promise<Record<string, unknown[]>> {
  const [answer] = await db.exec(`execute "rows in a ${room.split('/')[0]}"('${room}')`)
  return (answer?.rows[0] ?? {}) as Record<string, unknown[]>
}

/** The same, read from the document without any table. */
export function rowsOfDocument(doc: Y.Doc, room: RoomName): Record<string, unknown[]> {
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
  const entries = collectionsIn(room).map((collection) => [collection.name, projectAll(doc, collection).sort(byId)])
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)))
}

/** Takes every row of the room out of the tables. */
export async function empty(db: PGlite, room: RoomName): Promise<void> {
  await run(
    db,
    collectionsIn(room).map((collection) => ({ sql: deleteAllRows(collection), parameters: [room] })),
  )
}

/** Empties the room's tables and builds them from the document alone. */
export async function rebuild(db: PGlite, doc: Y.Doc, room: RoomName): Promise<void> {
  await empty(db, room)
  await run(db, projectFromScratch(doc, room))
}

/** Keeps a room's tables current by small steps, as the leader of a browser does. */
export class Follower {
  private readonly dirty: Dirty = new Map()
  private stop: () => void = () => undefined
  private doc: Y.Doc | undefined
  private readonly db: PGlite
  private readonly room: RoomName

  constructor(db: PGlite, room: RoomName) {
    this.db = db
    this.room = room
  }

  /** Watches a document from now on; after a restart, its next life. */
  watch(doc: Y.Doc): void {
    this.stop()
    this.doc = doc
    this.stop = watchRows(doc, this.room, (collection, id) => {
      const ids = this.dirty.get(collection.name) ?? new Set()
      this.dirty.set(collection.name, ids.add(id))
    })
  }

  /** Brings the tables up to now. */
  async flush(): Promise<void> {
    if (!this.doc) return
    const statements = projectChanges(this.doc, this.room, this.dirty)
    this.dirty.clear()
    await run(this.db, statements)
  }
}
