import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { defineCollection } from './collection.ts'
import { RoomTx, rowsOf } from './document.ts'
import { pastChanges } from './history.ts'

const cards = defineCollection({
  name: 'cards',
  room: 'project',
  schema: z.object({
    title: z.string(),
    words: z.string().default(''),
    labels: z.array(z.string()).default([]),
    order: z.string().default(''),
    history: pastChanges,
  }),
  longText: ['words'],
  remembered: ['title', 'words', 'labels'],
})
type Patch = { title?: string; labels?: string[]; order?: string }
const device = (from?: Y.Doc) => {
  const doc = new Y.Doc()
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const tx = (actor: string, now: number) => new RoomTx(doc, { now, actor, newId: () => 'c', random: Math.random })
  const set = (actor: string, now: number, patch: Patch) => doc.transact(() => tx(actor, now).update(cards, 'c', patch))
  return { doc, tx, set, history: () => tx('', 0).get(cards, 'c')?.history ?? [] }
}
function made() {
  const first = device()
  first.tx('ada', 1).create(cards, { id: 'c', title: 'Pay' })
  return first
}

test('HISTORY-1 B28 a row knows who changed which of its fields, when, from what to what; of a list what went and what came', () => {
  const { set, history } = made()
  set('ada', 5, { title: 'Pay by card', labels: ['ui', 'api'], order: 'b' })
  set('agent:Opus', 6, { labels: ['api', 'db'] })
  for (const patch of [{ order: 'c' }, { title: 'Pay by card' }]) set('bob', 7, patch)
  expect(history()).toEqual([
    { by: 'ada', at: 5, fields: { title: { before: 'Pay', after: 'Pay by card' }, labels: { before: [], after: ['ui', 'api'] } } },
    { by: 'agent:Opus', at: 6, fields: { labels: { before: ['ui'], after: ['db'] } } },
  ])
})

test('HISTORY-2 changes made apart are all there, in one order on every device; who knew of one comes after it, whatever the clocks say', () => {
  const ada = made()
  const bob = device(ada.doc)
  for (const title of ['One', 'Two']) ada.set('ada', 10, { title })
  bob.set('bob', 10, { title: 'Three' })
  bob.set('bob', 4, { title: 'Four' })
  for (const [to, from] of [[ada, bob], [bob, ada]] as const) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc)) // biome-ignore format: a pair
  expect(ada.history()).toEqual(bob.history())
  expect(ada.history()).toHaveLength(4)
  const madeBy = (who: string) => ada.history().filter(({ by }) => by === who).map(({ fields }) => fields.title?.after) // biome-ignore format: one line
  expect([madeBy('ada'), madeBy('bob')]).toEqual([['One', 'Two'], ['Three', 'Four']]) // biome-ignore format: one line
  ada.set('ada', 2, { title: 'Five' })
  expect(ada.history().at(-1)).toMatchObject({ by: 'ada', at: 2 })
})

test('HISTORY-3 the oldest give way past a hundred, and what a foreign client wrote is left out', () => {
  const { doc, set, history } = made()
  for (let at = 1; at <= 120; at++) set('ada', at, { title: `Title ${at}` })
  expect([history().length, history()[0]?.at, history().at(-1)?.at]).toEqual([100, 21, 120])
  rowsOf(doc, cards).get('c')?.set('!121.7', { by: 7 })
  expect(history().at(-1)?.at).toBe(120)
})

test('HISTORY-5 what is typed is one change of the row however often it is noted, and none once it reads as before', () => {
  const { doc, tx, set, history } = made()
  const typed = (now: number, since: number, after: string | null) =>
    doc.transact(() => tx('ada', now).typed(cards, 'c', 'words', since, after === null ? null : { before: '', after }))
  set('bob', 5, { title: 'Pay by card' })
  for (const [now, words] of [[10, 'The'], [12, 'The sum']] as const) typed(now, 5, words) // biome-ignore format: a pair
  expect(history().map(({ by, at }) => [by, at])).toEqual([['bob', 5], ['ada', 12]]) // biome-ignore format: a pair
  expect(history()[1]?.fields).toEqual({ words: { before: '', after: 'The sum' } })
  typed(14, 5, null)
  expect(history().map(({ by }) => by)).toEqual(['bob'])
})

test('HISTORY-4 HISTORY-5 a command that sets a shared text keeps what it changed of it, and no more', () => {
  const { tx, history } = made()
  const long = 'word '.repeat(400)
  tx('ada', 2).update(cards, 'c', { words: `${long}one` })
  tx('agent:Opus', 3).update(cards, 'c', { words: `${long}two` })
  const kept = history()[1]?.fields.words as { before: string; after: string } | undefined
  expect([kept?.before.slice(-4), kept?.after.slice(-4)]).toEqual([' one', ' two'])
  expect(kept?.before.length).toBeLessThan(50)
})
