import { listRows } from '#domain/core/query.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { commits, events, merges } from './schema.ts'

const SHOWN = [
  'taskId',
  'attemptId',
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

/** What happened to one card. */
export const eventsOf = (projectId: string, taskId: string) =>
  listRows(events, ['taskId', 'actor', 'action', 'target', 'message', 'at', 'reversible', 'reversed'], {
    room: recordRoom(projectId),
    taskId,
  })
