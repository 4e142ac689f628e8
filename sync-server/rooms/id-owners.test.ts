import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { Journal } from '#server/journal/journal.ts'
import type { Connection } from './connection.ts'
import { IdOwners, type Others } from './id-owners.ts'
import type { Denied } from './permission-denied.ts'
import { writeAwareness } from './presence.ts'
import { Room } from './room.ts'
import { encodeVarUints } from './state-vector.ts'
import { readUpdateShape } from './update-frame.ts'

/** A room whose database takes everything at once, or (`refuses`) nothing. */
function world() {
  const rows: Uint8Array[] = []
  const state = { refuses: false }
  const journal = {
    add: ({ bytes }: { bytes: Uint8Array }, stored: (seq: number) => void, failed: (reason: unknown) => void) =>
      state.refuses ? failed(new Error('no')) : stored(rows.push(bytes)),
    commit: async () => [],
    health: { ok: true },
  } as unknown as Journal
  const open = (owners = new IdOwners()): Room =>
    new Room('r', { snapshot: null, tail: rows.map((bytes, at) => ({ seq: at + 1, bytes })) }, journal, owners)
  return { open, rows, state, journal }
}

function enter(room: Room, memberId: string): Connection {
  const identity = { memberId, name: memberId }
  const connection = {
    identity,
    canWrite: true,
    wantsAcks: true,
    hasAnswered: true,
    send: () => 0,
    sendFramed: () => 0,
  }
  room.join(connection as unknown as Connection)
  return connection as unknown as Connection
}

const announce = (room: Room, connection: Connection, client: number, user = {}): void =>
  room.announce(connection, writeAwareness([{ client, clock: 1, state: JSON.stringify({ user }) }]))

/** Sends an update; `isAnswer`: to the server's question. */
function send(room: Room, from: Connection, update: Uint8Array, isAnswer = false): Denied | null {
  const taken = { update, shape: readUpdateShape(update), message: isAnswer ? null : update }
  const whole = room.cutOff(taken)
  return whole && room.take(whole, from, () => undefined, () => undefined)
} // biome-ignore format: one call

function person(words = ''): { doc: Y.Doc; write: (words: string) => Uint8Array } {
  const doc = new Y.Doc()
  const write = (more: string): Uint8Array => {
    const before = Y.encodeStateVector(doc)
    doc.getText('t').insert(doc.getText('t').length, more)
    return Y.encodeStateAsUpdate(doc, before)
  }
  if (words) write(words)
  return { doc, write }
}

/** Nothing at all under somebody's id, from a clock on up to 2^32: fourteen bytes. */
const nothingUnder = (client: number, clock: number): Uint8Array =>
  Uint8Array.of(1, 1, ...encodeVarUints([client, clock, 0, 2 ** 32 - 1 - clock]), 0)

const textIn = (rows: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (const row of rows) Y.applyUpdate(doc, row)
  return doc.getText('t').toString()
}

describe('the owner of a client id', () => {
  it('X15 is the one who goes on with it, also after he left: what he writes offline lands', () => {
    const { open, rows } = world()
    const room = open()
    const ada = person()
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    expect(send(room, here, ada.write('online '))).toBeNull()
    room.leave(here)

    const offline = ada.write('offline')
    const mallory = enter(room, 'mallory')
    announce(room, mallory, ada.doc.clientID)
    for (const isAnswer of [false, true]) expect(send(room, mallory, nothingUnder(ada.doc.clientID, 7), isAnswer)?.code).toBe('foreign-id')
    expect(send(room, enter(room, 'ada'), offline, true)).toBeNull()
    expect(textIn(rows)).toBe('online offline')
  })

  it('X15 is known in a room that was forgotten and opened again', () => {
    const { open } = world()
    const [first, ada] = [open(), person()]
    const here = enter(first, 'ada')
    announce(first, here, ada.doc.clientID)
    send(first, here, ada.write('words'))
    first.owners.loseSight()
    const again = open(first.owners)
    const forged = nothingUnder(ada.doc.clientID, 5)
    expect(send(again, enter(again, 'mallory'), forged)?.code, 'she may have gone to another server').toBe('come-again')
    expect(send(again, enter(again, 'ada'), ada.write(' and more'))).toBeNull()
    again.forgetInstance(9)
    expect(send(again, enter(again, 'bob'), ada.write(' forwarded there'), true)).toBeNull()
  })

  it('X15 is the one who is present with it, though he wrote nothing yet', () => {
    const { open, rows } = world()
    const [room, ada] = [open(), person()]
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    room.leave(here)
    expect(send(room, enter(room, 'mallory'), nothingUnder(ada.doc.clientID, 0))?.code).toBe('foreign-id')
    expect(send(room, enter(room, 'ada'), ada.write('first words'), true)).toBeNull()
    expect(textIn(rows)).toBe('first words')
  })

  it('X15 is not who repeats what he heard of somebody, who may have left by then', () => {
    const { open, rows } = world()
    const [room, ada] = [open(), person()]
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    room.leave(here)
    const later = open()
    announce(later, enter(later, 'bob'), ada.doc.clientID, { name: 'ada', memberId: 'ada' })
    expect(later.whoIsHere()).toEqual([])
    expect(send(later, enter(later, 'ada'), ada.write('first words'), true)).toBeNull()
    expect(textIn(rows)).toBe('first words')
  })

  it('X15 does not keep others from deleting what he wrote, or from bringing what is here already', () => {
    const { open, rows } = world()
    const [room, ada, bob] = [open(), person(), person()]
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    const words = ada.write('abc')
    send(room, here, words)
    Y.applyUpdate(bob.doc, words)
    bob.doc.getText('t').delete(0, 2)
    expect(send(room, enter(room, 'bob'), Y.encodeStateAsUpdate(bob.doc))).toBeNull()
    expect(textIn(rows)).toBe('c')
  })

  it('S26 is nobody where the server may have lost what it forwarded: whoever has it brings it, and the writer goes on', () => {
    const { open, rows } = world()
    const [room, ada, bob] = [open(), person(), person()]
    Y.applyUpdate(bob.doc, ada.write('lost '))
    const his = enter(room, 'bob')
    announce(room, his, bob.doc.clientID)
    for (const isAnswer of [true, false]) {
      expect(send(room, his, Y.encodeStateAsUpdate(bob.doc), isAnswer)).toBeNull()
      Y.applyUpdate(bob.doc, ada.write('and more '))
    }
    const hers = enter(room, 'ada')
    announce(room, hers, ada.doc.clientID)
    expect(send(room, hers, Y.encodeStateAsUpdate(ada.doc), true)).toBeNull()
    expect(send(room, hers, ada.write('and on'))).toBeNull()
    expect(textIn(rows)).toBe('lost and more and more and on')
  })

  it('X15 is forgotten for what the database refused: it was forwarded, and anybody may have it', () => {
    const { open, state, rows } = world()
    const [room, ada, bob] = [open(), person(), person()]
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    send(room, here, ada.write('one '))
    state.refuses = true
    send(room, here, ada.write('two '))
    state.refuses = false
    Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(ada.doc))
    expect(send(room, enter(room, 'bob'), Y.encodeStateAsUpdate(bob.doc), true)).toBeNull()
    expect(textIn(rows)).toBe('one two ')
  })

  it('X15 is known from another server; while that may be gone, whoever has more comes again, and when it is gone he is heard', () => {
    vi.useFakeTimers({ now: 1_000, toFake: ['Date'] })
    try {
      const { open, rows } = world()
      const [room, ada] = [open(), person()]
      room.adopt({ bytes: ada.write('one '), seq: 1 })
      room.hear(7, { client: ada.doc.clientID, clock: 1, state: '{}' }, 'ada')
      const bob = enter(room, 'bob')
      const more = ada.write('two ')
      expect(send(room, bob, more, true)?.code).toBe('come-again')
      vi.setSystemTime(40_000)
      expect(send(room, bob, more, true)?.code).toBe('foreign-id')
      // Another time it may be gone again.
      vi.setSystemTime(3_600_000)
      expect(send(room, bob, more, true)?.code).toBe('come-again')
      room.forgetInstance(7)
      expect(send(room, bob, more, true)).toBeNull()
      expect(rows).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('X15 may have gone to another server since: whoever has more comes again, as long as nothing is heard from there', () => {
    vi.useFakeTimers({ now: 1_000, toFake: ['Date'] })
    try {
      const { open, rows, journal } = world()
      const [room, ada, carol] = [open(), person(), person()]
      let others: Others = 'unknown'
      room.others = () => others
      const here = enter(room, 'ada')
      announce(room, here, ada.doc.clientID)
      send(room, here, ada.write('one '))
      const bob = enter(room, 'bob')
      Y.applyUpdate(carol.doc, Y.encodeStateAsUpdate(ada.doc))
      Y.applyUpdate(carol.doc, ada.write('two '))
      const more = Y.encodeStateAsUpdate(carol.doc)
      expect(send(room, bob, more, true)?.code, 'she is here and has told all she has').toBe('foreign-id')
      here.hasAnswered = false
      expect(send(room, bob, more, true)?.code, 'she is here and has yet to tell').toBe('come-again')
      room.leave(here)
      for (const now of [2_000, 30_000, 60_000, 600_000]) {
        vi.setSystemTime(now)
        expect(send(room, bob, more, true)?.code, `after ${now} ms`).toBe('come-again')
      }
      others = 'known'
      vi.setSystemTime(620_000)
      expect(send(room, bob, more, true)?.code).toBe('come-again')
      vi.setSystemTime(651_000)
      journal.health = { ok: false, sentence: 'The disk is full.', since: 640_000 }
      expect(send(room, bob, more, true)?.code, 'nor can it be stored there').toBe('come-again')
      journal.health = { ok: true }
      expect(send(room, bob, more, true)?.code).toBe('come-again')
      vi.setSystemTime(682_000)
      expect(send(room, bob, more, true)?.code).toBe('foreign-id')
      room.forgetInstance(7)
      expect(send(room, bob, more, true), 'she may have been there').toBeNull()
      expect(textIn(rows)).toBe('one two ')
    } finally {
      vi.useRealTimers()
    }
  })

  it('X15 goes with who owns it to another server, and is lost with that', () => {
    const { open } = world()
    const [room, ada] = [open(), person()]
    const here = enter(room, 'ada')
    announce(room, here, ada.doc.clientID)
    send(room, here, ada.write('here '))
    room.leave(here)
    room.hear(7, { client: ada.doc.clientID, clock: 2, state: '{}' }, 'ada')
    room.forgetInstance(7)
    expect(send(room, enter(room, 'bob'), ada.write('forwarded there'), true)).toBeNull()
  })

  it('X15 is the server for what it writes itself', () => {
    const { open } = world()
    const [room, server] = [open(), person('by the server')]
    room.adopt({ bytes: Y.encodeStateAsUpdate(server.doc), seq: 1 }, true)
    expect(send(room, enter(room, 'mallory'), nothingUnder(server.doc.clientID, 13))?.code).toBe('foreign-id')
  })

  it('X15 an update that begins in what is here is taken without that part, whatever it says there', () => {
    const { open, rows } = world()
    const [room, ada] = [open(), person()]
    const here = enter(room, 'ada')
    send(room, here, ada.write('abc'))
    const other = new Y.Doc()
    other.clientID = ada.doc.clientID
    other.getText('t').insert(0, 'xyz and on')
    expect(send(room, here, Y.encodeStateAsUpdate(other))).toBeNull()
    expect(textIn(rows)).toBe('abc and on')
    expect(rows.map((row) => readUpdateShape(row).ranges[0]?.start)).toEqual([0, 3])
  })
})
