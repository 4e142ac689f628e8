import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Entry } from '#server/journal/insert.ts'
import type { Journal } from '#server/journal/journal.ts'
import { mergeProven } from '#server/journal/merge.ts'
import type { Connection } from './connection.ts'
import { readFrame } from './frames.ts'
import { LARGE_UPDATE } from './large-updates.ts'
import { rangesBeside, rangesOf } from './ranges.ts'
import { Room, type Taken } from './room.ts'
import { readUpdateShape } from './update-frame.ts'

/** A room that nobody writes into needs no journal. */
const NO_JOURNAL = {} as Journal

/** All a document is, as an answer to the server's question. */
function answerOf(doc: Y.Doc): Taken {
  const update = Y.encodeStateAsUpdate(doc)
  return { update, shape: readUpdateShape(update), message: null }
}

function updatesOfTwo(): Uint8Array[] {
  const updates: Uint8Array[] = []
  const [ada, bob] = [new Y.Doc(), new Y.Doc()]
  for (const [doc, other] of [[ada, bob], [bob, ada]] as const) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      updates.push(update)
      Y.applyUpdate(other, update, 'other')
    })
  } // biome-ignore format: two pairs
  for (let at = 0; at < 60; at++) (at % 3 ? ada : bob).getText('t').insert(at >> 1, `${at} é😀`)
  return updates
}

const ADA = { identity: { memberId: 'ada' } } as unknown as Connection

describe('a room that takes an update', () => {
  it('ROOM-3 asks who joins for what is not on the disk yet, though it has it already', () => {
    const onTheWay: (() => void)[] = []
    const journal = { add: (_entry: unknown, stored: (seq: number) => void) => onTheWay.push(() => stored(1)) } as unknown as Journal
    const room = new Room('r', { snapshot: null, tail: [] }, journal)
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'abc')
    const asked = (): Map<number, number> => {
      const sent: Uint8Array[] = []
      room.join({ canWrite: true, send: (frame: Uint8Array) => sent.push(frame) } as unknown as Connection)
      const frame = readFrame(sent[0] ?? new Uint8Array())
      return Y.decodeStateVector(frame.kind === 'step1' ? frame.vector : new Uint8Array())
    }
    let isStored = false
    room.take(
      answerOf(doc),
      ADA,
      () => (isStored = true),
      () => expect.unreachable(),
    )
    expect([...asked()], 'it is forwarded, and not claimed').toEqual([])
    for (const arrive of onTheWay) arrive()
    expect(isStored).toBe(true)
    expect([...asked()]).toEqual([[doc.clientID, 3]])
  })
})

describe('a room whose database refuses an update', () => {
  it('ROOM-3 does not answer for it as known when it comes again, but stores it', async () => {
    let isRefusing = true
    const entries: unknown[] = []
    const journal = {
      add: (entry: unknown, stored: (seq: number) => void, failed: (reason: unknown) => void) => {
        entries.push(entry)
        if (isRefusing) failed(new Error('canceling statement due to statement timeout'))
        else stored(entries.length)
      },
      commit: async () => [],
    } as unknown as Journal
    const room = new Room('r', { snapshot: null, tail: [] }, journal)
    const doc = new Y.Doc()
    doc.getMap('m').set('k', 1)
    const answers: string[] = []
    const send = (): unknown =>
      room.take(
        answerOf(doc),
        ADA,
        () => answers.push('stored'),
        () => answers.push('failed'),
      )
    send()
    expect([room.tailLength, room.tailBytes, room.isIdle]).toEqual([0, 0, true])
    isRefusing = false
    send()
    send()
    await Promise.resolve()
    expect(answers).toEqual(['failed', 'stored', 'stored'])
    expect([entries.length, room.tailLength], 'and once only').toEqual([2, 1])
  })
})

describe('a room that is opened', () => {
  const told = (room: Room): [number, number][] => [...Y.decodeStateVector(room.stored.encode())].sort()
  const updates = updatesOfTwo()
  const tail = updates.slice(40).map((bytes, at) => ({ seq: 41 + at, bytes }))

  it('ROOM-1 claims the same history whether its snapshot said how far it reaches or was read', () => {
    const { bytes, vector } = mergeProven(updates.slice(0, 40))
    expect(vector).not.toBeNull()
    const quick = new Room('r', { snapshot: { seq: 40, bytes, vector }, tail }, NO_JOURNAL)
    const slow = new Room('r', { snapshot: { seq: 40, bytes, vector: null }, tail }, NO_JOURNAL)
    expect(told(quick)).toEqual(told(slow))
    expect(told(quick).length).toBe(2)
  })

  it('ROOM-1 claims the same history whether ranges stood beside a large update or it was read, and reads none that has them', () => {
    const large = mergeProven(updates).bytes
    const doc = new Y.Doc()
    Y.applyUpdate(doc, large)
    doc.getMap('m').set('picture', 'x'.repeat(LARGE_UPDATE))
    const bytes = Y.encodeStateAsUpdate(doc)
    const { ranges } = readUpdateShape(bytes)
    const beside = rangesBeside(bytes, ranges)
    expect(beside).toEqual(rangesBeside(bytes))
    expect([rangesBeside(large), ranges.length]).toEqual([null, 3])
    const read = new Room('r', { snapshot: null, tail: [{ seq: 1, bytes }] }, NO_JOURNAL)
    const spared = new Room('r', { snapshot: null, tail: [{ seq: 1, bytes: Uint8Array.of(255), ranges: beside }] }, NO_JOURNAL)
    expect(told(spared)).toEqual(told(read))
  })

  it('ROOM-4 has the ranges of a large update stored beside it', () => {
    const entries: Entry[] = []
    const journal = { add: (entry: Entry) => entries.push(entry) } as unknown as Journal
    const room = new Room('r', { snapshot: null, tail: [] }, journal)
    for (const text of ['short', 'long '.repeat(LARGE_UPDATE)]) {
      const doc = new Y.Doc()
      doc.getText('t').insert(0, text)
      const taken = answerOf(doc)
      room.take(
        taken,
        ADA,
        () => undefined,
        () => expect.unreachable(),
      )
      const { ranges } = entries.at(-1) ?? {}
      expect(ranges ? rangesOf({ bytes: Uint8Array.of(255), ranges }) : null).toEqual(text === 'short' ? null : taken.shape.ranges)
    }
  })

  it('ROOM-2 never claims what its log lacks, and all of it once the gap is filled', () => {
    const { bytes, vector } = mergeProven(updates.slice(0, 40).filter((_, at) => at !== 9))
    const room = new Room('r', { snapshot: { seq: 40, bytes, vector }, tail }, NO_JOURNAL)
    const whole = new Map(told(new Room('r', { snapshot: null, tail: updates.map((update, seq) => ({ seq, bytes: update })) }, NO_JOURNAL)))
    expect(told(room).some(([client, clock]) => clock < (whole.get(client) ?? 0))).toBe(true)
    room.adopt({ bytes: updates[9] ?? bytes, seq: 99 })
    expect(new Map(told(room))).toEqual(whole)
  })
})
