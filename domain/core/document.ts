import * as Y from 'yjs'
import { type Collection, isNoted, type NewRowOf, type PatchOf, type PlainRow, type RowOf, readField, readRow } from './collection.ts'
import { noteChange, noteTyped, type PastChange } from './history.ts'
import { type Edit, noteEdit, putBack } from './lost-values.ts'
import type { FieldChange, RowChange } from './row-change.ts'
import { sameValue } from './same-value.ts'
import { isStorableId, storable, storableJson } from './storable.ts'
import { changeBetween, commonEnds, type TextChange } from './text-change.ts'
import { isUnread, withUnread } from './unread.ts'
import type { World } from './world.ts'

/** The rows of one collection in one document: a Y.Map of Y.Maps by id. */
export function rowsOf(doc: Y.Doc, collection: Collection): Y.Map<Y.Map<unknown>> {
  return doc.getMap(collection.name)
}

/** A row's map, or undefined where there is none. What is no map, or has an id that no table can hold, is no row: a foreign client wrote it. */
export function rowAt(doc: Y.Doc, collection: Collection, id: string): Y.Map<unknown> | undefined {
  const map = rowsOf(doc, collection).get(id)
  return map instanceof Y.Map && isStorableId(id) ? map : undefined
}

/** Goes through the maps of all rows of a collection. */
export function eachRow(doc: Y.Doc, collection: Collection, see: (id: string, map: Y.Map<unknown>) => void): void {
  rowsOf(doc, collection).forEach((map, id) => {
    if (map instanceof Y.Map && isStorableId(id)) see(id, map)
  })
}

/**
 * One room's document as commands see it: rows in, rows out. Reading answers guarded rows; writing touches only the
 * fields named, so that two people editing different fields of a card both win.
 */
export class RoomTx {
  readonly doc: Y.Doc
  readonly world: World
  /** What was done so far, in order. */
  readonly changes: RowChange[] = []

  constructor(doc: Y.Doc, world: World) {
    this.doc = doc
    this.world = world
  }

  /** The row, or undefined where there is none. */
  get<C extends Collection>(collection: C, id: string): RowOf<C> | undefined {
    const map = rowAt(this.doc, collection, id)
    return map && (readRow(collection, id, map) as RowOf<C>)
  }

  /** Every row of the collection in this room, in no particular order. */
  all<C extends Collection>(collection: C): RowOf<C>[] {
    const rows: PlainRow[] = []
    eachRow(this.doc, collection, (id, map) => rows.push(readRow(collection, id, map)))
    return rows as RowOf<C>[]
  }

  /** Some fields of every row: what a rule that looks over a whole board should ask for, so that it stays quick on a large one. */
  pick<C extends Collection, K extends keyof RowOf<C> & string>(
    collection: C,
    names: readonly K[],
  ): (Pick<RowOf<C>, K> & { id: string })[] {
    const fields = collection.fields.filter((field) => (names as readonly string[]).includes(field.name))
    const rows: Record<string, unknown>[] = []
    eachRow(this.doc, collection, (id, map) => {
      const row: Record<string, unknown> = { id }
      for (const field of fields) row[field.name] = readField(field, map.get(field.name))
      rows.push(row)
    })
    return rows as (Pick<RowOf<C>, K> & { id: string })[]
  }

  /** Adds a row stamped with now and the actor; its id is the one given or a fresh one. An id that exists is left as it is. */
  create<C extends Collection>(collection: C, given: NewRowOf<C>): string {
    const { id = this.world.newId(), ...values } = given as Record<string, unknown> & { id?: string }
    const rows = rowsOf(this.doc, collection)
    if (rows.has(id)) return id
    const map = new Y.Map<unknown>()
    const { now, actor } = this.world
    map.set('createdAt', now)
    map.set('updatedAt', now)
    map.set('createdBy', actor)
    for (const field of collection.fields) {
      if (isNoted(field.kind)) continue
      const value = values[field.name] ?? structuredCopy(field.fallback)
      if (field.kind === 'text') map.set(field.name, new Y.Text(typeof value === 'string' ? storable(value) : ''))
      // What is read where nothing stands need not stand there: a third of a card, in every document, log and browser.
      else if (!sameValue(value, readField(field, undefined))) map.set(field.name, value)
    }
    rows.set(id, map)
    this.changes.push({ kind: 'created', collection, id })
    return id
  }

  /** Puts a row back with everything it had, as `rawValues` copied it: stamps and undeclared fields too. An id that exists is left as it is. */
  restore(collection: Collection, id: string, values: Readonly<Record<string, unknown>>): void {
    const rows = rowsOf(this.doc, collection)
    if (rows.has(id)) return
    const map = new Y.Map<unknown>()
    for (const [name, value] of Object.entries(values)) map.set(name, value)
    rows.set(id, map)
    this.changes.push({ kind: 'created', collection, id })
  }

  /**
   * Writes the fields named in the patch that differ from what is there. Long text is replaced by the smallest edit that makes it
   * so; of a list, items that cannot be read here stay.
   */
  update<C extends Collection>(collection: C, id: string, patch: PatchOf<C>): void {
    const map = rowAt(this.doc, collection, id)
    if (!map) return
    const before = readRow(collection, id, map)
    const fields: Record<string, FieldChange> = {}
    const { clientID } = this.doc
    for (const field of collection.fields) {
      const given = (patch as Record<string, unknown>)[field.name]
      if (isNoted(field.kind) || given === undefined || sameValue(before[field.name], given)) continue
      const stood = map.get(field.name)
      const value = withUnread(field, stood, given)
      const change: FieldChange = { before: isUnread(field, stood) ? stood : before[field.name], after: value }
      fields[field.name] = change
      if (collection.contested.includes(field.name)) {
        const edit: Edit = { value, by: this.world.actor, at: this.world.now }
        change.used = noteEdit(map, field.name, storableJson(change.before), edit, clientID)
      }
      if (field.kind === 'text') replaceText(this.text(collection, id, field.name), String(value ?? ''))
      else map.set(field.name, value)
    }
    if (Object.keys(fields).length === 0) return
    map.set('updatedAt', this.world.now)
    this.#remember(collection, map, fields)
    this.changes.push({ kind: 'changed', collection, id, fields })
  }

  /** HISTORY-1: who changed what, in the row itself. */
  #remember(collection: Collection, map: Y.Map<unknown>, fields: Readonly<Record<string, FieldChange>>): void {
    const isText = (name: string): boolean => collection.fields.some((field) => field.name === name && field.kind === 'text')
    const kept = Object.entries(fields)
      .filter(([name]) => collection.remembered.includes(name))
      .map(([name, change]) => [name, isText(name) ? changeBetween(String(change.before), String(change.after)) : change])
    if (kept.length === 0) return
    const change = { by: this.world.actor, at: this.world.now, fields: Object.fromEntries(kept) } as PastChange
    noteChange(map, change, this.doc.clientID)
  }

  /**
   * HISTORY-5: what somebody typed into a shared text since a moment, one change of the row however often it is noted; null where it reads again as it did. The
   * text itself was changed letter by letter.
   */
  typed(collection: Collection, id: string, field: string, since: number, change: TextChange | null): void {
    const map = rowAt(this.doc, collection, id)
    if (!map) return
    const past = change && { by: this.world.actor, at: this.world.now, fields: { [field]: change } }
    noteTyped(map, `${since}.${this.doc.clientID}.${field}`, past)
    map.set('updatedAt', this.world.now)
  }

  /** VERSION-2: false where the field's word is none that this version has. */
  knows<C extends Collection>(collection: C, id: string, name: keyof RowOf<C> & string): boolean {
    const map = rowsOf(this.doc, collection).get(id)
    const field = collection.fields.find((one) => one.name === name)
    const word = map instanceof Y.Map ? map.get(name) : undefined
    return !field?.words || typeof word !== 'string' || field.words.includes(word)
  }

  /** Lists values as lost again that came into use and went out of it: the other half of taking back an update. */
  loseAgain(collection: Collection, id: string, field: string, edits: readonly Edit[]): void {
    const map = rowsOf(this.doc, collection).get(id)
    if (map instanceof Y.Map) for (const edit of edits) putBack(map, field, edit, this.doc.clientID)
  }

  /** The shared text of a long-text field, created empty where a foreign client left it out. The row must exist. */
  text(collection: Collection, id: string, field: string): Y.Text {
    const map = rowsOf(this.doc, collection).get(id)
    if (!(map instanceof Y.Map)) throw new Error(`no row ${id} in ${collection.name}`)
    const found = map.get(field)
    if (found instanceof Y.Text) return found
    const text = new Y.Text(typeof found === 'string' ? found : '')
    map.set(field, text)
    return text
  }

  /** Deletes the row for everybody. */
  remove(collection: Collection, id: string): void {
    const rows = rowsOf(this.doc, collection)
    const map = rows.get(id)
    if (!rows.has(id)) return
    this.changes.push({ kind: 'removed', collection, id, values: map instanceof Y.Map ? rawValues(map) : {} })
    rows.delete(id)
  }
}

/**
 * Makes a shared text read `next` by cutting and inserting only what lies between the common beginning and end, so other
 * carets stay put. Never cuts a surrogate pair in two: half a pair is lost on its way to others.
 */
export function replaceText(text: Y.Text, given: string): void {
  const now = text.toString()
  const next = storable(given)
  const { start, end } = commonEnds(now, next)
  if (now.length - end > start) text.delete(start, now.length - end - start)
  if (next.length - end > start) text.insert(start, next.slice(start, next.length - end))
}

/**
 * Everything a row's map holds as JSON, stamps and undeclared fields too, in an order that is the same everywhere; a shared text
 * as its words. Null where there is no row.
 */
export function rawRow(doc: Y.Doc, collection: Collection, id: string): Record<string, unknown> | null {
  const map = rowsOf(doc, collection).get(id)
  if (!(map instanceof Y.Map)) return null
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, value]) => [name, value instanceof Y.AbstractType ? value.toJSON() : storableJson(value)]))
}

/** Copies of everything a row's map holds, stamps and undeclared fields too; a shared type stands in one document at most once. */
function rawValues(map: Y.Map<unknown>): Record<string, unknown> {
  return Object.fromEntries([...map].map(([name, value]) => [name, value instanceof Y.AbstractType ? value.clone() : value]))
}

function structuredCopy(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value
}
