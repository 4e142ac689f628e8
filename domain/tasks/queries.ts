import { listRows } from '#domain/core/query.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { columns, comments, tasks } from './schema.ts'

/** The columns of a board; sort them with compareOrder. */
export const columnsOf = (projectId: string) => listRows(columns, ['name', 'status', 'order', 'wipLimit'], { room: projectRoom(projectId) })

/** The cards of a board, with only what a card shows: descriptions stay where they are. Sort them with compareOrder. */
export const cardsOf = (projectId: string) =>
  listRows(
    tasks,
    [
      'title',
      'status',
      'columnId',
      'order',
      'shortId',
      'priority',
      'assignee',
      'labels',
      'dueAt',
      'checklist',
      'dependsOn',
      'promptId',
      'size',
    ],
    { room: projectRoom(projectId), archived: false },
  )

/** What became of every card, the archived ones too: for the pages that list what was made from something. Sort them with compareOrder. */
export const outcomesOf = (projectId: string) =>
  listRows(tasks, ['title', 'status', 'shortId', 'promptId', 'size', 'result', 'order'], { room: projectRoom(projectId) })

/** One card whole, as a list of at most one. */
export const taskById = (projectId: string, id: string) =>
  listRows(
    tasks,
    [
      'projectId',
      'title',
      'description',
      'status',
      'columnId',
      'order',
      'shortId',
      'archived',
      'priority',
      'assignee',
      'labels',
      'dueAt',
      'checklist',
      'dependsOn',
      'promptId',
      'size',
      'userRequest',
      'result',
      'origin',
      'originLink',
      'createdAt',
      'updatedAt',
      'createdBy',
    ],
    { room: projectRoom(projectId), id },
  )

/** The comments of a card. */
export const commentsOf = (projectId: string, taskId: string) =>
  listRows(comments, ['taskId', 'author', 'body', 'mentions', 'reactions', 'createdAt', 'createdBy'], {
    room: projectRoom(projectId),
    taskId,
  })
