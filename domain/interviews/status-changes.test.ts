import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { setInterviewStatus, startInterview } from './commands.ts'
import { type InterviewStatus, interviews } from './schema.ts'
import { changesAmong, statusChanges } from './status-changes.ts'

const inInterview = { projectId: '0193a000-0000-7000-8000-000000000001', interviewId: '0193a000-0000-7000-8000-000000000002' }

/** One person's copy of the project and the chat. */
function device(actor: string) {
  const docs = new Map<string, Y.Doc>()
  const doc = (room: string): Y.Doc => docs.get(room) ?? (docs.set(room, new Y.Doc()).get(room) as Y.Doc)
  const world = (now: number) => ({ now, actor, newId: () => '', random: Math.random })
  const set = (now: number, status: InterviewStatus) => runCommand(setInterviewStatus, doc, world(now), { ...inInterview, status })
  const interview = () => {
    const row = new RoomTx(doc(`project/${inInterview.projectId}`), world(0)).get(interviews, inInterview.interviewId)
    if (!row) throw new Error('there is no interview')
    return row
  }
  const changes = () => statusChanges(interview()).map(({ by, at, to, beside }) => [by, at, to, beside])
  return { doc, world, set, interview, changes }
}

type Device = ReturnType<typeof device>
function meet(a: Device, b: Device): void {
  for (const room of [`project/${inInterview.projectId}`, `chat/${inInterview.interviewId}`]) {
    const both = Y.mergeUpdates([Y.encodeStateAsUpdate(a.doc(room)), Y.encodeStateAsUpdate(b.doc(room))])
    for (const { doc } of [a, b]) Y.applyUpdate(doc(room), both)
  }
}

test('INTERVIEW-14 I1 every change of status is kept with who made it and when, those of people apart too', () => {
  const [ada, bob] = [device('ada'), device('bob')]
  runCommand(startInterview, ada.doc, ada.world(1), { ...inInterview, title: 'Checkout' })
  expect(ada.changes()).toEqual([])
  ada.set(10, 'completed')
  ada.set(20, 'active')
  meet(ada, bob)
  ada.set(30, 'completed')
  bob.set(40, 'cancelled')
  bob.set(50, 'active')
  meet(ada, bob)
  const all = [
    ['ada', 10, 'completed', null],
    ['ada', 20, 'active', null],
    ['ada', 30, 'completed', null],
    ['bob', 40, 'cancelled', 'ada'],
    ['bob', 50, 'active', null],
  ]
  expect(ada.changes()).toEqual(all)
  expect(bob.changes()).toEqual(all)
})

test('INTERVIEW-14 of an interview that changed before changes were kept, the last one is known', () => {
  expect(statusChanges({ status: 'cancelled', statusBy: 'ada', statusAt: 7, history: [] })).toEqual([
    { by: 'ada', at: 7, to: 'cancelled', beside: null },
  ])
  expect(statusChanges({ status: 'active', statusBy: null, statusAt: null, history: [] })).toEqual([])
})

test('INTERVIEW-14 changes stand among the messages by their time, before what is asked in the same moment', () => {
  const at = (createdAt: number) => ({ createdAt })
  const change = (at: number) => ({ by: 'ada', at, to: 'active' as const, beside: null })
  expect(changesAmong([at(1), at(5), at(3), at(9)], [change(2), change(5), change(9), change(12)])).toEqual(
    [at(1), change(2), change(5), at(5), at(3), change(9), at(9), change(12)], // biome-ignore format: in order
  )
})
