import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedId } from './derived-id.ts'
import { chatRoom, isId, parseRoom, personRoom, projectRoom, recordRoom, teamRoom } from './rooms.ts'

const id = '0197a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b'

test('ROOM-1 the kinds of room are read back from their names', () => {
  expect(parseRoom(teamRoom)).toEqual({ ok: true, value: { kind: 'team', id: '' } })
  expect(parseRoom(projectRoom(id))).toEqual({ ok: true, value: { kind: 'project', id } })
  expect(parseRoom(recordRoom(id))).toEqual({ ok: true, value: { kind: 'record', id } })
  expect(parseRoom(chatRoom(id))).toEqual({ ok: true, value: { kind: 'chat', id } })
  expect(parseRoom(personRoom(id))).toEqual({ ok: true, value: { kind: 'person', id } })
})

test.each([
  '',
  'teams',
  'team/',
  `team/${id}`,
  'project/',
  'project/1',
  `project/${id}/`,
  `project/${id.toUpperCase()}`,
  `Project/${id}`,
  `chat/../team`,
  `room/${id}`,
  `chat/${id}\n`,
])('ROOM-2 %j is refused by name', (name) => {
  expect(parseRoom(name)).toMatchObject({ ok: false, code: 'room-unknown' })
})

test('ROOM-3 no string makes it throw, and a refusal stays short', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000 }), (name) => {
      const answer = parseRoom(name)
      if (!answer.ok) expect(answer.message.length).toBeLessThan(200)
    }),
  )
})

test('ROOM-4 a derived id is a UUID, the same for the same pair and another for every other', () => {
  const ids = fc
    .sample(fc.tuple(fc.uuid(), fc.constantFrom('goal', 'users', 'data')), { numRuns: 5_000, seed: 4 })
    .map(([base, word]) => [derivedId(base, word), `${base} ${word}`])
  expect(ids.every(([derived]) => isId(derived ?? ''))).toBe(true)
  expect(new Set(ids.map(([derived]) => derived)).size).toBe(new Set(ids.map(([, pair]) => pair)).size)
  expect(derivedId(id, 'goal')).toBe(derivedId(id, 'goal'))
})
