import type * as Y from 'yjs'
import type { Collection, PlainRow } from '#domain/core/collection.ts'
import { projectAll } from '#domain/projection/project.ts'

/**
 * Rows read out of documents, kept until their document changes or the tables have them: before the tables are open a page
 * asks for the very rows that they want next, and to read ten thousand takes half a second.
 */
export class RowsRead {
  #kept = new WeakMap<Y.Doc, Map<Collection, PlainRow[]>>()

  /** Every row of a collection, kept for who asks next. */
  of(doc: Y.Doc, collection: Collection): PlainRow[] {
    const known = this.#kept.get(doc) ?? this.#watch(doc)
    const rows = known.get(collection) ?? projectAll(doc, collection)
    known.set(collection, rows)
    return rows
  }

  /** Every row of a collection, for the last who asks. */
  take(doc: Y.Doc, collection: Collection): PlainRow[] {
    const known = this.#kept.get(doc)
    const rows = known?.get(collection) ?? projectAll(doc, collection)
    known?.delete(collection)
    return rows
  }

  /** Keeps nothing any longer. */
  forget(): void {
    this.#kept = new WeakMap()
  }

  #watch(doc: Y.Doc): Map<Collection, PlainRow[]> {
    const rows = new Map<Collection, PlainRow[]>()
    this.#kept.set(doc, rows)
    doc.once('update', () => this.#kept.delete(doc))
    return rows
  }
}
