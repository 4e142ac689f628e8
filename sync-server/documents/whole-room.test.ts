import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { projectRoom } from '#domain/core/rooms.ts'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import { isWhole, wholeRoom } from './whole-room.ts'

const room = projectRoom('00000000-0000-7000-8000-00000000000a')
type Rows = Y.Map<Y.Map<unknown>>

/** A document as a server has it after two people wrote in it: cards made, retitled, typed in and deleted, update by update. */
function lived(seed: number): Y.Doc {
  const dice = seededDice(seed)
  const upTo = (most: number): number => Math.floor(dice() * most)
  const people = [new Y.Doc(), new Y.Doc()] as const
  const server = new Y.Doc()
  people.forEach((doc, at) => {
    doc.clientID = 1 + at * 10 + upTo(5)
    doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'other' && Y.applyUpdate(server, update))
  })
  for (let deed = 0; deed < 14; deed++) {
    const [doc, other] = dice() < 0.5 ? people : [people[1], people[0]]
    const cards: Rows = doc.getMap('tasks')
    const id = `card ${upTo(2)}`
    const text = cards.get(id)?.get('description') as Y.Text | undefined
    const choice = upTo(6)
    if (choice === 0) doc.transact(() => cards.set(id, new Y.Map<unknown>([['title', 'T'], ['description', new Y.Text('abc')]]))) // biome-ignore format: a row
    if (choice === 1) cards.get(id)?.set('title', `T ${deed}`)
    if (choice === 2) cards.delete(id)
    if (choice === 3) text?.insert(upTo(text.length + 1), `q${deed}`)
    if (choice === 4 && text && text.length > 1) text.delete(upTo(text.length - 1), 1)
    if (choice === 5) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)), 'other')
  }
  return server
}

/** A life whose document, as it came to be, is in more pieces than one read from its update. */
const IN_PIECES = 1259

test('WHOLE-1 a document read from its own whole is whole in the same bytes, however it came to be', () => {
  for (const seed of [IN_PIECES, ...Array(100).keys()]) {
    const { update, rows } = wholeRoom(lived(seed), room)
    const again = new Y.Doc()
    Y.applyUpdate(again, update)
    const second = wholeRoom(again, room)
    expect(Buffer.compare(second.update, update), `seed ${seed}`).toBe(0)
    expect(second.rows).toBe(rows)
    expect(isWhole(update, room)).toBe(true)
  }
  const doc = lived(IN_PIECES)
  expect(Buffer.compare(Y.encodeStateAsUpdate(doc), wholeRoom(doc, room).update), 'merging matters').not.toBe(0)
})
