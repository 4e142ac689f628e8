import * as Y from 'yjs'
import { z } from 'zod'
import { readField } from './collection.ts'
import { defineCommand, type Tx } from './command.ts'
import { type RoomTx, rowsOf } from './document.ts'
import { accept, refuse } from './refusal.ts'
import type { RoomChanges, RowChange } from './row-change.ts'
import { sameValue } from './same-value.ts'

/** What is to be taken back. */
export type TakenBack = {
  step: readonly RoomChanges[]
  /** What of the step others wrote over since. */
  touched: ReadonlySet<RowChange>
}

/**
 * Takes back what a command did, latest first, as a command like any other: it can itself be taken back. A row is taken
 * back whole or not at all: it stays as it is where others wrote over it, where a field no longer reads as the command left
 * it, where it was created and something stands on it, where it is gone or there again. Answers what stayed; refused where
 * all of it did.
 */
export const takeBack = defineCommand({
  name: 'takeBack',
  input: z.custom<TakenBack>(),
  rooms: ({ step }) => step.map(({ room }) => room),
  run(tx, { step, touched }) {
    const needed = neededRows(tx, step, touched)
    const stayed: RowChange[] = []
    let taken = 0
    for (const { room, changes } of [...step].reverse()) {
      for (const change of [...changes].reverse()) {
        if (!touched.has(change) && takeBackRow(tx.room(room), change, needed)) taken++
        else stayed.push(change)
      }
    }
    if (taken === 0) return refuse('somebody-changed-it', 'Somebody else has changed this since.')
    return accept(stayed)
  },
})

function takeBackRow(room: RoomTx, change: RowChange, needed: ReadonlySet<string>): boolean {
  const { collection, id } = change
  if (change.kind === 'removed') {
    if (rowsOf(room.doc, collection).has(id)) return false
    room.restore(collection, id, change.values)
    return true
  }
  const row = room.get(collection, id) as Record<string, unknown> | undefined
  if (!row) return false
  if (change.kind === 'created') {
    if (needed.has(id)) return false
    room.remove(collection, id)
    return true
  }
  const fields = Object.entries(change.fields)
  const read = (name: string, value: unknown): unknown => {
    const field = collection.fields.find((one) => one.name === name)
    return field ? readField(field, value) : value
  }
  if (!fields.every(([name, { after }]) => sameValue(row[name], read(name, after)))) return false
  room.update(collection, id, Object.fromEntries(fields.map(([name, { before }]) => [name, before])))
  for (const [name, { used }] of fields) if (used) room.loseAgain(collection, id, name, used)
  return true
}

/**
 * Of the rows a step created, those that cannot go: what others wrote in, what other rows name (as a card names its column),
 * and what was made together with such a row and names it (the columns of a project that stays).
 */
function neededRows(tx: Tx, step: readonly RoomChanges[], touched: ReadonlySet<RowChange>): Set<string> {
  const made = step.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'created')
  const created = new Set(made.map(({ id }) => id))
  const needed = new Set(made.filter((change) => touched.has(change)).map(({ id }) => id))
  if (created.size === 0) return needed
  const namedBy = new Map<string, Set<string>>()
  for (const { room } of step) {
    const { doc } = tx.room(room)
    for (const [name, found] of doc.share as Map<string, Y.AbstractType<unknown>>) {
      // A collection that nobody here has read, of a newer version perhaps, is no map yet.
      const rows = Object.getPrototypeOf(found) === Y.AbstractType.prototype && found._map.size > 0 ? doc.getMap(name) : found
      if (!(rows instanceof Y.Map)) continue
      rows.forEach((row: unknown, id) => {
        if (!(row instanceof Y.Map)) return
        row.forEach((value) => {
          for (const name of Array.isArray(value) ? value : [value]) {
            if (!created.has(name)) continue
            if (!created.has(id)) needed.add(name)
            else namedBy.set(name, (namedBy.get(name) ?? new Set()).add(id))
          }
        })
      })
    }
  }
  // A set grows while it is walked through.
  for (const id of needed) for (const part of namedBy.get(id) ?? []) needed.add(part)
  return needed
}
