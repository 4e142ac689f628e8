import { expect, test } from 'vitest'
import { type Command, runCommand } from '#domain/core/command.ts'
import { chatRoom, projectRoom, type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { takeBack } from '#domain/core/take-back.ts'
import { startInterview } from '#domain/interviews/commands.ts'
import { projectAll } from '#domain/projection/project.ts'
import { editProject } from '#domain/projects/commands.ts'
import { projects } from '#domain/projects/schema.ts'
import { addColumn, createTasks, deleteTask, editTask, moveTask } from '#domain/tasks/commands.ts'
import { addComment } from '#domain/tasks/comment-commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, comments, tasks } from '#domain/tasks/schema.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { OwnSteps } from './own-steps.ts'
import { TabRoom } from './tab-room.ts'

const projectId = '00000000-0000-7000-8000-00000000000a'
const taskId = '00000000-0000-7000-8000-00000000000b'
const secondId = '00000000-0000-7000-8000-00000000000c'
const interviewId = '00000000-0000-7000-8000-00000000000d'
const board = projectRoom(projectId)
const TITLES = { projectId, taskId }

/** A tab with its rooms; what it writes waits until it is handed over. */
class Tab {
  readonly rooms = new Map<RoomName, TabRoom>()
  readonly steps: OwnSteps
  readonly out: { room: RoomName; bytes: Uint8Array }[] = []
  readonly #world

  constructor(seed: number, actor: string) {
    this.#world = seededWorld(seed, actor)
    this.steps = new OwnSteps({
      hold: (name) => ({ room: this.room(name), leave: () => undefined }),
      takeBack: (given, done) => runCommand(takeBack, (name) => this.room(name).doc, this.#world.tick(), given, done),
    })
  }

  room(name: RoomName): TabRoom {
    const found = this.rooms.get(name)
    if (found) return found
    const room = new TabRoom(name, 'epoch', [], {
      onLocal: (_room, bytes) => this.out.push({ room: name, bytes }),
      onRemote: () => undefined,
      onAwareness: () => undefined,
    })
    this.rooms.set(name, room)
    return room
  }

  run<I, T>(command: Command<I, T>, input: unknown): void {
    const answer = runCommand(
      command,
      (name) => this.room(name).doc,
      this.#world.tick(),
      input,
      (step) => this.steps.did(step),
    )
    if (!answer.ok) throw new Error(answer.message)
  }

  cards = () => projectAll(this.room(board).doc, tasks).sort((a, b) => (a.id < b.id ? -1 : 1))
  card = (id = taskId) => this.cards().find((card) => card.id === id)
  lanes = () => projectAll(this.room(board).doc, columns)
  lane = (status: string) => this.lanes().find((lane) => lane.status === status)?.id
}

/** Everything written goes to the other. */
function meet(one: Tab, two: Tab): void {
  for (const [from, to] of [[one, two], [two, one]] as const) // biome-ignore format: a pair a line
    for (const { room, bytes } of from.out.splice(0)) to.room(room).take(1, bytes)
}

/** Ada's board with one card, known to both; nothing to undo yet. */
function twoTabs(): { ada: Tab; bob: Tab } {
  const founder = new Tab(1, 'founder')
  founder.run(createProject, { id: projectId, name: 'Shop' })
  founder.run(createTasks, { projectId, tasks: [{ id: taskId, title: 'Pay', description: 'by card' }] })
  const [ada, bob] = [new Tab(2, 'ada'), new Tab(3, 'bob')]
  for (const { room, bytes } of founder.out) for (const tab of [ada, bob]) tab.room(room).take(1, bytes)
  return { ada, bob }
}

test('REPLICA-13 an edit is undone though a teammate edited another field after it, whose edit stays', () => {
  const { ada, bob } = twoTabs()
  ada.run(editTask, { ...TITLES, patch: { title: 'Pay now' } })
  meet(ada, bob)
  bob.run(editTask, { ...TITLES, patch: { priority: 'high' } })
  meet(ada, bob)
  expect(ada.steps.undo()).toMatchObject({ kind: 'taken', what: { label: 'Pay now', count: 1 }, stayed: 0 })
  meet(ada, bob)
  for (const tab of [ada, bob]) expect(tab.card()).toMatchObject({ title: 'Pay', priority: 'high' })
})

test('REPLICA-13 a teammate’s later change of the same field stays, even where it reads the same, and no other step goes in its place', () => {
  const { ada, bob } = twoTabs()
  ada.run(editTask, { ...TITLES, patch: { priority: 'low' } })
  ada.run(editTask, { ...TITLES, patch: { title: 'Pay now' } })
  meet(ada, bob)
  bob.run(editTask, { ...TITLES, patch: { title: 'Other' } })
  bob.run(editTask, { ...TITLES, patch: { title: 'Pay now' } })
  meet(ada, bob)
  expect(ada.steps.undo()).toMatchObject({ kind: 'stays', what: { label: 'Pay now' } })
  expect(ada.card()).toMatchObject({ title: 'Pay now', priority: 'low' })
  expect(ada.steps.undo()).toMatchObject({ kind: 'taken' })
  expect(ada.card()).toMatchObject({ title: 'Pay now', priority: 'none' })
})

test('REPLICA-13 a move is one thing: taken back whole, or left where a teammate put the card', () => {
  const { ada, bob } = twoTabs()
  const before = ada.card()
  ada.run(moveTask, { ...TITLES, columnId: ada.lane('todo') })
  meet(ada, bob)
  bob.run(editTask, { ...TITLES, patch: { title: 'Pay now' } })
  meet(ada, bob)
  expect(ada.steps.undo().kind).toBe('taken')
  expect(ada.card()).toMatchObject({ columnId: before?.columnId, status: 'backlog', order: before?.order, title: 'Pay now' })
  expect(ada.steps.redo().kind).toBe('taken')
  expect(ada.card()).toMatchObject({ status: 'todo' })
  meet(ada, bob)
  const place = '00000000-0000-7000-8000-0000000000aa'
  bob.run(addColumn, { projectId, id: place, name: 'Next', status: 'todo' })
  bob.run(moveTask, { ...TITLES, columnId: place })
  meet(ada, bob)
  expect(ada.steps.undo().kind).toBe('stays')
  expect(ada.card()).toMatchObject({ columnId: place, status: 'todo' })
})

test('REPLICA-13 a deleted card comes back whole: stamps, words, fields nobody declared; also after a teammate wrote to it meanwhile', () => {
  const { ada, bob } = twoTabs()
  const raw = (tab: Tab) => tab.room(board).doc.getMap<{ toJSON(): unknown; set(name: string, value: unknown): void }>('tasks').get(taskId)
  bob.room(board).doc.transact(() => raw(bob)?.set('foreign', 'kept'))
  meet(ada, bob)
  const whole = raw(ada)?.toJSON()
  ada.run(deleteTask, TITLES)
  bob.run(editTask, { ...TITLES, patch: { title: 'Too late' } })
  meet(ada, bob)
  expect(bob.cards()).toEqual([])
  expect(ada.steps.undo()).toMatchObject({ kind: 'taken', what: { label: 'Pay' } })
  meet(ada, bob)
  for (const tab of [ada, bob]) expect(raw(tab)?.toJSON()).toEqual(whole)
  expect(bob.steps.undo().kind).toBe('stays')
  expect(ada.steps.redo().kind).toBe('taken')
  expect(ada.cards()).toEqual([])
})

test('REPLICA-13 what one made is undone unless a teammate worked on it or stands on it', () => {
  const { ada, bob } = twoTabs()
  const more = { projectId, tasks: [{ id: secondId, title: 'Mine' }] }
  ada.run(createTasks, more)
  expect(ada.steps.undo().kind).toBe('taken')
  expect(ada.card(secondId)).toBeUndefined()
  ada.steps.redo()
  expect(ada.card(secondId)).toMatchObject({ title: 'Mine', createdBy: 'ada' })
  meet(ada, bob)
  bob.run(addComment, { projectId, id: interviewId, taskId: secondId, body: 'I like it' })
  meet(ada, bob)
  expect(ada.steps.undo().kind).toBe('stays')
  expect(ada.card(secondId)).toBeDefined()
  expect(projectAll(ada.room(board).doc, comments)).toHaveLength(1)

  const third = '00000000-0000-7000-8000-0000000000ab'
  const fourth = '00000000-0000-7000-8000-0000000000ac'
  ada.run(createTasks, { projectId, tasks: [{ id: third, title: 'Third' }, { id: fourth, title: 'Fourth' }] }) // biome-ignore format: two cards
  meet(ada, bob)
  bob.room(board).doc.transact(() => {
    const text = bob.room(board).doc.getMap<{ get(name: string): { insert(at: number, words: string): void } }>('tasks')
    text.get(third)?.get('description').insert(0, 'Bob types here')
  }, 'editor')
  meet(ada, bob)
  expect(ada.steps.undo()).toMatchObject({ kind: 'taken', stayed: 1, what: { count: 2 } })
  expect(ada.card(third)).toMatchObject({ description: 'Bob types here' })
  expect(ada.card(fourth)).toBeUndefined()
})

test('REPLICA-13 words typed in an editor since are nobody’s command: a description set by command stays where it was typed on', () => {
  const { ada } = twoTabs()
  ada.run(editTask, { ...TITLES, patch: { description: 'by card, at once' } })
  const { doc } = ada.room(board)
  doc.transact(
    () =>
      doc
        .getMap<{ get(name: string): { insert(at: number, words: string): void } }>('tasks')
        .get(taskId)
        ?.get('description')
        .insert(0, 'Typed: '),
    'editor',
  )
  expect(ada.steps.undo().kind).toBe('stays')
  expect(ada.card()).toMatchObject({ description: 'Typed: by card, at once' })
})

test('REPLICA-13 a step goes through all its rooms: a project is undone with its board, and not while anything stands in it', () => {
  const tab = new Tab(5, 'ada')
  tab.run(createProject, { id: projectId, name: 'Shop' })
  tab.run(editProject, { projectId, patch: { name: 'Harbour' } })
  expect(tab.steps.undo()).toMatchObject({ kind: 'taken', what: { label: 'Harbour' } })
  expect(projectAll(tab.room(teamRoom).doc, projects)).toMatchObject([{ name: 'Shop' }])
  expect(tab.steps.undo()).toMatchObject({ kind: 'taken', what: { label: 'Shop', count: 1 } })
  expect(projectAll(tab.room(teamRoom).doc, projects)).toEqual([])
  expect(tab.lanes()).toEqual([])
  tab.steps.redo()
  tab.run(startInterview, { projectId, interviewId, title: 'Goals' })
  expect(tab.steps.undo()).toEqual({ kind: 'said' })
  expect(tab.room(chatRoom(interviewId)).doc.getMap('messages').size).toBeGreaterThan(0)
  expect(tab.steps.undo().kind).toBe('stays')
  expect(tab.lanes()).toHaveLength(5)
  expect(projectAll(tab.room(teamRoom).doc, projects)).toMatchObject([{ name: 'Shop' }])
})

test('REPLICA-13 a new command ends what could be done again, and in the end nothing is left', () => {
  const { ada } = twoTabs()
  ada.run(editTask, { ...TITLES, patch: { title: 'One' } })
  ada.steps.undo()
  ada.run(editTask, { ...TITLES, patch: { priority: 'low' } })
  expect(ada.steps.redo()).toEqual({ kind: 'nothing' })
  expect(ada.steps.undo().kind).toBe('taken')
  expect(ada.steps.undo()).toEqual({ kind: 'nothing' })
})

test('REPLICA-13 a step whose document was given up is passed over', () => {
  const { ada } = twoTabs()
  ada.run(editProject, { projectId, patch: { name: 'Harbour' } })
  ada.run(editTask, { ...TITLES, patch: { title: 'One' } })
  ada.rooms.delete(board)
  expect(ada.steps.undo()).toMatchObject({ kind: 'taken', what: { label: 'Harbour' } })
})
