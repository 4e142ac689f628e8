import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { RoomChanges } from '#domain/core/row-change.ts'
import { takeBack } from '#domain/core/take-back.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { createTasks } from './commands.ts'
import { addComment, editComment, react, removeComment } from './comment-commands.ts'
import { createProject } from './create-project.ts'
import { reactionsByComment } from './reactions.ts'
import { comments, reactions } from './schema.ts'

let device: Device
let projectId: string
let taskId: string

const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
const say = (body: string, more: object = {}) => device.run(addComment, { projectId, id: device.world.newId(), taskId, body, ...more })

beforeEach(() => {
  device = new Device(7, 'ada')
  projectId = device.world.newId()
  taskId = device.world.newId()
  device.must(createProject, { id: projectId, name: 'Shop' })
  device.must(createTasks, { projectId, tasks: [{ id: taskId, title: 'Pay' }] })
})

test('COMMENT-1 a comment carries its author and whom it mentions; one without words or card is refused', () => {
  expect(say('hello @Bob', { mentions: ['bob'] })).toMatchObject({ ok: true })
  expect(board().all(comments)).toMatchObject([{ author: 'ada', body: 'hello @Bob', taskId, mentions: ['bob'] }])
  expect(say(' ')).toMatchObject({ message: 'A comment needs words.' })
  expect(say('x', { taskId: 'gone' })).toMatchObject({ code: 'task-not-found' })
})

test('COMMENT-3 two who react at once both count, each once and in their own name; one takes back one’s own alone', () => {
  const commentId = device.must(addComment, { projectId, id: device.world.newId(), taskId, body: 'hello' })
  const ours = device.doc(projectRoom(projectId))
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours))
  const reactAs = (actor: string, doc: Y.Doc, emoji: string, isOn = true) =>
    runCommand(react, () => doc, { ...device.world.tick(), actor }, { projectId, commentId, emoji, isOn })
  const meet = () => {
    Y.applyUpdate(ours, Y.encodeStateAsUpdate(theirs))
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours))
    return [ours, theirs].map((doc) => reactionsByComment(new RoomTx(doc, device.world).all(reactions)).get(commentId))
  }
  for (const emoji of ['🚀', '👍', '👍']) reactAs('ada', ours, emoji)
  reactAs('bob', theirs, '👍')
  const both = [
    { emoji: '👍', memberIds: ['ada', 'bob'] },
    { emoji: '🚀', memberIds: ['ada'] },
  ]
  expect(meet()).toEqual([both, both])
  reactAs('bob', theirs, '👍', false)
  reactAs('bob', theirs, '🚀', false)
  const left = [
    { emoji: '👍', memberIds: ['ada'] },
    { emoji: '🚀', memberIds: ['ada'] },
  ]
  expect(meet()).toEqual([left, left])
  expect(reactAs('ada', ours, 'not one emoji but words')).toMatchObject({ code: 'invalid-input' })
  expect(device.run(react, { projectId, commentId: 'gone', emoji: '👍', isOn: true })).toMatchObject({ code: 'comment-not-found' })
})

test('COMMENT-3 what a newer version reacts with is shown last, and nobody counts twice', () => {
  const row = (memberId: string, emoji: string) => ({ commentId: 'c', memberId, emoji })
  expect(reactionsByComment([row('ada', '🙈'), row('ada', '🚀'), row('ada', '🚀')]).get('c')).toEqual([
    { emoji: '🚀', memberIds: ['ada'] },
    { emoji: '🙈', memberIds: ['ada'] },
  ])
})

test('COMMENT-4 its author writes other words, which is said, and deletes it with its reactions, which can be undone; nobody else does', () => {
  const id = device.must(addComment, { projectId, id: device.world.newId(), taskId, body: 'hello' })
  device.must(editComment, { projectId, id, body: 'hello', mentions: [] })
  expect(board().get(comments, id)).toMatchObject({ body: 'hello', editedAt: null })
  device.must(editComment, { projectId, id, body: 'hi @Bob', mentions: ['bob'] })
  expect(board().get(comments, id)).toMatchObject({ body: 'hi @Bob', mentions: ['bob'], author: 'ada', editedAt: device.world.now })
  device.must(react, { projectId, commentId: id, emoji: '🚀', isOn: true })
  const before = [board().all(comments), board().all(reactions)]

  const doc = device.doc(projectRoom(projectId))
  const steps: RoomChanges[][] = []
  const as = (actor: string, command: typeof editComment | typeof removeComment, more: object = {}) =>
    runCommand(
      command as typeof removeComment,
      () => doc,
      { ...device.world.tick(), actor },
      { projectId, id, ...more },
      (step) => steps.push(step),
    )
  expect(as('bob', editComment, { body: 'no' })).toMatchObject({ code: 'comment-not-yours' })
  expect(as('bob', removeComment)).toMatchObject({ code: 'comment-not-yours' })
  expect(as('ada', removeComment)).toMatchObject({ ok: true })
  expect([board().all(comments), board().all(reactions)]).toEqual([[], []])
  expect(as('ada', removeComment)).toMatchObject({ code: 'comment-not-found' })
  device.must(takeBack, { step: steps[0] ?? [], touched: new Set() })
  expect([board().all(comments), board().all(reactions)]).toEqual(before)
})
