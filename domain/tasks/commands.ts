import { z } from 'zod'
import { defineCommand, type Tx } from '#domain/core/command.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { decideTransition, refuseNewerWord } from '#domain/core/lifecycle.ts'
import { orderBetween } from '#domain/core/order.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { gapIn, inStatus, moveAll } from './moving.ts'
import { columnFor, decideDone, decideRoom, decideStep, nextShortId, openPoints, pathTo, taskLifecycle } from './rules.ts'
import {
  type Column,
  checklistItem,
  columns,
  comments,
  doneDespite,
  label,
  PRIORITIES,
  TASK_STATUSES,
  type Task,
  tasks,
  taskTitle,
} from './schema.ts'
import { gone } from './together.ts'

const inProject = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]

const newTask = z.object({
  id: z.uuid(),
  title: taskTitle,
  description: z.string().default(''),
  promptId: z.uuid().nullable().default(null),
  checklist: z.array(checklistItem).default([]),
  dependsOn: z.array(z.string()).default([]),
  size: z.enum(['S', 'M', 'L']).nullable().default(null),
  userRequest: z.string().nullable().default(null),
  suggestedBy: z.string().nullable().default(null),
  isUntitled: z.boolean().default(false),
  origin: tasks.schema.shape.origin,
  originLink: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
})

/** Adds cards at the bottom of a column (the first one where none is named). `key` is the project's, for the short ids. Answers their ids. */
export const createTasks = defineCommand({
  name: 'createTasks',
  input: z.object({
    ...inProject,
    key: z.string().default('APP'),
    columnId: z.string().nullable().default(null),
    tasks: z.array(newTask).min(1).max(1000),
  }),
  rooms: room,
  run(tx, { projectId, key, columnId, tasks: given }) {
    const board = tx.room(projectRoom(projectId))
    const column = columnId === null ? (columnFor(knownColumns(board), 'backlog') ?? knownColumns(board)[0]) : board.get(columns, columnId)
    if (!column) return refuse('column-not-found', 'That column is gone. Choose another one.')
    if (!board.knows(columns, column.id, 'status')) return refuseNewerWord()
    const all = board.pick(tasks, ['shortId', 'columnId', 'order'])
    let taken = all.map((task) => task.shortId)
    let last = lastOrder(all.filter((task) => task.columnId === column.id))
    for (const task of given) {
      const shortId = nextShortId(key, taken)
      taken = [shortId]
      last = orderBetween(last, null, tx.random)
      board.create(tasks, { ...task, projectId, shortId, columnId: column.id, status: column.status, order: last })
    }
    return accept(given.map((task) => task.id))
  },
})

const taskPatch = z
  .object({
    title: taskTitle,
    description: z.string(),
    priority: z.enum(PRIORITIES),
    assignee: z.string().nullable(),
    labels: z.array(label),
    dueAt: z.number().nullable(),
    checklist: z.array(checklistItem),
    promptId: z.uuid().nullable(),
    archived: z.boolean(),
  })
  .partial()

/** Changes the fields named. (People typing a description together edit its shared text; this is for everything else.) */
export const editTask = defineCommand({
  name: 'editTask',
  input: z.object({ ...inProject, taskId: z.string(), patch: taskPatch }),
  rooms: room,
  run(tx, { projectId, taskId, patch }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(tasks, taskId)) return gone()
    // What a person types is a title, and no machine puts another in its place.
    board.update(tasks, taskId, patch.title === undefined ? patch : { ...patch, isUntitled: false })
    return accept()
  },
})

/**
 * Moves a card to a column, between the cards `afterId` (above it) and `beforeId` (below it) as the person saw them; with
 * `beforeId` alone to the top, with `afterId` alone or neither to the bottom. The column's status must be a legal next one.
 * While the neighbours given stand in the column, the cost does not depend on the size of the board.
 */
export const moveTask = defineCommand({
  name: 'moveTask',
  input: z.object({
    ...inProject,
    taskId: z.string(),
    columnId: z.string(),
    afterId: z.string().nullable().default(null),
    beforeId: z.string().nullable().default(null),
  }),
  rooms: room,
  run: (tx, { projectId, taskId, columnId, ...place }) => moveAll(tx, projectRoom(projectId), [taskId], columnId, place),
})

/**
 * Sets a card's status by word, moving it to the bottom of that status's first column. Refused where the lifecycle forbids it, and
 * where it would be done with points that nobody has ticked (TASK-13): `despite` says why all the same, in a comment of its own.
 */
export const setTaskStatus = defineCommand({
  name: 'setTaskStatus',
  input: z.object({
    ...inProject,
    taskId: z.string(),
    status: z.enum(TASK_STATUSES),
    despite: z.object({ commentId: z.uuid(), reason: doneDespite }).nullable().default(null),
  }),
  rooms: room,
  run(tx, { projectId, taskId, status, despite }) {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    if (!board.knows(tasks, taskId, 'status')) return refuseNewerWord()
    const allowed = despite ? decideTransition(taskLifecycle, task.status, status) : decideStep(task, status)
    if (!allowed.ok) return allowed
    const open = status === 'done' ? openPoints(task.checklist) : []
    if (despite && open.length > 0) {
      const body = [`Done without:`, ...open.map(({ text }) => `- ${text}`), '', despite.reason].join('\n')
      board.create(comments, { id: despite.commentId, taskId, author: tx.actor, body })
    }
    moveByStatus(board, task, status, tx)
    return accept()
  },
})

/**
 * Brings a card to a status because of a fact (attempt started, attempt finished, merged): run by the server alone. Walks
 * the legal steps between; a card that is elsewhere for a reason (done, cancelled) stays, and so does one that would be done with
 * points that nobody has ticked (TASK-13). Answers whether it moved.
 */
export const moveTaskByFact = defineCommand({
  name: 'moveTaskByFact',
  input: z.object({
    ...inProject,
    taskId: z.string(),
    status: z.enum(TASK_STATUSES),
    result: z.string().nullable().default(null),
    /** Refused where the column it would go to is full. */
    needsRoom: z.boolean().default(false),
  }),
  rooms: room,
  run(tx, { projectId, taskId, status, result, needsRoom }): Answer<boolean> {
    const board = tx.room(projectRoom(projectId))
    const task = board.get(tasks, taskId)
    if (!task) return gone()
    if (result !== null) board.update(tasks, taskId, { result })
    if (!board.knows(tasks, taskId, 'status')) return accept(false)
    if (task.status === status || pathTo(task.status, status).length === 0 || !decideDone(task, status).ok) return accept(false)
    const column = columnFor(knownColumns(board), status)
    const hasRoom = needsRoom && column ? decideRoom(column, standingIn(board, column.id)) : accept()
    if (!hasRoom.ok) return hasRoom
    moveByStatus(board, task, status, tx)
    return accept(true)
  },
})

function moveByStatus(board: RoomTx, task: Task, status: Task['status'], tx: Tx): void {
  const column = columnFor(knownColumns(board), status)
  const order = column && orderBetween(...gapIn(board, column.id, new Set([task.id]), { afterId: null, beforeId: null }), tx.random)
  board.update(tasks, task.id, { ...inStatus(task, status, tx), columnId: column?.id, order })
}

/** How many cards stand in a column, as its limit counts them. */
const standingIn = (board: RoomTx, columnId: string): number =>
  board.pick(tasks, ['columnId', 'archived']).filter((card) => card.columnId === columnId && !card.archived).length

/** VERSION-2: a column whose status is a newer version's word stands for no status here. */
const knownColumns = (board: RoomTx): Column[] => board.all(columns).filter(({ id }) => board.knows(columns, id, 'status'))

/** The highest order key among some rows, or null where there are none. */
const lastOrder = (rows: readonly { order: string }[]): string | null =>
  rows.reduce<string | null>((high, { order }) => (high === null || order > high ? order : high), null)

/** Deletes a card for everybody. Its attempts and commits stay in the record. */
export const deleteTask = defineCommand({
  name: 'deleteTask',
  input: z.object({ ...inProject, taskId: z.string() }),
  rooms: room,
  run(tx, { projectId, taskId }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(tasks, taskId)) return gone()
    board.remove(tasks, taskId)
    return accept()
  },
})

const columnFields = {
  name: columns.schema.shape.name,
  status: columns.schema.shape.status,
  wipLimit: z.number().int().positive().nullable(),
}

/** Adds a column at the right end of the board. */
export const addColumn = defineCommand({
  name: 'addColumn',
  input: z.object({ ...inProject, id: z.uuid(), name: columnFields.name, status: columnFields.status }),
  rooms: room,
  run(tx, { projectId, id, name, status }) {
    const board = tx.room(projectRoom(projectId))
    const last = lastOrder(board.all(columns))
    board.create(columns, { id, projectId, name, status, order: orderBetween(last, null, tx.random) })
    return accept(id)
  },
})

/** Renames a column, or changes its limit or the status it maps to. */
export const editColumn = defineCommand({
  name: 'editColumn',
  input: z.object({ ...inProject, columnId: z.string(), patch: z.object(columnFields).partial() }),
  rooms: room,
  run(tx, { projectId, columnId, patch }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(columns, columnId)) return refuse('column-not-found', 'That column is gone.')
    board.update(columns, columnId, patch)
    return accept()
  },
})

/** Removes an empty column. */
export const removeColumn = defineCommand({
  name: 'removeColumn',
  input: z.object({ ...inProject, columnId: z.string() }),
  rooms: room,
  run(tx, { projectId, columnId }) {
    const board = tx.room(projectRoom(projectId))
    const cards = board.pick(tasks, ['columnId', 'archived']).filter((task) => task.columnId === columnId && !task.archived).length
    if (cards > 0)
      return refuse('column-not-empty', `This column still holds ${cards === 1 ? 'a card' : `${cards} cards`}. Move them first.`)
    board.remove(columns, columnId)
    return accept()
  },
})
