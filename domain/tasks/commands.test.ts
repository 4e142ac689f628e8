import { beforeEach, describe, expect, test } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder } from '#domain/core/order.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { moveTasks } from './bulk.ts'
import {
  addColumn,
  createTasks,
  deleteTask,
  editColumn,
  editTask,
  moveTask,
  moveTaskByFact,
  removeColumn,
  setTaskStatus,
} from './commands.ts'
import { createProject } from './create-project.ts'
import { moveColumn } from './move-column.ts'
import { type Column, columns, comments, TASK_STATUSES, type Task, type TaskStatus, tasks } from './schema.ts'

let device: Device
let projectId: string

const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
const column = (status: TaskStatus): Column => {
  const found = board()
    .all(columns)
    .sort(compareOrder)
    .find((candidate) => candidate.status === status)
  if (!found) throw new Error(`no column ${status}`)
  return found
}
const cardsIn = (columnId: string): Task[] =>
  board()
    .all(tasks)
    .filter((task) => task.columnId === columnId)
    .sort(compareOrder)
const titles = (status: TaskStatus): string[] => cardsIn(column(status).id).map(({ title }) => title)

function add(...names: string[]): string[] {
  return device.must(createTasks, { projectId, key: 'APP', tasks: names.map((title) => ({ id: device.world.newId(), title })) })
}

beforeEach(() => {
  device = new Device(7, 'ada')
  projectId = device.world.newId()
  device.must(createProject, { id: projectId, name: 'Shop' })
})

describe('createTasks', () => {
  test('TASK-7 cards go to the bottom of the backlog, in the order given, each with its own short id', () => {
    add('one', 'two')
    add('three')
    expect(titles('backlog')).toEqual(['one', 'two', 'three'])
    expect(cardsIn(column('backlog').id).map(({ shortId }) => shortId)).toEqual(['APP-1', 'APP-2', 'APP-3'])
  })

  test('TASK-7 a column may be named; its status becomes the card’s', () => {
    const [id] = device.must(createTasks, { projectId, columnId: column('review').id, tasks: [{ id: device.world.newId(), title: 'x' }] })
    expect(board().get(tasks, id ?? '')).toMatchObject({ status: 'review', columnId: column('review').id, createdBy: 'ada' })
  })

  test('TASK-7 a title of 255 characters is taken, one of 256 or of none refused in words, naming the field', () => {
    expect(add('x'.repeat(255))).toHaveLength(1)
    for (const [title, message] of [
      ['x'.repeat(256), 'A title can have at most 255 characters.'],
      ['   ', 'A card needs a title.'],
    ]) {
      const answer = device.run(createTasks, { projectId, tasks: [{ id: device.world.newId(), title }] })
      expect(answer).toEqual({ ok: false, code: 'invalid-input', message, field: 'tasks.0.title' })
    }
    expect(board().all(tasks)).toHaveLength(1)
  })

  test('TASK-7 a column that is gone is refused', () => {
    const answer = device.run(createTasks, { projectId, columnId: 'gone', tasks: [{ id: device.world.newId(), title: 'x' }] })
    expect(answer).toMatchObject({ ok: false, code: 'column-not-found' })
  })

  test('TASK-7 the same card created twice is one card', () => {
    const task = { id: device.world.newId(), title: 'once' }
    device.must(createTasks, { projectId, tasks: [task] })
    device.must(createTasks, { projectId, tasks: [task] })
    expect(board().all(tasks)).toHaveLength(1)
  })
})

describe('moveTask', () => {
  test('TASK-2 between two neighbours, to the top, to the bottom', () => {
    const [a = '', b = '', c = '', d = ''] = add('a', 'b', 'c', 'd')
    const columnId = column('backlog').id
    device.must(moveTask, { projectId, taskId: d, columnId, afterId: a, beforeId: b })
    expect(titles('backlog')).toEqual(['a', 'd', 'b', 'c'])
    device.must(moveTask, { projectId, taskId: c, columnId, beforeId: a })
    expect(titles('backlog')).toEqual(['c', 'a', 'd', 'b'])
    device.must(moveTask, { projectId, taskId: c, columnId })
    expect(titles('backlog')).toEqual(['a', 'd', 'b', 'c'])
    device.must(moveTask, { projectId, taskId: d, columnId, afterId: c })
    expect(titles('backlog')).toEqual(['a', 'b', 'c', 'd'])
  })

  test('TASK-2 beside a lone neighbour that has gone elsewhere meanwhile, the card stands at the bottom', () => {
    const [a = '', b = '', c = ''] = add('a', 'b', 'c')
    device.must(moveTask, { projectId, taskId: a, columnId: column('todo').id })
    device.must(moveTask, { projectId, taskId: b, columnId: column('backlog').id, beforeId: a })
    expect(titles('backlog')).toEqual(['c', 'b'])
    device.must(moveTask, { projectId, taskId: c, columnId: column('backlog').id, afterId: a })
    expect(titles('backlog')).toEqual(['b', 'c'])
  })

  test('TASK-2 neighbours that have moved elsewhere meanwhile do not break the move', () => {
    const [a = '', b = '', c = ''] = add('a', 'b', 'c')
    device.must(moveTask, { projectId, taskId: b, columnId: column('todo').id })
    device.must(moveTask, { projectId, taskId: c, columnId: column('backlog').id, afterId: a, beforeId: b })
    expect(titles('backlog')).toEqual(['a', 'c'])
  })

  test('TASK-2 where the neighbours have changed places meanwhile, the card stands above the one it was dropped on', () => {
    const [a = '', b = '', c = ''] = add('a', 'b', 'c')
    device.must(moveTask, { projectId, taskId: c, columnId: column('backlog').id, afterId: b, beforeId: a })
    expect(titles('backlog')).toEqual(['c', 'a', 'b'])
  })

  test('TASK-1 into a column of another status: the card takes the status', () => {
    const [a = ''] = add('a')
    device.must(moveTask, { projectId, taskId: a, columnId: column('todo').id })
    expect(board().get(tasks, a)).toMatchObject({ status: 'todo', columnId: column('todo').id })
  })

  test.each(TASK_STATUSES.filter((status) => !['backlog', 'todo', 'cancelled'].includes(status)))(
    'TASK-1 from backlog into %s is refused, the legal columns named, and nothing moves',
    (status) => {
      const [a = ''] = add('a')
      const answer = device.run(moveTask, { projectId, taskId: a, columnId: column(status).id })
      expect(answer).toMatchObject({ ok: false, code: 'illegal-transition', message: expect.stringContaining('todo or cancelled') })
      expect(titles('backlog')).toEqual(['a'])
    },
  )

  test('TASK-9 a card says since when it has its status and by whom; a move within the column leaves that', () => {
    const [one = '', other = ''] = add('one', 'other')
    const to = (columnId: string, beforeId: string | null = null) => device.must(moveTask, { projectId, taskId: one, columnId, beforeId })
    expect(board().get(tasks, one)).toMatchObject({ statusAt: null, statusBy: null })
    to(column('todo').id)
    const moved = board().get(tasks, one)
    expect(moved).toMatchObject({ statusAt: moved?.updatedAt, statusBy: 'ada' })
    device.must(moveTask, { projectId, taskId: other, columnId: column('todo').id })
    to(column('todo').id, other)
    device.must(setTaskStatus, { projectId, taskId: one, status: 'todo' })
    expect(board().get(tasks, one)).toMatchObject({ statusAt: moved?.statusAt, statusBy: 'ada' })
    device.must(setTaskStatus, { projectId, taskId: one, status: 'backlog' })
    expect(board().get(tasks, one)?.statusAt).toBeGreaterThan(moved?.statusAt ?? 0)
  })

  test('TASK-8 a card or a column that is gone is refused in words', () => {
    const [a = ''] = add('a')
    expect(device.run(moveTask, { projectId, taskId: 'gone', columnId: column('todo').id })).toMatchObject({ code: 'task-not-found' })
    expect(device.run(moveTask, { projectId, taskId: a, columnId: 'gone' })).toMatchObject({ code: 'column-not-found' })
  })
})

describe('by word and by fact', () => {
  test('TASK-1 setting a status by word moves the card to the bottom of its column', () => {
    const [a = '', b = ''] = add('a', 'b')
    device.must(setTaskStatus, { projectId, taskId: a, status: 'todo' })
    device.must(setTaskStatus, { projectId, taskId: b, status: 'todo' })
    expect(titles('todo')).toEqual(['a', 'b'])
    expect(device.run(setTaskStatus, { projectId, taskId: a, status: 'done' })).toMatchObject({ code: 'illegal-transition' })
  })

  test('TASK-1 a status no column shows changes the word and leaves the card where it stands', () => {
    const [a = ''] = add('a')
    device.must(setTaskStatus, { projectId, taskId: a, status: 'cancelled' })
    expect(board().get(tasks, a)).toMatchObject({ status: 'cancelled', columnId: column('backlog').id })
  })

  test('TASK-5 a fact brings a card from backlog to in progress, keeps its result, and twice is once', () => {
    const [a = ''] = add('a')
    expect(device.must(moveTaskByFact, { projectId, taskId: a, status: 'in_progress' })).toBe(true)
    expect(titles('in_progress')).toEqual(['a'])
    expect(device.must(moveTaskByFact, { projectId, taskId: a, status: 'in_progress', result: 'built' })).toBe(false)
    expect(board().get(tasks, a)?.result).toBe('built')
  })
})

describe('the rest of a board', () => {
  test('TASK-8 editing writes the fields named and refuses what the schema refuses', () => {
    const [a = ''] = add('a')
    device.must(editTask, { projectId, taskId: a, patch: { title: 'b', labels: ['x'], priority: 'high' } })
    expect(board().get(tasks, a)).toMatchObject({ title: 'b', labels: ['x'], priority: 'high', status: 'backlog' })
    expect(device.run(editTask, { projectId, taskId: a, patch: { title: 'x'.repeat(256) } })).toMatchObject({ field: 'patch.title' })
    expect(device.run(editTask, { projectId, taskId: a, patch: { priority: 'extreme' } })).toMatchObject({ code: 'invalid-input' })
    expect(device.run(editTask, { projectId, taskId: 'gone', patch: {} })).toMatchObject({ code: 'task-not-found' })
  })

  test('TASK-8 a deleted card is gone, and deleting it again says so', () => {
    const [a = ''] = add('a')
    device.must(deleteTask, { projectId, taskId: a })
    expect(board().all(tasks)).toEqual([])
    expect(device.run(deleteTask, { projectId, taskId: a })).toMatchObject({ code: 'task-not-found' })
  })

  test('COLUMN-1 a new column stands at the right end and may map to any status', () => {
    const id = device.must(addColumn, { projectId, id: device.world.newId(), name: 'QA', status: 'review' })
    expect(board().all(columns).sort(compareOrder).at(-1)).toMatchObject({ id, name: 'QA', status: 'review' })
    device.must(editColumn, { projectId, columnId: id, patch: { name: 'Check', wipLimit: 3 } })
    expect(board().get(columns, id)).toMatchObject({ name: 'Check', wipLimit: 3 })
    expect(device.run(editColumn, { projectId, columnId: id, patch: { name: 'x'.repeat(51) } })).toMatchObject({ field: 'patch.name' })
  })

  test('COLUMN-3 a column goes before another one or to the right end, with its cards as they stand', () => {
    const names = () =>
      board()
        .all(columns)
        .sort(compareOrder)
        .map(({ name }) => name)
    const [a = ''] = add('a', 'b')
    const move = (columnId: string, beforeId: string | null) => device.must(moveColumn, { projectId, columnId, beforeId })
    move(column('done').id, column('backlog').id)
    expect(names()).toEqual(['Done', 'Backlog', 'To do', 'In progress', 'Review'])
    move(column('backlog').id, column('review').id)
    expect(names()).toEqual(['Done', 'To do', 'In progress', 'Backlog', 'Review'])
    move(column('done').id, null)
    expect(names()).toEqual(['To do', 'In progress', 'Backlog', 'Review', 'Done'])
    move(column('todo').id, column('todo').id)
    expect(names()[0]).toBe('To do')
    expect([titles('backlog'), board().get(tasks, a)?.status]).toEqual([['a', 'b'], 'backlog'])
    expect(device.run(moveColumn, { projectId, columnId: 'gone', beforeId: null })).toMatchObject({ code: 'column-not-found' })
  })

  test('COLUMN-2 a column with cards stays, and the refusal counts them; an empty one goes', () => {
    const [a = ''] = add('a')
    expect(device.run(removeColumn, { projectId, columnId: column('backlog').id })).toMatchObject({
      code: 'column-not-empty',
      message: expect.stringContaining('a card'),
    })
    add('b')
    expect(device.run(removeColumn, { projectId, columnId: column('backlog').id })).toMatchObject({
      message: expect.stringContaining('2 cards'),
    })
    device.must(removeColumn, { projectId, columnId: column('done').id })
    expect(board().all(columns)).toHaveLength(4)
    expect(board().get(tasks, a)).toBeDefined()
  })
})

describe('TASK-13 B27 what a card is done when', () => {
  /** A card in review, with one point ticked and one not. */
  function inReview(): string {
    const checklist = [
      { id: 'a', text: 'It compiles', done: true },
      { id: 'b', text: 'A blind person can use it', done: false },
    ]
    const [id = ''] = device.must(createTasks, {
      projectId,
      columnId: column('review').id,
      tasks: [{ id: device.world.newId(), title: 'one', checklist }],
    })
    return id
  }
  const at = (id: string): TaskStatus | undefined => board().get(tasks, id)?.status
  const refusal = { ok: false, code: 'points-open', message: expect.stringContaining('“A blind person can use it” is not ticked.') }

  test('a card with a point that nobody has ticked is not moved to done, by word or by hand, alone or with others', () => {
    const id = inReview()
    const [other = ''] = device.must(createTasks, {
      projectId,
      columnId: column('review').id,
      tasks: [{ id: device.world.newId(), title: 'two' }],
    })
    expect(device.run(setTaskStatus, { projectId, taskId: id, status: 'done' })).toMatchObject(refusal)
    expect(device.run(moveTask, { projectId, taskId: id, columnId: column('done').id })).toMatchObject(refusal)
    expect(device.run(moveTasks, { projectId, taskIds: [id, other], columnId: column('done').id })).toMatchObject({
      ok: false,
      code: 'points-open',
    })
    expect([at(id), at(other)]).toEqual(['review', 'review'])
    device.must(editTask, { projectId, taskId: id, patch: { checklist: [{ id: 'b', text: 'A blind person can use it', done: true }] } })
    device.must(moveTask, { projectId, taskId: id, columnId: column('done').id })
    expect(at(id)).toBe('done')
  })

  test('nor by a fact: a merge leaves it where it is', () => {
    const id = inReview()
    expect(device.must(moveTaskByFact, { projectId, taskId: id, status: 'done' })).toBe(false)
    expect(at(id)).toBe('review')
  })

  test('somebody says why it is done all the same, and that stands on the card under their name', () => {
    const id = inReview()
    const despite = { commentId: device.world.newId(), reason: 'Nobody uses it by ear.' }
    expect(device.run(setTaskStatus, { projectId, taskId: id, status: 'done', despite: { ...despite, reason: ' ' } })).toMatchObject({
      ok: false,
      message: 'Say why it is done all the same.',
    })
    device.must(setTaskStatus, { projectId, taskId: id, status: 'done', despite })
    expect(at(id)).toBe('done')
    expect(board().all(comments)).toMatchObject([
      { taskId: id, author: 'ada', body: 'Done without:\n- A blind person can use it\n\nNobody uses it by ear.' },
    ])
    expect(
      device.run(setTaskStatus, { projectId, taskId: id, status: 'backlog', despite: { ...despite, commentId: device.world.newId() } }),
    ).toMatchObject({ ok: false, code: 'illegal-transition' })
  })
})
