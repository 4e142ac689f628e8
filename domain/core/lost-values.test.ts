import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { editTask } from '#domain/tasks/commands.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { runCommand } from './command.ts'
import { RoomTx, rowsOf } from './document.ts'
import type { RoomChanges } from './row-change.ts'
import { takeBack } from './take-back.ts'

const projectId = '00000000-0000-7000-8000-00000000000a'
const ID = 'card'

/** Somebody's device: a document, and what it knows by the edits it has seen. */
class Device {
  readonly doc = new Y.Doc()
  readonly name: string
  readonly seen = new Set<string>()
  readonly #world

  constructor(number: number, clientID = 100 + number) {
    this.doc.clientID = clientID
    this.name = `person ${number}`
    this.#world = seededWorld(number, this.name)
  }

  get room(): RoomTx {
    return new RoomTx(this.doc, this.#world.tick())
  }
  get card() {
    const card = this.room.get(tasks, ID)
    if (!card) throw new Error('no card')
    return card
  }
  set(title: string): void {
    this.doc.transact(() => this.room.update(tasks, ID, { title }))
  }
  lost = (): unknown[] => this.card.lost.map(({ value }) => value)
  take(other: Device): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)))
    for (const edit of other.seen) this.seen.add(edit)
  }
}

/** Devices that all know one card. */
function devices(count: number, clients?: readonly number[]): Device[] {
  const made = Array.from({ length: count }, (_, at) => new Device(at, clients?.[at]))
  const [first] = made
  first?.room.create(tasks, { id: ID, projectId, title: 'start', status: 'todo', columnId: 'c', order: 'a' })
  for (const device of made) if (first && device !== first) device.take(first)
  return made
}

const meet = (all: readonly Device[]): void => {
  for (let round = 0; round < 2; round++) for (const one of all) for (const other of all) if (one !== other) one.take(other)
}
const pair = (clients?: readonly number[]): [Device, Device] => devices(2, clients) as [Device, Device]

test.each([[[1, 2]], [[2, 1]]])(
  'LOST-1 two titles set offline: one stands everywhere, the other is kept with who and when (clients %s)',
  (clients) => {
    const [ada, bob] = pair(clients)
    ada.set('Pay by card')
    bob.set('Pay by cash')
    meet([ada, bob])
    const { title, lost } = ada.card
    expect(bob.card).toEqual(ada.card)
    const other = title === 'Pay by card' ? bob : ada
    expect(lost).toEqual([
      { field: 'title', value: title === 'Pay by card' ? 'Pay by cash' : 'Pay by card', by: other.name, at: expect.any(Number) },
    ])
  },
)

test('LOST-2 a value written over by somebody who knew it is not lost', () => {
  const [ada, bob] = pair()
  ada.set('one')
  bob.take(ada)
  bob.set('two')
  bob.set('three')
  meet([ada, bob])
  expect(ada.card).toMatchObject({ title: 'three', lost: [] })
})

test('LOST-3 the same value set by both is no conflict', () => {
  const [ada, bob] = pair()
  ada.set('same')
  bob.set('same')
  meet([ada, bob])
  expect(ada.lost()).toEqual([])
})

test('LOST-4 what is lost stays lost through later edits, until it is used', () => {
  const [ada, bob] = pair()
  ada.set('A')
  bob.set('B')
  meet([ada, bob])
  const [lost] = ada.lost()
  const winner = ada.card.title
  for (const title of ['later', 'later still']) ada.set(title)
  expect(ada.lost()).toEqual([lost])
  bob.take(ada)
  bob.set(String(lost))
  meet([ada, bob])
  expect(ada.card).toMatchObject({ title: lost, lost: [] })
  expect(winner).not.toBe(lost)
})

test('LOST-5 one’s own lost value is kept when one edits again', () => {
  const [ada, bob] = pair([1, 2])
  ada.set('A')
  bob.set('B')
  meet([ada, bob])
  const [loser, lost] = ada.card.title === 'A' ? [bob, 'B'] : [ada, 'A']
  loser.set('again')
  meet([ada, bob])
  expect([ada.card.title, ada.lost()]).toEqual(['again', [lost]])
})

test('LOST-6 taking back the use of a lost value loses it again', () => {
  const [ada, bob] = pair()
  ada.set('A')
  bob.set('B')
  meet([ada, bob])
  const { title, lost } = ada.card
  const world = seededWorld(9, 'ada')
  const steps: RoomChanges[][] = []
  const run = (command: Parameters<typeof runCommand>[0], input: unknown) =>
    runCommand(
      command,
      () => ada.doc,
      world.tick(),
      input,
      (step) => steps.push(step),
    )
  run(editTask as Parameters<typeof runCommand>[0], { projectId, taskId: ID, patch: { title: lost[0]?.value } })
  expect(ada.card).toMatchObject({ title: lost[0]?.value, lost: [] })
  run(takeBack as Parameters<typeof runCommand>[0], { step: steps[0], touched: new Set() })
  expect(ada.card).toMatchObject({ title, lost })
})

test('LOST-7 a title set by a foreign client, which notes nothing, makes nobody a loser', () => {
  const [ada, bob] = pair()
  ada.set('A')
  bob.take(ada)
  rowsOf(bob.doc, tasks).get(ID)?.set('title', 'foreign')
  ada.take(bob)
  expect(ada.card).toMatchObject({ title: 'foreign', lost: [] })
  ada.set('C')
  expect(ada.lost()).toEqual([])
})

/** Set a value, or take what another device has. */
const deed = fc.record({ at: fc.nat(2), from: fc.nat(2), isEdit: fc.boolean() })

test('LOST-8 whatever the schedule, every device finds exactly the values nobody wrote over knowingly, and each of them was set at once with another', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), fc.shuffledSubarray([11, 12, 13], { minLength: 3 }), (deeds, clients) => {
      const all = devices(3, clients)
      /** Of every edit: what its writer had seen, and the title he wrote over. */
      const edits = new Map<string, { knew: Set<string>; over: string }>()
      deeds.forEach(({ at, from, isEdit }, number) => {
        const [one, other] = [all[at], all[from]]
        if (!one || !other) return
        if (!isEdit) {
          one.take(other)
          return
        }
        const value = `edit ${number}`
        edits.set(value, { knew: new Set(one.seen), over: one.card.title })
        one.set(value)
        one.seen.add(value)
      })
      meet(all)
      const standing = all[0]?.card.title ?? ''
      const overwritten = new Set([...edits.values()].map(({ over }) => over))
      const expected = [...edits.keys()].filter((value) => value !== standing && !overwritten.has(value)).sort()
      for (const device of all) expect(device.card).toEqual(all[0]?.card)
      expect(all[0]?.lost().sort()).toEqual(expected)
      for (const value of expected) {
        const rivals = [...edits].filter(([rival, { knew }]) => rival !== value && !knew.has(value) && !edits.get(value)?.knew.has(rival))
        expect(rivals.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 150 },
  )
})
