import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { rowsOf } from '#domain/core/document.ts'
import { personRoom, projectRoom } from '#domain/core/rooms.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { Follower, openTables, rowsIn, rowsOfDocument, run } from '#tests/simulations/tables.ts'
import { collectionsIn, projectFromScratch } from './project.ts'

/** What a text in the format of COPY, an SQL literal or a JSON value could break at. */
const WORDS = [
  '',
  'N',
  '\\N',
  '\\.',
  '\\',
  '\\\\t',
  'tab\there',
  'two\nlines\r\nmore',
  "it's",
  '"quoted"',
  '$1',
  '漢字 🙂',
  '\ud83d',
  '\0',
  'null',
  '{}',
]
const VALUES = [null, 0, -0, -1.5, 1e21, 5e-324, true, false, [], [...WORDS], { deep: [{ 'a\tb\\': 'c\nd' }, null] }, ...WORDS]

let db: PGlite
beforeAll(async () => {
  db = await openTables()
})
afterAll(() => db.close())

it('S27 a room of many rows is in its tables as in its document, whatever stands in it and whatever the tables held', async () => {
  const room = projectRoom('01900000-0000-7000-8000-000000000001')
  const doc = new Y.Doc()
  const follower = new Follower(db, room)
  follower.watch(doc)
  const write = (from: number, count: number, shift: number): void =>
    doc.transact(() => {
      for (let at = from; at < from + count; at++) {
        const map = new Y.Map<unknown>()
        for (const [n, field] of tasks.fields.entries()) map.set(field.name, VALUES[(at + shift * n) % VALUES.length])
        for (const stamp of ['createdAt', 'updatedAt', 'createdBy']) map.set(stamp, VALUES[(at * shift) % VALUES.length])
        rowsOf(doc, tasks).set(`card ${at} ${WORDS[at % 6]}`, map)
      }
    })
  write(0, 300, 1)
  expect(projectFromScratch(doc, room).filter(({ copied }) => copied)).toHaveLength(1)
  await run(db, projectFromScratch(doc, room))
  expect(await rowsIn(db, room)).toEqual(rowsOfDocument(doc, room))

  // Some by small steps, some not at all, and all again.
  write(200, 200, 7)
  await follower.flush()
  expect(await rowsIn(db, room)).toEqual(rowsOfDocument(doc, room))
  await db.exec(`update tasks set title = 'damaged', "dueAt" = 1 where id like 'card 1%'; delete from tasks where id like 'card 2%'`)
  await run(db, projectFromScratch(doc, room))
  expect(await rowsIn(db, room)).toEqual(rowsOfDocument(doc, room))
})

it('ROOM-1 of what stands in a person’s own room only what is personal is a row', () => {
  const room = personRoom('01900000-0000-7000-8000-000000000003')
  expect(collectionsIn(room).map(({ name }) => name)).toEqual([
    'boardViews',
    'changeLooks',
    'viewedFiles',
    'looks',
    'mentionLooks',
    'choices',
  ])
})

/** Letters that no table packs: longer than an index takes. */
const ENDLESS = Array.from({ length: 4_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('')

it.each([
  ['an id with U+0000', 'a\0', {}],
  ['an id with half a letter', 'a\ud83d', {}],
  ['an id without end', ENDLESS, {}],
  ['a number of its own without end', 'odd', { shortId: ENDLESS }],
  ['a place without end', 'odd', { columnId: ENDLESS, order: ENDLESS }],
  ['a card before it without end', 'odd', { dependsOn: ['b', ENDLESS] }],
])('S27 a row of a hostile client with %s holds up no other row of its room', async (_, id, fields) => {
  const room = projectRoom('01900000-0000-7000-8000-000000000002')
  const doc = new Y.Doc()
  const follower = new Follower(db, room)
  follower.watch(doc)
  const write = (id: string, fields: object): void => {
    rowsOf(doc, tasks).set(id, new Y.Map(Object.entries(fields)))
  }
  await run(db, projectFromScratch(doc, room))
  write(id, { title: 'Odd', ...fields })
  write('good', { title: 'Good' })
  await follower.flush()
  const { tasks: inTables } = await rowsIn(db, room)
  expect(inTables).toMatchObject(id === 'odd' ? [{ id: 'good' }, { id: 'odd', title: 'Odd' }] : [{ id: 'good' }])
  expect(await rowsIn(db, room)).toEqual(rowsOfDocument(doc, room))
  await run(db, projectFromScratch(doc, room))
  expect(await rowsIn(db, room)).toEqual(rowsOfDocument(doc, room))
  rowsOf(doc, tasks).delete(id)
  await follower.flush()
  expect((await rowsIn(db, room)).tasks).toMatchObject([{ id: 'good' }])
})
