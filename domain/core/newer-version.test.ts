import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { setInterviewStatus, startInterview } from '#domain/interviews/commands.ts'
import { interviews } from '#domain/interviews/schema.ts'
import { adoptProject } from '#domain/projects/adopt.ts'
import { projects } from '#domain/projects/schema.ts'
import { createTasks, deleteTask, editTask, moveTask, moveTaskByFact, setTaskStatus } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { DEEDS } from '#tests/simulations/deeds.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { readField } from './collection.ts'
import { type Command, runCommand } from './command.ts'
import { RoomTx, rawRow, rowsOf } from './document.ts'
import { projectRoom, type RoomName, teamRoom } from './rooms.ts'
import type { RoomChanges } from './row-change.ts'
import { sameValue } from './same-value.ts'
import { takeBack } from './take-back.ts'

/** This version's rooms, and what a person did in them, step by step. */
class Here {
  readonly docs = new Map<RoomName, Y.Doc>()
  readonly steps: RoomChanges[][] = []
  readonly world
  readonly place: { projectId: string; interviewId: string }

  constructor(seed: number) {
    this.world = seededWorld(seed, 'ada')
    this.place = { projectId: this.world.newId(), interviewId: this.world.newId() }
    const { projectId } = this.place
    this.run(createProject, { id: projectId, name: 'Harbour' })
    this.run(startInterview, { ...this.place, title: 'What is wanted' })
    const cards = ['Quay', 'Crane', 'Pilot'].map((title) => ({ id: this.world.newId(), title, checklist: [item('a')] }))
    this.run(createTasks, { projectId, tasks: cards })
    this.steps.length = 0
  }

  doc = (room: RoomName): Y.Doc => {
    const found = this.docs.get(room) ?? new Y.Doc()
    this.docs.set(room, found)
    return found
  }
  run = <I, T>(command: Command<I, T>, input: unknown) =>
    runCommand(command, this.doc, this.world.tick(), input, (step) => void this.steps.push(step))
  get board(): RoomTx {
    return new RoomTx(this.doc(projectRoom(this.place.projectId)), this.world.tick())
  }
  ids = (of: typeof tasks | typeof columns): string[] => [...rowsOf(this.board.doc, of).keys()].sort()
  card = (at = 0): string => this.ids(tasks)[at] ?? ''
}

const item = (id: string) => ({ id, text: `do ${id}`, done: false })
const rowOf = (doc: Y.Doc, collection: string, id: string) => doc.getMap<Y.Map<unknown>>(collection).get(id)

/** What a newer version wrote into a card, in fields this one has and in others. */
function writeNewer(here: Here, id: string): void {
  const { doc } = here.board
  const row = rowOf(doc, 'tasks', id)
  row?.set('estimate', { hours: 3 })
  row?.set('notes', new Y.Text('long'))
  row?.set('watchers', Y.Array.from(['bob']))
  row?.set('shape', new Y.Map([['kind', 'round']]))
  row?.set('~estimate~1', { value: 3, by: 'bob', at: 1 })
  row?.set('size', 'XL')
  row?.set('status', 'blocked')
  const checklist = row?.get('checklist')
  if (Array.isArray(checklist)) row?.set('checklist', [{ ...checklist[0], by: 'bob' }, { id: 'new', steps: 2 }, ...checklist.slice(1)])
  const text = row?.get('description')
  if (text instanceof Y.Text) text.insert(0, 'bold', { weight: 'bold' })
  doc.getMap('watches').set('w', new Y.Map([['taskId', id]]))
}

/** The same as it stands now; null for a card that is gone. */
function newerIn(doc: Y.Doc, id: string): unknown {
  const row = rowOf(doc, 'tasks', id)
  if (!(row instanceof Y.Map)) return null
  const { estimate, notes, watchers, shape, size, status, '~estimate~1': lost } = row.toJSON()
  const items = (row.get('checklist') ?? []) as { id: string }[]
  return { estimate, notes, watchers, shape, size, status, lost, unread: items.filter(({ id }) => id === 'new'), watch: doc.getMap('watches').get('w') instanceof Y.Map } // biome-ignore format: one line
}

/** What a row says, but for when it was written last, what lost to what and what was changed before; nothing is said by a field that reads the same where it is not there. */
const known = (row: Y.Map<unknown> | undefined): unknown =>
  Object.fromEntries(
    Object.entries(row?.toJSON() ?? {}).filter(
      ([name, value]) => name !== 'updatedAt' && !/^[~!]/.test(name) && !sameValue(value ?? null, unsaid.get(name)),
    ),
  )
const unsaid = new Map(tasks.fields.map((field) => [field.name, readField(field, undefined)]))

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

// The last deed is a client that writes garbage, and that may write over anything.
const deed = fc.tuple(fc.nat(DEEDS.length - 2), fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)))

test('VERSION-1 S17 whatever people do with this version, what a newer one wrote stands as before; and when all of it is taken back too', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.array(deed, { minLength: 1, maxLength: 12 }), (seed, deeds) => {
      const here = new Here(seed)
      const ids = here.ids(tasks)
      for (const id of ids) writeNewer(here, id)
      const before = ids.map((id) => newerIn(here.board.doc, id))
      const words = ids.map((id) => known(rowOf(here.board.doc, 'tasks', id)))
      const device = { world: here.world, doc: here.doc, run: here.run }
      // What is typed has an undo of its own.
      for (const [what, choice] of deeds) if (DEEDS[what]?.name !== 'types') DEEDS[what]?.(device, here.place, choice)
      const now = copyOf(here.board.doc)
      for (const [at, id] of ids.entries()) expect(newerIn(now, id) ?? before[at], 'after the edits').toEqual(before[at])
      for (const step of here.steps.splice(0).reverse()) here.run(takeBack, { step, touched: new Set() })
      const after = copyOf(here.board.doc)
      for (const [at, id] of ids.entries()) {
        expect(newerIn(after, id), 'taken back').toEqual(before[at])
        expect(known(rowOf(after, 'tasks', id))).toEqual(words[at])
      }
    }),
    { numRuns: 60 },
  )
})

test('VERSION-1 an edit of a list leaves the items only a newer version can read, and its fields of those it edits', () => {
  const here = new Here(1)
  const { projectId } = here.place
  const id = here.card()
  writeNewer(here, id)
  const [first] = here.board.get(tasks, id)?.checklist ?? []
  here.run(editTask, { projectId, taskId: id, patch: { checklist: [{ ...first, done: true }, item('b')] } })
  const written = rowOf(here.board.doc, 'tasks', id)?.get('checklist')
  expect(written).toEqual([{ ...item('a'), done: true, by: 'bob' }, { id: 'new', steps: 2 }, item('b')])
  // The same two people at once: what does not stand is kept, and what nobody here can read is no news.
  expect(here.board.get(tasks, id)?.lost).toEqual([])
})

test('VERSION-1 undo brings back the word a newer version had set, and redo the one set here', () => {
  const here = new Here(2)
  const { projectId } = here.place
  const id = here.card()
  rowOf(here.board.doc, 'tasks', id)?.set('priority', 'critical')
  const priority = (): unknown => rowOf(here.board.doc, 'tasks', id)?.get('priority')
  here.run(editTask, { projectId, taskId: id, patch: { priority: 'low' } })
  expect(priority()).toBe('low')
  expect(here.run(takeBack, { step: here.steps[0], touched: new Set() }).ok).toBe(true)
  expect(priority()).toBe('critical')
  expect(here.run(takeBack, { step: here.steps[1], touched: new Set() }).ok).toBe(true)
  expect(priority()).toBe('low')
})

test('VERSION-1 a card that was deleted and brought back has the marks a newer version put into its text', () => {
  const here = new Here(8)
  const id = here.card()
  writeNewer(here, id)
  here.run(deleteTask, { projectId: here.place.projectId, taskId: id })
  here.run(takeBack, { step: here.steps[0], touched: new Set() })
  expect(here.board.text(tasks, id, 'description').toDelta()).toEqual([{ insert: 'bold', attributes: { weight: 'bold' } }])
})

test('VERSION-1 a card a newer version’s row is about is not taken back from under it', () => {
  const here = new Here(3)
  const id = here.world.newId()
  here.run(createTasks, { projectId: here.place.projectId, tasks: [{ id, title: 'Watched' }] })
  const other = copyOf(here.board.doc)
  other.getMap('watches').set('w', new Y.Map([['taskId', id]]))
  Y.applyUpdate(here.board.doc, Y.encodeStateAsUpdate(other))
  expect(here.run(takeBack, { step: here.steps[0], touched: new Set() })).toMatchObject({ code: 'somebody-changed-it' })
})

test('VERSION-1 what a newer version wrote into a project’s own row goes to another server', () => {
  const here = new Here(4)
  const { projectId } = here.place
  const row = rowOf(here.doc(teamRoom), 'projects', projectId)
  for (const [name, value] of [['plan', 'gold'], ['notes', new Y.Text('long')], ['tags', Y.Array.from(['a'])]] as const) row?.set(name, value) // biome-ignore format: one line
  const there = new Here(5)
  there.run(adoptProject, { projectId, values: rawRow(here.doc(teamRoom), projects, projectId), people: [] })
  expect(rowOf(there.doc(teamRoom), 'projects', projectId)?.toJSON()).toMatchObject({ plan: 'gold', notes: 'long', tags: ['a'] })
})

test('VERSION-2 nobody goes on from a state that only a newer version knows, or puts a card into one', () => {
  const here = new Here(6)
  const { projectId, interviewId } = here.place
  const [blocked = '', other = ''] = here.ids(columns)
  rowOf(here.board.doc, 'columns', blocked)?.set('status', 'blocked')
  const id = here.card()
  const moves = (columnId: string) => here.run(moveTask, { projectId, taskId: id, columnId })
  const status = (): unknown => rowOf(here.board.doc, 'tasks', id)?.get('status')
  here.board.update(tasks, id, { columnId: other })
  expect(moves(blocked)).toMatchObject({ code: 'newer-word' })
  rowOf(here.board.doc, 'tasks', id)?.set('status', 'blocked')
  here.board.update(tasks, id, { columnId: blocked })
  expect([moves(other), here.run(setTaskStatus, { projectId, taskId: id, status: 'todo' })]).toMatchObject([
    { code: 'newer-word' },
    { code: 'newer-word' },
  ])
  expect(here.run(moveTaskByFact, { projectId, taskId: id, status: 'in_progress' })).toEqual({ ok: true, value: false })
  // Its place among the others is no state.
  expect(moves(blocked).ok).toBe(true)
  expect(status()).toBe('blocked')
  expect(here.run(createTasks, { projectId, columnId: blocked, tasks: [{ id: here.world.newId(), title: 'In it' }] })).toMatchObject({
    code: 'newer-word',
  })
  const free = here.world.newId()
  here.run(createTasks, { projectId, tasks: [{ id: free, title: 'Anywhere' }] })
  expect(here.board.get(tasks, free)?.columnId).not.toBe(blocked)

  rowOf(here.board.doc, 'interviews', interviewId)?.set('status', 'paused')
  expect(here.run(setInterviewStatus, { ...here.place, status: 'completed' })).toMatchObject({ code: 'newer-word' })
  expect(here.board.knows(interviews, interviewId, 'status')).toBe(false)
})
