import type * as Y from 'yjs'
import type { Collection } from '#domain/core/collection.ts'
import { rowsOf } from '#domain/core/document.ts'
import type { RowChange } from '#domain/core/row-change.ts'

/** Stands for a row as a whole: it came, or went. */
const WHOLE = ''

/**
 * Which rows and fields were written elsewhere, and when, counted in changes. A value alone does not tell: somebody may have
 * written on purpose what stood there already.
 */
export class OthersWrites {
  /** How many changes came from elsewhere so far. */
  clock = 0
  readonly #rows = new Map<string, Map<string, number>>()

  /** Watches a document from now on; `isOthers` tells by a transaction's origin whether it came from elsewhere. */
  constructor(doc: Y.Doc, collections: readonly Collection[], isOthers: (origin: unknown) => boolean) {
    for (const collection of collections) {
      rowsOf(doc, collection).observeDeep((events, { origin }) => {
        if (!isOthers(origin)) return
        this.clock++
        for (const event of events) this.#note(collection, event)
      })
    }
  }

  /** True where somebody else wrote, after `clock`, what this change is about: its fields, or anything of a row it created. */
  touched(change: RowChange, clock: number): boolean {
    const fields = this.#rows.get(`${change.collection.name} ${change.id}`)
    if (!fields || change.kind === 'removed') return false
    const asked = change.kind === 'created' ? fields.keys() : [...Object.keys(change.fields), WHOLE]
    for (const field of asked) if ((fields.get(field) ?? 0) > clock) return true
    return false
  }

  #note(collection: Collection, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const [id, field] = event.path
    if (typeof id !== 'string') for (const row of event.changes.keys.keys()) this.#write(collection, row, WHOLE)
    else if (typeof field === 'string') this.#write(collection, id, field)
    else for (const name of event.changes.keys.keys()) this.#write(collection, id, name)
  }

  #write(collection: Collection, id: string, field: string): void {
    const key = `${collection.name} ${id}`
    const fields = this.#rows.get(key) ?? new Map<string, number>()
    this.#rows.set(key, fields)
    fields.set(field, this.clock)
  }
}
