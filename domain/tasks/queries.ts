import type { LostValue } from '#domain/core/lost-values.ts'
import { listRows, type SqlQuery } from '#domain/core/query.ts'
import { type OwnPlace, projectRoom, roomOfOwn, teamRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
import type { NamedCard } from './dependencies.ts'
import { boardViews, columns, comments, reactions, tasks } from './schema.ts'

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

/** When each card of a board changed last, in milliseconds since 1970: apart, for it changes with every letter of a description. */
export const updatesOf = (projectId: string) => listRows(tasks, ['updatedAt'], { room: projectRoom(projectId), archived: false })

/** The views somebody keeps of a board; the ids are in the order they were made. */
export const viewsOf = (place: OwnPlace, memberId: string) =>
  listRows(boardViews, ['name', 'query'], {
    room: roomOfOwn(place),
    memberId,
    ...(place.personId !== null && { projectId: place.projectId }),
  })

/** The cards that were put away, with what it takes to find one again. */
export const archivedOf = (projectId: string) =>
  listRows(tasks, ['title', 'shortId', 'status', 'updatedAt'], { room: projectRoom(projectId), archived: true })

/** What became of every card, the archived ones too: for the pages that list what was made from something. Sort them with compareOrder. */
export const outcomesOf = (projectId: string) =>
  listRows(tasks, ['title', 'status', 'shortId', 'promptId', 'size', 'result', 'order'], { room: projectRoom(projectId) })

/** The names and states of a project's cards, for choosing one of them. */
export const namesOfCards = (projectId: string) =>
  listRows(tasks, ['title', 'status', 'shortId'], { room: projectRoom(projectId), archived: false })

/** The labels of a project's cards, one list a card. */
export const labelsIn = (projectId: string) => listRows(tasks, ['labels'], { room: projectRoom(projectId), archived: false })

/** Cards by their ids, those that were put away too. */
export function cardsNamed(projectId: string, ids: readonly string[]): SqlQuery<NamedCard> {
  const found = sql`
    select id, "shortId", title, status from tasks
    where room = ${projectRoom(projectId)} and id in (select json_array_elements_text(${JSON.stringify(ids)}::json))`
  return sqlQuery(['tasks'], found)
}

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
      'parentAttemptId',
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
      'suggestedBy',
      'lost',
      'history',
      'createdAt',
      'updatedAt',
      'createdBy',
    ],
    { room: projectRoom(projectId), id },
  )

/** Which cards of a project the comments belong to, for the counts on them. */
export const commentsIn = (projectId: string) => listRows(comments, ['taskId'], { room: projectRoom(projectId) })

/** The comments of a card. */
export const commentsOf = (projectId: string, taskId: string) =>
  listRows(comments, ['taskId', 'author', 'body', 'mentions', 'editedAt', 'createdAt', 'createdBy'], {
    room: projectRoom(projectId),
    taskId,
  })

/** What people reacted with to the comments of a card. */
export const reactionsOf = (projectId: string, taskId: string) =>
  listRows(reactions, ['commentId', 'memberId', 'emoji'], { room: projectRoom(projectId), taskId })

/** A row with values that lost to others set at once: a card, a column, or the project itself. */
export type LostRow = { kind: 'card' | 'column' | 'project'; id: string; name: string; lost: LostValue[] }

/** Every row of a project where a value lost to another. */
export function lostIn(projectId: string): SqlQuery<LostRow> {
  const room = projectRoom(projectId)
  const found = sql`
    select 'card' as kind, id, title as name, lost from tasks where room = ${room} and lost <> '[]'::jsonb
    union all select 'column', id, name, lost from columns where room = ${room} and lost <> '[]'::jsonb
    union all select 'project', id, name, lost from projects where room = ${teamRoom} and id = ${projectId} and lost <> '[]'::jsonb`
  return sqlQuery(['tasks', 'columns', 'projects'], found)
}
