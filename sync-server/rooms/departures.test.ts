import { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Identity } from '#server/gate/identity.ts'
import type { Journal } from '#server/journal/journal.ts'
import { Connection } from './connection.ts'
import { Departures } from './departures.ts'
import { Room } from './room.ts'
import { readUpdateShape } from './update-frame.ts'

afterEach(() => void vi.restoreAllMocks())

it('ROOM-5 an edit that comes alone is with its readers before the journal has it; of several the later ones leave together, in order', async () => {
  // What counts as alone is a matter of a millisecond: a busy machine takes longer between two lines.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const happened: string[] = []
  const journal = { add: () => happened.push('journal') } as unknown as Journal
  const room = new Room('r', { snapshot: null, tail: [] }, journal)
  const departures = new Departures()
  const enter = (memberId: string): Connection => {
    const note = (what: string, done: () => void): void => {
      happened.push(`${memberId} ${what}`)
      done()
    }
    const stream = new Duplex({
      write: (frame: Buffer, _encoding, done) => note(frame.includes('third') ? 'third' : 'one', done),
      writev: (frames, done) => note(`has ${frames.length}`, done),
    })
    const identity = { memberId } as Identity
    const connection = new Connection({ readyState: 1, OPEN: 1 } as WebSocket, stream, departures, {
      identity,
      canWrite: true,
      wantsAcks: true,
    })
    room.connections.add(connection)
    return connection
  }
  const [ada] = [enter('ada'), enter('bob'), enter('eve')]
  now += 5
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => {
    const shape = readUpdateShape(update)
    room.take(
      { update, shape, message: update },
      ada,
      () => undefined,
      () => expect.unreachable(),
    )
  })
  for (const word of ['first', 'second', 'third']) doc.getText('t').insert(0, word)
  expect(happened).toEqual(['bob one', 'eve one', 'journal', 'journal', 'journal'])
  await turn()
  expect(happened.slice(5)).toEqual(['bob has 2', 'eve has 2'])
  now += 5
  doc.getText('t').insert(0, 'third')
  expect(happened.slice(7)).toEqual(['bob third', 'eve third', 'journal'])
})
