import { describe, expect, it } from 'vitest'
import type { LeaderStatus } from '../protocol.ts'
import { sayUnreadable } from './say-device.ts'
import { describeSync, NO_PICTURES, SyncState } from './sync-state.ts'

const status = (part: Partial<LeaderStatus>): LeaderStatus => ({
  storage: 'kept',
  refusal: '',
  thrownAway: null,
  connection: 'online',
  starting: false,
  reason: '',
  trouble: '',
  coming: 0,
  rooms: {},
  ...part,
})

describe('the three honest states', () => {
  it.each([
    ['nothing waits', {}, 0, 0, 'on the server'],
    ['the server has yet to say so', {}, 1, 0, 'on this device'],
    ['the disk has yet to say so', {}, 0, 1, 'not saved'],
    ['the disk refuses', { storage: 'failing' as const }, 3, 1, 'not saved'],
    ['the browser keeps nothing', { storage: 'memory' as const, connection: 'offline' as const }, 1, 0, 'not saved'],
    ['the browser keeps nothing but the server has it', { storage: 'memory' as const }, 0, 0, 'on the server'],
    ['offline', { connection: 'offline' as const }, 2, 0, 'on this device'],
    ['signed out', { connection: 'refused' as const }, 2, 0, 'on this device'],
  ] as const)('REPLICA-2 REPLICA-3 when %s', (_when, part, waiting, unkept, expected) => {
    const view = describeSync({
      status: status(part),
      waiting,
      unkept,
      pictures: NO_PICTURES,
      isKnown: true,
      isOutdated: false,
      unreadable: null,
      lostAt: null,
    })
    expect(view.state).toBe(expected)
    expect(view.sentence).toMatch(/^\S.*[.…]$/)
  })

  const full = "The server's disk is full, so nothing can be saved."
  it.each([
    ['something waits', 2, 0, 'on this device', `Changes kept on this device, not yet on the server. ${full}`],
    ['nothing waits', 0, 0, 'on the server', `Everything you wrote is on the server; new changes are kept on this device. ${full}`],
    ['this device has yet to keep it', 0, 1, 'not saved', `Saving on this device… ${full}`],
  ] as const)(
    'REPLICA-16 a server that can save nothing is said with its reason, and changes no state, when %s',
    (_when, waiting, unkept, state, sentence) => {
      const view = describeSync({
        status: status({ trouble: full }),
        waiting,
        unkept,
        pictures: NO_PICTURES,
        isKnown: true,
        isOutdated: false,
        unreadable: null,
        lostAt: null,
      })
      expect(view).toEqual({
        state,
        sentence,
        connection: 'online',
        waiting: waiting + unkept,
        pictures: 0,
        trouble: full,
        coming: 0,
        lostAt: null,
        device: null,
      })
    },
  )

  it.each([
    ['nothing', { storage: 'memory' as const }, false, /^This browser keeps nothing of Slipway/],
    ['newer', { storage: 'newer' as const }, false, /^This browser keeps data of a newer Slipway\. Reload to get it\./],
    ['refuses', { storage: 'failing' as const, refusal: 'its storage is full' }, false, /its storage is full\. Free some space/],
    ['thrown-away', { thrownAway: 0 }, false, /Nothing you wrote is lost/],
    ['thrown-away', { thrownAway: 2 }, false, /Changes that had not reached the server are gone/],
    ['outdated', { storage: 'memory' as const }, true, /reload this page to go on\.$/],
    ['unreadable', {}, false, /^What this browser keeps cannot be read \(it fell over\)\./],
    ['unreadable thrown-away', { thrownAway: 0 }, false, /^What Slipway kept .* cannot be read \(it fell over\)\./],
    ['unreadable nothing', { storage: 'memory' as const }, false, /leave the page open until then\.$/],
  ] as const)('REPLICA-23 S22 what is wrong with this device is said beside the state: %s', (kind, part, isOutdated, words) => {
    const unreadable = kind.startsWith('unreadable') ? sayUnreadable('it fell over') : null
    const says = (connection: LeaderStatus['connection']) =>
      describeSync({
        status: status({ ...part, connection }),
        waiting: 0,
        unkept: 0,
        pictures: NO_PICTURES,
        isKnown: true,
        isOutdated,
        unreadable,
        lostAt: null,
      })
    expect(says('online').device).toMatchObject({ kind: kind.split(' ').at(-1), sentence: expect.stringMatching(words) })
    // And nothing is promised that is not so.
    const isKept = !('storage' in part)
    expect(says('offline').sentence.includes('new changes are kept on this device')).toBe(isKept)
  })

  it.each([
    [0, { waiting: 2, refused: 0 }, 'online', 'on this device', '2 files kept on this device, on the way to the server.', 2],
    [1, { waiting: 1, refused: 0 }, 'offline', 'on this device', 'Changes and one file kept on this device, waiting for the server.', 2],
    [
      0,
      { waiting: 0, refused: 1 },
      'online',
      'on this device',
      'One file kept on this device, and refused by the server: Settings, About says why.',
      0,
    ],
    [0, { waiting: 0, refused: 0 }, 'online', 'on the server', 'Everything is on the server.', 0],
  ] as const)('REPLICA-25 %i changes and pictures %j are one state', (changes, held, connection, state, sentence, waiting) => {
    const pictures = { isKnown: true, ...held }
    const facts = {
      status: status({ connection }),
      waiting: changes,
      unkept: 0,
      isKnown: true,
      isOutdated: false,
      unreadable: null,
      lostAt: null,
    }
    expect(describeSync({ ...facts, pictures })).toMatchObject({ state, sentence, waiting, pictures: held.waiting })
  })

  it('REPLICA-25 "on the server" is said after the pictures that wait were looked for, and after the last of them was sent', () => {
    const sync = new SyncState()
    sync.setPictures({ isKnown: false, waiting: 0, refused: 0 })
    sync.setStatus(status({}))
    sync.reset([])
    expect(sync.view.get().state).toBe('on this device')
    sync.setPictures({ isKnown: true, waiting: 1, refused: 0 })
    expect(sync.view.get()).toMatchObject({ state: 'on this device', waiting: 1 })
    sync.setPictures(NO_PICTURES)
    expect(sync.view.get()).toMatchObject({ state: 'on the server', waiting: 0 })
  })

  it('REPLICA-2 a page just opened does not say "on the server" before it knows what this device still holds', () => {
    const sync = new SyncState()
    expect(sync.view.get().state).toBe('on this device')
    sync.setStatus(status({}))
    expect(sync.view.get().state).toBe('on this device')
    sync.reset([{ n: 1, room: 'team', touched: [['tasks', 'a']] }])
    expect(sync.view.get().state).toBe('on this device')
    sync.changeWaiting([], [1])
    expect(sync.view.get().state).toBe('on the server')
  })

  it('REPLICA-2 a first connection that is only being opened is not called offline; one that failed is', () => {
    const connection = (part: Partial<LeaderStatus>) =>
      describeSync({
        status: status(part),
        waiting: 0,
        unkept: 0,
        pictures: NO_PICTURES,
        isKnown: true,
        isOutdated: false,
        unreadable: null,
        lostAt: null,
      }).connection
    expect(connection({ connection: 'offline', starting: true })).toBe('connecting')
    expect(connection({ connection: 'offline' })).toBe('offline')
    expect(connection({ connection: 'refused' })).toBe('refused')
  })

  it('REPLICA-2 since when the server is away is known to every page, and forgotten when it is back', () => {
    const sync = new SyncState()
    sync.setStatus(status({ connection: 'offline', starting: true }))
    expect(sync.view.get().lostAt).toBeNull()
    sync.setStatus(status({ connection: 'offline' }))
    const { lostAt } = sync.view.get()
    expect(lostAt).toEqual(expect.any(Number))
    sync.setStatus(status({ connection: 'offline', coming: 1 }))
    expect(sync.view.get().lostAt).toBe(lostAt)
    sync.setStatus(status({}))
    expect(sync.view.get().lostAt).toBeNull()
  })

  it('REPLICA-2 says "not saved" from the moment of the edit until the disk has it', () => {
    const sync = new SyncState()
    sync.setStatus(status({}))
    sync.reset([])
    const kept = sync.wrote([['tasks', 'a']])
    expect([sync.view.get().state, [...sync.unsaved.get()]]).toEqual(['not saved', ['a']])
    sync.changeWaiting([{ n: 1, room: 'team', touched: [['tasks', 'a']] }], [])
    kept()
    expect([sync.view.get().state, [...sync.unsaved.get()]]).toEqual(['on this device', ['a']])
    sync.changeWaiting([], [1])
    expect([sync.view.get().state, [...sync.unsaved.get()]]).toEqual(['on the server', []])
  })
})
