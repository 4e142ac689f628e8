import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { judgeValues } from '#server/documents/judge-values.ts'
import { FieldMemory } from './field-memory.ts'
import { readUpdateShape } from './update-frame.ts'
import { boundsIn } from './value-bounds.ts'

const room = projectRoom('00000000-0000-7000-8000-00000000000a')
type Rows = Y.Map<Y.Map<unknown>>

const FIELDS = ['title', 'description', 'dueAt', 'labels', 'archived', 'wipLimit', 'name', 'emoji', 'updatedAt', 'unheard of', '!1.1']
const value = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom<unknown>(null, true, -1, 0.5, Number.NaN, [], ['a'], {}, new Uint8Array(2)),
)
const edit = fc.record({
  who: fc.nat(1),
  collection: fc.constantFrom('tasks', 'columns', 'reactions'),
  id: fc.nat(1),
  field: fc.constantFrom(...FIELDS),
  value,
  more: fc.boolean(),
})
type Edit = { who: number; collection: string; id: number; field: string; value: unknown; more: boolean }

/** Updates of two people who write what they like, several edits in one now and then. */
function updatesOf(edits: readonly Edit[]): Uint8Array[] {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  const updates: Uint8Array[] = []
  for (const [at, doc] of docs.entries()) {
    doc.clientID = at + 1
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other') updates.push(update)
    })
  }
  let under: Edit[] = []
  for (const one of edits) {
    under.push(one)
    if (one.more) continue
    const [doc, other] = one.who ? docs : [docs[1], docs[0]]
    doc.transact(() => {
      for (const { collection, id, field, value } of under) {
        const rows: Rows = doc.getMap(collection)
        if (!rows.has(`${id}`)) rows.set(`${id}`, new Y.Map<unknown>())
        rows.get(`${id}`)?.set(field, value)
      }
    })
    under = []
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)), 'other')
  }
  return updates
}

it('SCHEMA-3 what is let through without a document is what its schemas take, and what they take is let through where the fields are known', () => {
  let quick = 0
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      const memory = new FieldMemory(boundsIn(room))
      const document = new Y.Doc()
      for (const update of updatesOf(edits)) {
        const { values } = readUpdateShape(update)
        const learned = memory.judge(values ?? [])
        const judged = judgeValues(document, room, update)
        if (learned) {
          expect(judged).toHaveProperty('placed')
          memory.learn(values ?? [], learned)
          quick++
        }
        // Who is refused has no place in the document, nor has what he writes after it.
        if (!('placed' in judged)) return
        if (!learned) {
          memory.learn(
            judged.placed,
            judged.placed.map(({ collection, field }) => memory.place(collection, field)),
          )
        }
        Y.applyUpdate(document, update)
      }
    }),
    { numRuns: 500, seed: 1 },
  )
  expect(quick, 'most need no document').toBeGreaterThan(150)
})

it('SCHEMA-3 ordinary edits need a document once a field, and never where the row passed by', () => {
  const doc = new Y.Doc()
  const memory = new FieldMemory(boundsIn(room))
  const judged: boolean[] = []
  doc.on('update', (update: Uint8Array) => {
    const { values } = readUpdateShape(update)
    const learned = memory.judge(values ?? [])
    judged.push(learned !== null)
    if (learned) memory.learn(values ?? [], learned)
  })
  const rows: Rows = doc.getMap('tasks')
  rows.set('a', new Y.Map<unknown>(Object.entries({ title: 'T', dueAt: null, description: new Y.Text('words') })))
  for (let day = 0; day < 3; day++) rows.get('a')?.set('dueAt', day)
  const description = rows.get('a')?.get('description') as Y.Text
  description.insert(0, 'more ')
  rows.get('a')?.delete('dueAt')
  expect(judged).toEqual([true, true, true, true, true, true])
})

it('SCHEMA-3 of a field that is written again and again only the last value is kept in mind: it does not drive out the others', () => {
  const doc = new Y.Doc()
  const memory = new FieldMemory(boundsIn(room))
  let asked = 0
  doc.on('update', (update: Uint8Array) => {
    const { values } = readUpdateShape(update)
    const learned = memory.judge(values ?? [])
    if (learned) memory.learn(values ?? [], learned)
    else asked++
  })
  const rows: Rows = doc.getMap('tasks')
  for (const id of ['a', 'b']) rows.set(id, new Y.Map<unknown>(Object.entries({ title: 'T', dueAt: null })))
  for (let day = 0; day < 45_000; day++) rows.get('a')?.set('dueAt', day)
  rows.get('b')?.set('title', 'Still known')
  expect(asked).toBe(0)
})
