import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { inPieces } from './in-pieces.ts'

/** What somebody does: who, where, what. */
const deed = fc.record({
  who: fc.nat(3),
  where: fc.nat(200),
  what: fc.constantFrom('text', 'row', 'field', 'delete', 'hear', 'hear', 'bold'),
  words: fc.string({ unit: 'binary' }),
})
type Deed = { who: number; where: number; what: string; words: string }

/** Four people's documents after all of it; each hears of the others now and then. */
function after(deeds: readonly Deed[]): Y.Doc[] {
  const docs = Array.from({ length: 4 }, () => new Y.Doc())
  for (const [at, doc] of docs.entries()) doc.clientID = at + 1
  for (const { who, where, what, words } of deeds) {
    const doc = docs[who] as Y.Doc
    const text = doc.getText('text')
    const rows = doc.getMap<Y.Map<unknown>>('rows')
    const row = rows.get(String(where % 5))
    const at = where % (text.length + 1)
    if (what === 'text') text.insert(at, words)
    if (what === 'bold') text.format(at, Math.min(3, text.length - at), { bold: true })
    if (what === 'row') rows.set(String(where % 5), new Y.Map([['title', words]]))
    if (what === 'field') row?.set('title', words)
    if (what === 'delete' && text.length > at) text.delete(at, Math.min(4, text.length - at))
    if (what === 'hear') Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[where % 4] as Y.Doc))
  }
  return docs
}

const told = (doc: Y.Doc): unknown => ({ text: doc.getText('text').toDelta(), rows: doc.getMap('rows').toJSON() })

test.prop([fc.array(deed, { minLength: 60, maxLength: 120, size: 'max' }), fc.integer({ min: 20, max: 400 })])(
  'REPLICA-29 pieces in their order say what the whole says, and none waits for a later one',
  (deeds, most) => {
    const [ada, , , bob] = after(deeds) as [Y.Doc, Y.Doc, Y.Doc, Y.Doc]
    const whole = new Y.Doc()
    Y.applyUpdate(whole, Y.encodeStateAsUpdate(bob))
    const inParts = new Y.Doc()
    Y.applyUpdate(inParts, Y.encodeStateAsUpdate(bob))
    const update = Y.encodeStateAsUpdate(ada, Y.encodeStateVector(bob))
    Y.applyUpdate(whole, update)
    for (const piece of inPieces(update, most)) {
      Y.applyUpdate(inParts, piece)
      expect(inParts.store.pendingStructs).toBeNull()
    }
    expect(told(inParts)).toEqual(told(whole))
    expect(Y.equalSnapshots(Y.snapshot(inParts), Y.snapshot(whole))).toBe(true)
  },
)

it('REPLICA-29 a piece is as large as it may be, and only what cannot be cut is larger', () => {
  const doc = new Y.Doc()
  for (let at = 0; at < 300; at++) doc.getMap('rows').set(`row ${at}`, new Y.Map([['title', 'x'.repeat(100)]]))
  doc.getMap('rows').set('large', 'y'.repeat(5_000))
  const pieces = inPieces(Y.encodeStateAsUpdate(doc), 2_000)
  const sizes = pieces.map(({ length }) => length)
  expect(sizes.filter((size) => size > 2_100)).toEqual([expect.closeTo(5_030, -2)])
  expect(sizes.slice(0, -3).every((size) => size > 1_700)).toBe(true)
})

it('REPLICA-29 what is small is left as it is', () => {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'a')
  const update = Y.encodeStateAsUpdate(doc)
  expect(inPieces(update)).toEqual([update])
  expect(inPieces(update)[0]).toBe(update)
})

it('REPLICA-29 of what has gaps nothing is lost', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  for (let at = 0; at < 40; at++) doc.getMap('rows').set(`row ${at}`, 'x'.repeat(20))
  const gaps = Y.mergeUpdates(updates.filter((_, at) => at % 4 !== 1))
  const other = new Y.Doc()
  for (const piece of inPieces(gaps, 200)) Y.applyUpdate(other, piece)
  for (const update of updates.filter((_, at) => at % 4 === 1)) Y.applyUpdate(other, update)
  expect(told(other)).toEqual(told(doc))
})
