import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { messages } from '#domain/interviews/schema.ts'
import { collections } from '#domain/projection/collections.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { RoomTx, replaceText, rowsOf } from './document.ts'

const card = { projectId: 'p', title: 'T', status: 'todo' as const, columnId: 'c', order: 'a0' }

test('DOCUMENT-1 a created row carries id, stamps, defaults and its own Y.Text', () => {
  const room = new RoomTx(new Y.Doc(), seededWorld(1, 'ada'))
  const id = room.create(tasks, { ...card, description: 'long' })
  expect(room.get(tasks, id)).toMatchObject({
    id,
    title: 'T',
    description: 'long',
    labels: [],
    priority: 'none',
    createdBy: 'ada',
    createdAt: room.world.now,
  })
  expect(rowsOf(room.doc, tasks).get(id)?.get('description')).toBeInstanceOf(Y.Text)
})

test.each(collections)(
  'DOCUMENT-1 a row of $name that was given nothing reads as declared, and nothing stands in it that need not',
  (collection) => {
    const room = new RoomTx(new Y.Doc(), seededWorld(1, 'ada'))
    const id = room.create(collection, {} as never)
    const row = room.get(collection, id) as Record<string, unknown>
    for (const { name, fallback } of collection.fields) expect(row[name], name).toEqual(fallback)
    const stands = [...(rowsOf(room.doc, collection).get(id)?.keys() ?? [])].filter((name) => !/^(created|updated)/.test(name))
    const texts = collection.fields.filter(({ kind }) => kind === 'text').map(({ name }) => name)
    // Null is what is read where nothing stands: a default beside it has to be written.
    const chosen = collection.fields.filter(({ nullable, fallback }) => nullable && fallback !== null).map(({ name }) => name)
    expect(stands.sort()).toEqual([...texts, ...chosen].sort())
  },
)

test('DOCUMENT-2 creating an id that exists leaves the row as it is', () => {
  const room = new RoomTx(new Y.Doc(), seededWorld(2))
  room.create(tasks, { ...card, id: 'one' })
  room.create(tasks, { ...card, id: 'one', title: 'other' })
  expect(room.get(tasks, 'one')?.title).toBe('T')
})

test.each(['a\0', 'a\ud83d', 'a'.repeat(401)])(
  'DOCUMENT-2 what a foreign client wrote under an id that no table can hold is no row: %j',
  (id) => {
    const room = new RoomTx(new Y.Doc(), seededWorld(2))
    rowsOf(room.doc, tasks).set(id, new Y.Map(Object.entries(card)))
    room.create(tasks, { ...card, id: 'a'.repeat(400) })
    expect(room.get(tasks, id)).toBeUndefined()
    expect(room.all(tasks)).toHaveLength(1)
    expect(room.pick(tasks, ['title'])).toHaveLength(1)
  },
)

test('DOCUMENT-3 an update writes only what differs, and touches updatedAt only then', () => {
  const world = seededWorld(3)
  const doc = new Y.Doc()
  new RoomTx(doc, world).create(tasks, { ...card, id: 'one', labels: ['x'] })
  const later = new RoomTx(doc, { ...world, now: world.now + 5 })
  const before = Y.encodeStateVector(doc)
  later.update(tasks, 'one', { title: 'T', labels: ['x'], priority: undefined })
  expect(Y.encodeStateVector(doc)).toEqual(before)
  later.update(tasks, 'one', { title: 'U' })
  expect(later.get(tasks, 'one')).toMatchObject({ title: 'U', updatedAt: world.now + 5 })
})

test('DOCUMENT-4 two people editing different fields of a card both win', () => {
  const one = new Y.Doc()
  const two = new Y.Doc()
  new RoomTx(one, seededWorld(4)).create(tasks, { ...card, id: 'one' })
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
  new RoomTx(one, seededWorld(5)).update(tasks, 'one', { title: 'from one' })
  new RoomTx(two, seededWorld(6)).update(tasks, 'one', { priority: 'high' })
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
  expect(new RoomTx(one, seededWorld(7)).get(tasks, 'one')).toMatchObject({ title: 'from one', priority: 'high' })
})

test('DOCUMENT-5 a patch or a removal of a row that is gone does nothing', () => {
  const room = new RoomTx(new Y.Doc(), seededWorld(8))
  room.update(tasks, 'nobody', { title: 'x' })
  room.remove(tasks, 'nobody')
  expect(room.all(tasks)).toEqual([])
})

test('DOCUMENT-6 where a foreign client put something else in a row’s place, commands see no row', () => {
  const doc = new Y.Doc()
  doc.getMap('tasks').set('odd', 'a string')
  const room = new RoomTx(doc, seededWorld(9))
  expect([room.get(tasks, 'odd'), room.all(tasks), room.pick(tasks, ['title'])]).toEqual([undefined, [], []])
})

test('DOCUMENT-7 pick reads the fields named and the id', () => {
  const room = new RoomTx(new Y.Doc(), seededWorld(10))
  room.create(columns, { id: 'c', projectId: 'p', name: 'To do', status: 'todo', order: 'a0' })
  expect(room.pick(columns, ['name', 'order'])).toEqual([{ id: 'c', name: 'To do', order: 'a0' }])
})

test('DOCUMENT-8 a long text a foreign client wrote as a plain string becomes a shared one when somebody types', () => {
  const doc = new Y.Doc()
  const row = new Y.Map<unknown>([['content', 'plain']])
  doc.getMap('messages').set('m', row)
  const room = new RoomTx(doc, seededWorld(11))
  expect(room.text(messages, 'm', 'content').toString()).toBe('plain')
  expect(row.get('content')).toBeInstanceOf(Y.Text)
})

/** Texts whose signs share halves: 😀 and 😁 begin alike, 😀 and 🨀 end alike. */
const words = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '🨀', 'é'), maxLength: 6 })

test('DOCUMENT-9 replacing a text cuts and inserts only between the common beginning and end', () => {
  fc.assert(
    fc.property(words, words, words, words, (head, from, to, tail) => {
      const text = new Y.Doc().getText('t')
      text.insert(0, head + from + tail)
      let touched = 0
      text.observe((event) => {
        for (const part of event.delta) touched += (part.delete ?? 0) + (typeof part.insert === 'string' ? part.insert.length : 0)
      })
      replaceText(text, head + to + tail)
      expect(text.toString()).toBe(head + to + tail)
      // Half a surrogate pair at either border goes with the pair.
      expect(touched).toBeLessThanOrEqual(from.length + to.length + 4)
      const other = new Y.Doc()
      if (text.doc) Y.applyUpdate(other, Y.encodeStateAsUpdate(text.doc))
      expect(other.getText('t').toString()).toBe(head + to + tail)
    }),
  )
})

test('DOCUMENT-10 half a surrogate pair, which no other device would receive, never gets into a shared text', () => {
  const room = new RoomTx(new Y.Doc(), seededWorld(12))
  const id = room.create(tasks, { ...card, description: 'half \ud83d' })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(room.doc))
  expect(rowsOf(other, tasks).get(id)?.toJSON()).toEqual(rowsOf(room.doc, tasks).get(id)?.toJSON())
  room.update(tasks, id, { description: '\ude00 other half' })
  expect(room.text(tasks, id, 'description').toString()).toBe('\ufffd other half')
})
