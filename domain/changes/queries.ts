import { listRows } from '#domain/core/query.ts'
import { type OwnPlace, projectRoom, recordRoom, roomOfOwn } from '#domain/core/rooms.ts'
import { changeLooks, commits, events, merges, reviewNotes, viewedFiles } from './schema.ts'

const SHOWN = [
  'taskId',
  'attemptId',
  'turnId',
  'sha',
  'type',
  'scope',
  'breaking',
  'message',
  'changes',
  'createdByAiModel',
  'author',
  'coAuthors',
  'timestamp',
] as const

/** Every commit of a project. */
export const commitsOf = (projectId: string) => listRows(commits, SHOWN, { room: recordRoom(projectId) })

/** The commits of one card. */
export const commitsFor = (projectId: string, taskId: string) => listRows(commits, SHOWN, { room: recordRoom(projectId), taskId })

/** The merges of one attempt. */
export const mergesOf = (projectId: string, attemptId: string) =>
  listRows(merges, ['attemptId', 'repoId', 'targetBranchName', 'kind', 'mergeCommit', 'status', 'mergedAt'], {
    room: recordRoom(projectId),
    attemptId,
  })

/** What people have to say about the change of one attempt. */
export const reviewNotesOf = (projectId: string, attemptId: string) =>
  listRows(reviewNotes, ['attemptId', 'path', 'side', 'line', 'quote', 'body', 'author', 'turnId', 'sentBy', 'createdAt'], {
    room: projectRoom(projectId),
    attemptId,
  })

/** What one member last looked at of the change of an attempt, as a list of at most one. */
export const changeLookOf = (place: OwnPlace, attemptId: string, memberId: string) =>
  listRows(changeLooks, ['patch', 'before'], { room: roomOfOwn(place), attemptId, memberId })

/** The files of an attempt's change that one member marked as viewed. */
export const viewedFilesOf = (place: OwnPlace, attemptId: string, memberId: string) =>
  listRows(viewedFiles, ['path', 'patch'], { room: roomOfOwn(place), attemptId, memberId })

/** What happened to one card. */
export const eventsOf = (projectId: string, taskId: string) =>
  listRows(events, ['taskId', 'actor', 'action', 'target', 'message', 'at', 'reversible', 'reversed'], {
    room: recordRoom(projectId),
    taskId,
  })
