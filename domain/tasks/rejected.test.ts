import { expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { rejectProposals, sameProposal } from './rejected.ts'
import { rejectedProposals } from './schema.ts'

test('TASK-17 what was taken out is remembered once for all versions of its prompt, until it is put in after all', () => {
  const device = new Device(17, 'ada')
  const projectId = device.world.newId()
  const say = (familyId: string, rejected: string[], accepted: string[] = []) =>
    device.must(rejectProposals, { projectId, familyId, rejected, accepted })
  const known = (familyId: string) =>
    new RoomTx(device.doc(projectRoom(projectId)), device.world)
      .all(rejectedProposals)
      .filter((row) => row.familyId === familyId)
      .map(({ title }) => title)
  say('f1', ['Screen: A list', 'Rule: no entry is lost'])
  say('f1', ['screen – a  LIST.'])
  say('f2', ['Screen: A list'])
  expect(known('f1').sort()).toEqual(['Rule: no entry is lost', 'Screen: A list'])
  say('f1', [], ['Screen: a list'])
  expect([known('f1'), known('f2')]).toEqual([['Rule: no entry is lost'], ['Screen: A list']])
  say('f1', ['Twice'], ['twice!'])
  expect(known('f1')).toEqual(['Rule: no entry is lost'])
})

test('TASK-17 a proposal is the same whatever its case, spaces and marks', () => {
  expect(['Pay by card', ' pay  by card. ', 'PAY—by card!'].map(sameProposal)).toEqual(Array(3).fill('pay by card'))
  expect(sameProposal('Pay by cash')).not.toBe(sameProposal('Pay by card'))
})
