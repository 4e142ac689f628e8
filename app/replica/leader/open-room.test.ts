import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { projectAll } from '#domain/projection/project.ts'
import { tasks } from '#domain/tasks/schema.ts'
import type { LogRow } from './log-store.ts'
import { buildDocument, mergeRows } from './open-room.ts'

const room = projectRoom('01900000-0000-7000-8000-000000000001')

/** Edits by two people who see each other's rows only sometimes, as log rows. */
function history(edits: readonly { by: number; id: number; title: string; gone: boolean; meet: boolean }[]): LogRow[] {
  const people = [new Y.Doc(), new Y.Doc()]
  const rows: LogRow[] = []
  for (const { by, id, title, gone, meet } of edits) {
    const doc = people[by] as Y.Doc
    doc.once('update', (bytes: Uint8Array) => rows.push({ n: rows.length + 1, room, bytes }))
    doc.transact(() => {
      const cards = doc.getMap<Y.Map<unknown>>('tasks')
      const known = cards.get(String(id))
      if (gone) cards.delete(String(id))
      else if (known) known.set('title', title)
      else cards.set(String(id), new Y.Map(Object.entries({ title })))
      doc.getMap('other').set('tick', rows.length)
    })
    if (meet) for (const one of people) for (const row of rows) Y.applyUpdate(one, row.bytes)
  }
  return rows
}

/** The log after its first rows were merged into the last of them. */
function mergedUpTo(n: number, rows: readonly LogRow[]): LogRow[] {
  return [{ n, room, bytes: mergeRows(rows.slice(0, n)) ?? new Uint8Array() }, ...rows.slice(n)]
}

const edits = fc.array(fc.record({ by: fc.nat(1), id: fc.nat(4), title: fc.string(), gone: fc.boolean(), meet: fc.boolean() }), {
  minLength: 1,
  maxLength: 30,
})
const shown = (doc: Y.Doc) => projectAll(doc, tasks).sort((a, b) => (a.id < b.id ? -1 : 1))

describe('a room built from its log', () => {
  it('REPLICA-5 catching up notes every row that differs between the position and the head, or writes all anew where merging hid that', () => {
    fc.assert(
      fc.property(edits, fc.nat(), fc.nat(), (given, cut, seam) => {
        const rows = history(given)
        const position = 1 + (cut % rows.length)
        const merged = 1 + (seam % rows.length)
        const noted = new Set<string>()
        const { doc, scratch } = buildDocument(room, mergedUpTo(merged, rows), position, (_collection, id) => noted.add(id))
        const before = new Map(
          shown(buildDocument(room, rows.slice(0, position), undefined, () => undefined).doc).map((row) => [row.id, row]),
        )
        const after = new Map(shown(doc).map((row) => [row.id, row]))
        expect(scratch).toBe(position < merged)
        if (scratch) return
        for (const id of new Set([...before.keys(), ...after.keys()])) {
          if (JSON.stringify(before.get(id)) !== JSON.stringify(after.get(id))) expect(noted).toContain(id)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('REPLICA-5 tables that claim more than the log has, or nothing, are written anew; those that stand at a merged row are not', () => {
    const rows = history([
      { by: 0, id: 1, title: 'Quay', gone: false, meet: false },
      { by: 0, id: 1, title: '', gone: true, meet: false },
    ])
    const isScratch = (of: readonly LogRow[], position: number | undefined) => buildDocument(room, of, position, () => undefined).scratch
    expect([undefined, 0, 1, 2, 3].map((position) => isScratch(rows, position))).toEqual([true, true, false, false, true])
    expect([undefined, 0, 1, 2, 3].map((position) => isScratch(mergedUpTo(2, rows), position))).toEqual([true, true, true, false, true])
  })

  it('REPLICA-14 the merged row says what the rows said', () => {
    fc.assert(
      fc.property(edits, (given) => {
        const rows = history(given)
        const bytes = mergeRows(rows)
        expect(bytes).not.toBeNull()
        const merged = new Y.Doc()
        Y.applyUpdate(merged, bytes as Uint8Array)
        expect(shown(merged)).toEqual(shown(buildDocument(room, rows, undefined, () => undefined).doc))
      }),
      { numRuns: 200 },
    )
  })

  it('REPLICA-14 rows that wait for one that is missing are not merged', () => {
    const rows = history([
      { by: 0, id: 1, title: 'one', gone: false, meet: false },
      { by: 0, id: 1, title: 'two', gone: false, meet: false },
    ])
    expect(mergeRows(rows.slice(1))).toBeNull()
  })
})
