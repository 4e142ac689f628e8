import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { columns } from '#domain/tasks/schema.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { CommandOrigin, check, defineCommand, runCommand } from './command.ts'
import { accept, refuse, wordsAt } from './refusal.ts'

const name = z.string().trim().min(1, 'A name is needed.').max(5, 'A name can have at most 5 characters.')

const addTwice = defineCommand({
  name: 'addTwice',
  input: z.object({ name, deep: z.object({ size: z.number() }).optional() }),
  rooms: () => ['project/a', 'project/b'],
  run(tx, input) {
    if (input.name === 'no') return refuse('no-means-no', 'No.')
    for (const room of ['project/a', 'project/b'])
      tx.room(room).create(columns, { id: 'c', projectId: 'p', name: input.name, status: 'todo', order: 'a0' })
    if (input.name === 'stray') tx.room('project/c')
    return accept(input.name)
  },
})

function rooms(): { doc: (room: string) => Y.Doc; updates: [string, unknown][]; docs: Map<string, Y.Doc> } {
  const docs = new Map<string, Y.Doc>()
  const updates: [string, unknown][] = []
  const doc = (room: string): Y.Doc => {
    const found = docs.get(room) ?? new Y.Doc()
    if (!docs.has(room)) found.on('update', (_update, origin) => updates.push([room, origin]))
    docs.set(room, found)
    return found
  }
  return { doc, updates, docs }
}

test('COMMAND-1 one update a room, carrying the command and the actor as origin', () => {
  const { doc, updates } = rooms()
  expect(runCommand(addTwice, doc, seededWorld(1, 'ada'), { name: ' Ada ' })).toEqual({ ok: true, value: 'Ada' })
  expect(updates.map(([room]) => room).sort()).toEqual(['project/a', 'project/b'])
  for (const [, origin] of updates) {
    expect(origin).toBeInstanceOf(CommandOrigin)
    expect(origin).toMatchObject({ command: 'addTwice', actor: 'ada' })
  }
})

test('COMMAND-2 input that does not fit is refused in the schema’s words, with the field’s name, and leaves no trace', () => {
  const { doc, updates } = rooms()
  const world = seededWorld(2)
  expect(runCommand(addTwice, doc, world, { name: '' })).toEqual({
    ok: false,
    code: 'invalid-input',
    message: 'A name is needed.',
    field: 'name',
  })
  expect(runCommand(addTwice, doc, world, { name: 'longer' })).toMatchObject({ message: 'A name can have at most 5 characters.' })
  expect(runCommand(addTwice, doc, world, { name: 'a', deep: { size: 'x' } })).toMatchObject({ code: 'invalid-input', field: 'deep.size' })
  const both = runCommand(addTwice, doc, world, { name: '', deep: { size: 'x' } })
  expect(both).toMatchObject({ field: 'name', others: [{ field: 'deep.size' }] })
  expect(both.ok ? null : [wordsAt(both, 'name'), wordsAt(both, 'size')], 'one field does not hide another').toEqual([
    'A name is needed.',
    expect.stringContaining('number'),
  ])
  expect(runCommand(addTwice, doc, world, 'nonsense')).toMatchObject({ ok: false, code: 'invalid-input' })
  expect(updates).toEqual([])
})

test('COMMAND-3 a refusal leaves no trace', () => {
  const { doc, updates } = rooms()
  expect(runCommand(addTwice, doc, seededWorld(3), { name: 'no' })).toEqual({ ok: false, code: 'no-means-no', message: 'No.' })
  expect(updates).toEqual([])
})

test('COMMAND-4 a room the command did not name is a defect', () => {
  const { doc } = rooms()
  expect(() => runCommand(addTwice, doc, seededWorld(4), { name: 'stray' })).toThrow('addTwice did not name the room project/c')
})

test('COMMAND-5 a form can ask a schema for its words before anything is sent', () => {
  expect(check(name, 'Ada')).toEqual({ ok: true, value: 'Ada' })
  expect(check(name, 'longer')).toMatchObject({ message: 'A name can have at most 5 characters.' })
})
