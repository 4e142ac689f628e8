import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { addColumn } from './commands.ts'
import { rejectedProposals, suggestions, tasks } from './schema.ts'
import { acceptSuggestions, inOrder, rejectSuggestions, suggestCards } from './suggestions.ts'

const PROJECT = '01900000-0000-7000-8000-000000000001'
const PROMPT = '01900000-0000-7000-8000-000000000002'

const about = (device: Device) => {
  const board = () => new RoomTx(device.doc(projectRoom(PROJECT)), device.world)
  return {
    device,
    suggest: (...titles: string[]) =>
      device.must(suggestCards, {
        projectId: PROJECT,
        familyId: 'f',
        promptId: PROMPT,
        suggestedBy: 'model',
        cards: titles.map((title, at) => ({ title, description: '', size: 'S', checklist: [], dependsOn: at === 0 ? [] : [0] })),
      }),
    suggested: () => inOrder(board().all(suggestions)).map(({ title }) => title),
    idOf: (title: string) =>
      board()
        .all(suggestions)
        .find((row) => row.title === title)?.id ?? '',
    cards: () => board().all(tasks),
    rejected: () =>
      board()
        .all(rejectedProposals)
        .map(({ title }) => title),
  }
}
const team = (seed: number, names: string[]) => {
  const all = names.map((name, at) => about(new Device(seed + at, name)))
  all[0]?.device.must(addColumn, { projectId: PROJECT, id: all[0].device.world.newId(), name: 'Backlog', status: 'backlog' })
  return all
}
const sync = (...devices: ReturnType<typeof about>[]) => {
  for (const from of devices)
    for (const to of devices)
      Y.applyUpdate(to.device.doc(projectRoom(PROJECT)), Y.encodeStateAsUpdate(from.device.doc(projectRoom(PROJECT))))
}

test('TASK-21 a suggestion is no card until it is accepted; then a card has its id, what it waits for, and who suggested it', () => {
  const [ada] = team(21, ['ada'])
  if (!ada) throw new Error('nobody')
  expect(ada.suggest('Keep accounts', 'Pay by card')).toBe(2)
  expect([ada.suggested(), ada.cards()]).toEqual([['Keep accounts', 'Pay by card'], []])
  // Said again, in other marks: it stands there already.
  expect(ada.suggest('keep  accounts.')).toBe(0)
  const [first, second] = [ada.idOf('Keep accounts'), ada.idOf('Pay by card')]
  ada.device.must(acceptSuggestions, { projectId: PROJECT, ids: [second, first], key: 'APP' })
  expect(ada.suggested()).toEqual([])
  expect(ada.cards().sort((a, b) => (a.shortId < b.shortId ? -1 : 1))).toMatchObject([
    { id: first, title: 'Keep accounts', shortId: 'APP-1', status: 'backlog', promptId: PROMPT, suggestedBy: 'model', dependsOn: [] },
    { id: second, title: 'Pay by card', shortId: 'APP-2', size: 'S', dependsOn: [first] },
  ])
  // What became a card is not suggested again.
  expect(ada.suggest('Pay by card')).toBe(0)
  expect(ada.device.run(acceptSuggestions, { projectId: PROJECT, ids: [first], key: 'APP' })).toMatchObject({ code: 'suggestion-decided' })
})

test('TASK-21 what is rejected is not proposed again, until somebody accepts the same after all', () => {
  const [ada] = team(22, ['ada'])
  if (!ada) throw new Error('nobody')
  ada.suggest('Keep accounts', 'Pay by card')
  ada.device.must(rejectSuggestions, { projectId: PROJECT, ids: [ada.idOf('Pay by card')] })
  expect([ada.suggested(), ada.rejected(), ada.cards()]).toEqual([['Keep accounts'], ['Pay by card'], []])
  ada.suggest('Pay by card')
  ada.device.must(acceptSuggestions, { projectId: PROJECT, ids: [ada.idOf('Pay by card')], key: 'APP' })
  expect([ada.rejected(), ada.cards().map(({ title }) => title)]).toEqual([[], ['Pay by card']])
})

test('TASK-21 two people who decide at once, offline, come to one board: accepted twice is one card, and a card that is wanted stays', () => {
  const [ada, ben] = team(23, ['ada', 'ben'])
  if (!ada || !ben) throw new Error('nobody')
  sync(ada, ben)
  ada.suggest('Keep accounts', 'Pay by card')
  ben.suggest('Keep accounts')
  sync(ada, ben)
  expect(ben.suggested()).toHaveLength(2)
  const [both, torn] = [ada.idOf('Keep accounts'), ada.idOf('Pay by card')]
  ada.device.must(acceptSuggestions, { projectId: PROJECT, ids: [both, torn], key: 'APP' })
  ben.device.must(acceptSuggestions, { projectId: PROJECT, ids: [both], key: 'APP' })
  ben.device.must(rejectSuggestions, { projectId: PROJECT, ids: [torn] })
  sync(ada, ben)
  for (const { cards, suggested } of [ada, ben]) {
    expect(
      cards()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([both, torn].sort())
    expect(suggested()).toEqual([])
  }
  expect(ada.cards()).toEqual(ben.cards())
})
