import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { personRoom, projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { RoomTx } from '../core/document.ts'
import { changeLooks, viewedFiles } from './schema.ts'
import { type FileOfChange, lookedBefore, sinceSeen, standingOfFile } from './viewed.ts'
import { markFileViewed, noteLook } from './viewed-commands.ts'

const TYPES = { '+': 'insert', '-': 'delete', ' ': 'normal' } as const
/** A file of hunks, each written as a patch has it. */
const file = (hunks: readonly string[], more: Partial<FileOfChange> = {}): FileOfChange => ({
  path: 'till.ts',
  from: null,
  kind: 'modify',
  mode: null,
  object: null,
  hunks: hunks.map((hunk) => ({
    changes: hunk.split('\n').map((line) => ({ type: TYPES[line[0] as '+' | '-' | ' '], content: line.slice(1) })),
  })),
  ...more,
})
const ROUND = ' sum(all) {\n-  return all\n+  return round(all)\n }'
const PRINT = ' print() {\n+  cut()\n }'
const fresh = (now: FileOfChange, seen: FileOfChange) => [...sinceSeen(now, seen).hunks]

describe('sinceSeen', () => {
  test('VIEW-1 only hunks with another change in them are new; after a rebase, which moves lines and their wider surroundings, none is', () => {
    const seen = file([ROUND, PRINT])
    expect(sinceSeen(seen, seen)).toEqual({ isSame: true, hunks: new Set(), gone: 0 })
    expect(fresh(file([ROUND, PRINT.replace('cut', 'tear')]), seen)).toEqual([1])
    expect(fresh(file([PRINT, ROUND]), seen), 'in another order').toEqual([])
    expect(sinceSeen(file([` // new on main\n${ROUND}\n // and this`, PRINT]), seen).isSame).toBe(true)
    expect(fresh(file([`${ROUND}\n more\n${PRINT}`]), seen), 'grown together into one hunk').toEqual([])
    expect(fresh(file([`${ROUND}\n+// more`, PRINT]), seen), 'one run more in a hunk').toEqual([0])
  })

  test('VIEW-1 what was seen once is new where it stands a second time, and where its neighbours are others', () => {
    const seen = file([PRINT])
    expect(fresh(file([PRINT, PRINT]), seen)).toEqual([1])
    expect(fresh(file([' open() {\n+  cut()\n }']), seen), 'the same words in another function').toEqual([0])
  })

  test('VIEW-1 what was taken back is told, and so is a change that is in no line', () => {
    expect(sinceSeen(file([ROUND]), file([ROUND, PRINT]))).toEqual({ isSame: false, hunks: new Set(), gone: 1 })
    expect(sinceSeen(file([], { mode: { from: '100644', to: '100755' } }), file([])).isSame).toBe(false)
    expect(sinceSeen(file([], { object: 'b' }), file([], { object: 'a' })).isSame, 'a picture').toBe(false)
  })

  test('VIEW-1 whatever was seen is never new, and whatever was not always is', () => {
    const hunk = fc.array(fc.constantFrom(' a', ' b', '+a', '+b', '-a'), { minLength: 1, maxLength: 8 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(fc.array(hunk, { maxLength: 4 }), (hunks) => {
        expect(sinceSeen(file(hunks), file(hunks)).isSame).toBe(true)
        const more = [...hunks, ' z\n+never seen\n z']
        expect(fresh(file(more), file(hunks))).toEqual([hunks.length])
      }),
    )
  })
})

test('VIEW-2 what was seen before stays what is compared with, however often one looks at what there is now', () => {
  expect(lookedBefore(undefined, 'p2')).toBeNull()
  expect(lookedBefore({ patch: 'p1', before: null }, 'p2')).toBe('p1')
  expect(lookedBefore({ patch: 'p2', before: 'p1' }, 'p2')).toBe('p1')
  expect(lookedBefore({ patch: 'p2', before: 'p1' }, 'p3')).toBe('p2')
})

describe('standingOfFile', () => {
  const now = file([ROUND, PRINT])
  const patches: Record<string, FileOfChange[]> = { p1: [file([ROUND])], p2: [file([ROUND, PRINT])], empty: [] }
  const filesOf = (patch: string) => patches[patch] && new Map(patches[patch].map((each) => [each.path, each]))
  const standing = (marked: string | null, looked: string | null) => standingOfFile(now, marked, looked, 'p3', filesOf)

  test('VIEW-3 a mark counts while the file is as it was then; another patch alone takes nothing away', () => {
    expect(standing('p3', null).kind).toBe('viewed')
    expect(standing('p2', null).kind).toBe('viewed')
    expect(standing('p1', 'p2')).toMatchObject({ kind: 'changed', wasViewed: true, since: { hunks: new Set([1]) } })
  })

  test('VIEW-3 without a mark what was looked at counts; what was never seen is no change', () => {
    expect(standing(null, null).kind).toBe('first')
    expect(standing(null, 'empty').kind, 'a file that came since').toBe('new')
    expect(standing(null, 'p2').kind).toBe('known')
    expect(standing(null, 'p1').kind).toBe('changed')
  })

  test('VIEW-3 where what was seen is not at hand, all of it is taken as new', () => {
    expect(standing('lost', null)).toEqual({ kind: 'changed', since: null, wasViewed: true })
  })
})

test('VIEW-2 VIEW-3 each person’s looks and marks are their own, on all their devices, and no step to take back', () => {
  const [laptop, phone, bobs] = [new Device(1, 'ada'), new Device(2, 'ada'), new Device(3, 'bob')]
  const projectId = laptop.world.newId()
  const room = projectRoom(projectId)
  const [p1, p2] = ['1'.repeat(64), '2'.repeat(64)]
  const sync = () => {
    for (const from of [laptop, phone, bobs])
      for (const to of [laptop, phone, bobs]) Y.applyUpdate(to.doc(room), Y.encodeStateAsUpdate(from.doc(room)))
  }
  const rows = (device: Device) => new RoomTx(device.doc(room), device.world)
  laptop.must(noteLook, { projectId, attemptId: 'a', patch: p1 })
  bobs.must(noteLook, { projectId, attemptId: 'a', patch: p2 })
  sync()
  for (const device of [phone, laptop, phone]) device.must(noteLook, { projectId, attemptId: 'a', patch: p2 })
  phone.must(markFileViewed, { projectId, attemptId: 'a', path: 'x.ts', patch: p1 })
  laptop.must(markFileViewed, { projectId, attemptId: 'a', path: 'y.ts', patch: p2 })
  phone.must(markFileViewed, { projectId, attemptId: 'a', path: 'x.ts', patch: p2 })
  sync()
  const looks = rows(laptop).all(changeLooks)
  expect(looks.find(({ memberId }) => memberId === 'ada')).toMatchObject({ patch: p2, before: p1 })
  expect(looks.find(({ memberId }) => memberId === 'bob')).toMatchObject({ patch: p2, before: null })
  const marks = () =>
    rows(bobs)
      .all(viewedFiles)
      .map(({ path, patch, memberId }) => [path, patch, memberId])
      .sort()
  expect(marks()).toEqual([
    ['x.ts', p2, 'ada'],
    ['y.ts', p2, 'ada'],
  ])
  laptop.must(markFileViewed, { projectId, attemptId: 'a', path: 'x.ts', patch: null })
  sync()
  expect(marks()).toEqual([['y.ts', p2, 'ada']])
  expect([noteLook.isNoStep, markFileViewed.isNoStep]).toEqual([true, true])
  expect(laptop.run(markFileViewed, { projectId, attemptId: 'a', path: 'x.ts', patch: '../trpc' }).ok).toBe(false)
})

test('VIEW-2 VIEW-3 a viewer’s looks and marks are in their own room, and none of them in the project’s', () => {
  const device = new Device(4, 'vi')
  const of = { projectId: device.world.newId(), personId: device.world.newId(), attemptId: 'a' }
  const patch = '1'.repeat(64)
  device.must(noteLook, { ...of, patch })
  device.must(markFileViewed, { ...of, path: 'x.ts', patch })
  const rows = (room: string) => {
    const tx = new RoomTx(device.doc(room), device.world)
    return [...tx.all(changeLooks), ...tx.all(viewedFiles)].map(({ memberId }) => memberId)
  }
  expect([rows(personRoom(of.personId)), rows(projectRoom(of.projectId))]).toEqual([['vi', 'vi'], []])
  device.must(markFileViewed, { ...of, path: 'x.ts', patch: null })
  expect(rows(personRoom(of.personId))).toEqual(['vi'])
})
